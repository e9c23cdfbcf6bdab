"""``baken run``: one turn of the watch over a sky, and its brief."""

import time
from dataclasses import dataclass, replace
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.brief_json import brief_document
from baken.cli.brief_view import show_brief
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.node import refuse_unless_he_names
from baken.cli.reading import given_circumstances, given_sky, told_space_weather
from baken.cli.repeating import repeated
from baken.cli.serving import HERE, door_on, listening, open_browser_on, served_home
from baken.cli.setting import (
    Setting,
    checked_days,
    is_told_all,
    log_console,
    table_console,
    tell_kept,
    who_reads,
    with_progress,
)
from baken.errors import WrongUsage
from baken.incident.history import BAKEN
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.fetch_catalogue import fetch_catalogue
from baken.operations.gather_incidents import follow_up
from baken.operations.keep_sky import keep_sky
from baken.operations.ports import Store
from baken.operations.taken_back import orbits_taken_back
from baken.operations.watch import Watch, turn
from baken.records.event import Window
from baken.records.incident import Incident
from baken.records.marking import Realm
from baken.records.reader import Keeper
from baken.report.briefing import Brief
from baken.report.words import Speech
from baken.web.guard import LOOPBACK
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.networks import Service, catalogue_feed
from baken.wiring.people import actor
from baken.wiring.plugins import detectors, under
from baken.wiring.priority_rules import priority_rules
from baken.wiring.readers import THE_NODE
from baken.wiring.skies import DAY_NS, SIMULATED_OBJECTS, Sky, simulated_sky, stored_sky
from baken.wiring.stores import open_evidence, open_store
from baken.wiring.workers import threads

DEFAULT_DAYS = 7.0


def run(
    context: typer.Context,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Element sets to watch, instead of the stored ones.")
    ] = None,
    realm: Annotated[
        Realm | None,
        typer.Option(help="Which world: of what is stored, REAL if nothing is said; else as the file says."),
    ] = None,
    days: Annotated[float, typer.Option(help="How far ahead.")] = DEFAULT_DAYS,
    once: Annotated[bool, typer.Option("--once", help="Stop after the brief.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of the console; else 8420, or any that is free.")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Serve the console, and open no browser on it.")
    ] = False,
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Fetch a catalogue when none is stored.")
    ] = False,
    contact: Annotated[str, typer.Option(help="Who a service can write to; with --allow-network.")] = "",
    radii: Annotated[
        str | None, typer.Option(help="Hard-body radii in CSV: norad_cat_id,hard_body_radius_m.")
    ] = None,
    space_weather: Annotated[
        str | None,
        typer.Option(
            "--space-weather",
            metavar="FILE",
            help="CelesTrak's text file; without it re-entries are less sure.",
        ),
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Threads; else one a core.")] = None,
    every: Annotated[
        float, typer.Option(min=0.0, help="Hours between turns while the console is open; 0 takes no other.")
    ] = 1.0,
    node: Annotated[
        str | None,
        typer.Option(help="Name this node, from now on, as in NL-CJ26-0001: two to eight capitals."),
    ] = None,
) -> int:
    """Take one turn of the watch: a given sky, else the stored, a fetched or a simulated one.

    Then the console is served on this machine until it is interrupted, and the watch takes a turn every hour;
    what it looked at is kept, so that the console can show it.
    """
    setting: Setting = context.obj
    checked_days(days)
    if node is not None:
        refuse_unless_he_names(who_reads(setting))
        with open_store(setting.home, THE_NODE) as store:
            store.name_node(node)
    asked = _Asked(
        paths=tuple(catalogue or ()),
        realm=realm,
        days=days,
        contact=contact if allow_network else None,
        radii=radii,
        space_weather=space_weather,
        workers=workers,
        keeps_sky=not once,
    )
    world, brief, opened, judged_anew = _turn(setting, asked)
    if not is_told_all(setting):
        tell_kept(setting)
    else:
        _told(setting, brief, opened, judged_anew)
    if once:
        return Exit.DONE
    with repeated(
        lambda: _turn(replace(setting, quiet=True), asked), every_h=every, tell=log_console(setting)
    ):
        return _serve_console(setting, world, port, no_browser)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a turn of the watch is to look at, and with what; the next turn is asked the same."""

    paths: tuple[str, ...]
    realm: Realm | None
    days: float
    contact: str | None
    radii: str | None
    space_weather: str | None
    workers: int | None
    keeps_sky: bool


def _turn(setting: Setting, asked: _Asked) -> tuple[Realm, Brief, tuple[Incident, ...], tuple[Incident, ...]]:
    began_s = time.perf_counter()
    circumstances = given_circumstances(setting, asked.radii)
    weather = told_space_weather(asked.space_weather)
    rules = priority_rules(setting.home)
    with open_evidence(setting.home, THE_NODE) as (store, log), threads(asked.workers) as lent:
        sky = _sky(setting, store, log, list(asked.paths), asked.realm, asked.contact)
        watch = watch_of(sky, asked.days)
        read_s = time.perf_counter() - began_s
        brief = turn(
            watch,
            under(circumstances, weather[0], detectors(), space_weather_from=weather[1]),
            store,
            run=with_progress(lent, setting, "screening"),
            at_tai_ns=now_tai_ns(),
            stopwatch=time.perf_counter,
        )
        desk = Desk(log=log, actor=BAKEN, at_tai_ns=now_tai_ns(), luck=luck)
        opened, judged_anew = follow_up(store, desk, watch.picture.realm, rules)
        if asked.keeps_sky:
            keep_sky(store, sky.catalogue, sky.past, at_tai_ns=now_tai_ns())
    return watch.picture.realm, brief.preceded_by("read", read_s), opened, judged_anew


def _serve_console(setting: Setting, realm: Realm, port: int, no_browser: bool) -> int:
    keeper = Keeper(name=actor(None))
    with door_on(port) as door, served_home(setting.home, keeper, hosts=LOOPBACK) as (app, _):
        address = f"http://{HERE}:{door.getsockname()[1]}/console/watch?realm={realm}"
        log_console(setting).print(Text(Speech(setting.language)("console.open", address=address)))
        server = listening(app, HERE, door.getsockname()[1])
        if not no_browser:
            open_browser_on(server, address)
        server.run(sockets=[door])
    return Exit.DONE


def _told(
    setting: Setting, brief: Brief, opened: tuple[Incident, ...], judged_anew: tuple[Incident, ...]
) -> None:
    say = Speech(setting.language)
    for phrase, incidents in (("gather.opened", opened), ("incident.updated", judged_anew)):
        for one in incidents:
            log_console(setting).print(Text(say(phrase, incident=f"{one.incident_id}  {one.title}")))
    if setting.as_json:
        print_json(brief_document(brief))
    else:
        show_brief(table_console(), brief, setting.language)


def watch_of(sky: Sky, days: float) -> Watch:
    """Return what a turn of the watch looks at in a sky."""
    window = Window(
        start_tai_ns=sky.start_tai_ns,
        end_tai_ns=sky.start_tai_ns + round(days * DAY_NS),
    )
    return Watch(
        picture=sky.picture(),
        window=window,
        sky=sky.name,
        digests=sky.digests,
        n_element_sets=len(sky.catalogue.element_sets),
        n_rejected=sky.n_rejected,
        n_left_out=sky.n_left_out(),
        remarks=sky.remarks,
    )


def _sky(
    setting: Setting,
    store: Store,
    log: EvidenceLog,
    paths: list[str],
    realm: Realm | None,
    contact: str | None,
) -> Sky:
    if paths:
        return given_sky(setting, paths, realm)
    now = now_tai_ns()
    wanted = realm or Realm.REAL
    taken_back = orbits_taken_back(log, wanted, at_tai_ns=now)
    if (stored := stored_sky(store, realm=wanted, now_tai_ns=now, taken_back=taken_back)) is not None:
        return stored
    if contact is not None and wanted is Realm.REAL:
        feed = catalogue_feed(
            Service.CELESTRAK, setting.home, contact=contact, group="active", now_tai_ns=now_tai_ns
        )
        fetch_catalogue(feed, store, at_tai_ns=now)
        if (fetched := stored_sky(store, realm=wanted, now_tai_ns=now, taken_back=taken_back)) is not None:
            return fetched
    if realm not in (None, Realm.SIMULATED):
        raise WrongUsage(f"the store holds no {realm} element sets; 'baken catalogue import FILE' keeps some")
    log_console(setting).print(
        "no catalogue is stored; watching a simulated sky (baken catalogue import FILE)", soft_wrap=True
    )
    return simulated_sky(now_tai_ns=now, n_objects=SIMULATED_OBJECTS)
