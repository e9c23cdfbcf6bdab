"""Ephemerides on the command line: what is known of an object's, and the one that is made of its elements."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.astro.time import NANOSECONDS_A_SECOND, SECONDS_A_DAY, utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.pairs import paired_table
from baken.cli.setting import Setting, instant, log_console, table_console, who_reads
from baken.errors import WrongUsage
from baken.operations.export_ephemeris import FORMATS, chosen_for, ephemeris_text, propagated
from baken.operations.look_up import Listed, ListedEphemeris, object_named
from baken.operations.partner_entries import Standing
from baken.operations.ports import Store
from baken.operations.taken_back import NOTHING_TAKEN_BACK, TakenBack, orbits_taken_back
from baken.records.catalogue import Catalogue, Choice
from baken.records.ephemeris import Ephemeris
from baken.records.event import Window
from baken.records.marking import Realm
from baken.report.quantities import duration_text
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import STANDARD_STREAM, write_bytes
from baken.wiring.skies import start_of_watch
from baken.wiring.stores import open_evidence

PAIRS = (
    ("ephemeris in", "rows"),
    ("from UTC", "until UTC"),
    ("age", "covariance"),
    ("says", "may see"),
)
WORDY = ("says",)
DEFAULT_DAYS = 7.0
# Of what is used no more, why.
OVER = {Standing.RECALLED: "RECALLED, not used", Standing.EXPIRED: "EXPIRED, not used"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which ephemeris was asked for."""

    name: str | None
    start_utc: str | None
    days: float | None
    step_s: float | None
    realm: Realm


def print_ephemerides(listed: Sequence[ListedEphemeris]) -> None:
    """Print one line for each ephemeris of an object."""
    now = now_tai_ns()
    title = "Tables of states, as their sources published them"
    table_console().print(paired_table(title, PAIRS, [_cells(one, now) for one in listed], WORDY))


def _cells(one: ListedEphemeris, now: int) -> tuple[str, ...]:
    return (
        one.frame if one.centre == "EARTH" else f"{one.frame}, {one.centre}",
        f"{one.n_states:,}",
        utc_text(one.good_from_tai_ns, 0),
        utc_text(one.good_until_tai_ns, 0),
        duration_text(one.age_s(now)),
        "yes" if one.has_covariance else "no",
        says_text(one),
        one.marking,
    )


def says_text(one: Listed | ListedEphemeris) -> str:
    """Return who says something of an orbit, from whom that came, and whether it may still be used."""
    who = one.originator or "-"
    who = f"{who}, from {' and '.join(one.came_from)}" if one.came_from else who
    return who if one.standing is Standing.HOLDS else f"{who}: {OVER[one.standing]}"


def ephemeris_document(one: ListedEphemeris) -> dict[str, object]:
    """Return what is known of one ephemeris, without its rows, as JSON."""
    created = one.created_tai_ns
    return {
        "frame": one.frame,
        "centre": one.centre,
        "start_utc": utc_text(one.good_from_tai_ns, 6),
        "end_utc": utc_text(one.good_until_tai_ns, 6),
        "states": one.n_states,
        "covariance": one.has_covariance,
        "created_utc": None if created is None else utc_text(created, 6),
        "age_h": round(one.age_s(now_tai_ns()) / 3_600.0, 3),
        "originator": one.originator,
        "came_from": list(one.came_from),
        "stands": one.standing.value,
        "realm": one.realm.value,
        "marking": one.marking,
    }


def export_ephemeris(setting: Setting, asked: Asked, *, format_name: str, output: str) -> Exit:
    """Write the orbit of one object as a table of states."""
    if output == STANDARD_STREAM and setting.as_json:
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    with open_evidence(setting.home, who_reads(setting)) as (store, evidence):
        ephemeris = _made(store, asked, orbits_taken_back(evidence, asked.realm, at_tai_ns=now_tai_ns()))
    write_bytes(output, ephemeris_text(ephemeris, format_name))
    if setting.as_json:
        print_json(_export_document(ephemeris, format_name, output))
        return Exit.DONE
    log = log_console(setting)
    log.print(f"{len(ephemeris):,} states written as {FORMATS[format_name]}", highlight=False)
    for comment in ephemeris.comments:
        log.print(comment, highlight=False, markup=False, soft_wrap=True)
    return Exit.DONE


def _made(store: Store, asked: Asked, taken_back: TakenBack) -> Ephemeris:
    if asked.name is None:
        raise WrongUsage("an ephemeris is of one object; name it with --object ID")
    now = now_tai_ns()
    identity = object_named(store, asked.name, realm=asked.realm)
    choice = chosen_for(store, identity.object_id, realm=asked.realm, as_of_tai_ns=now, taken_back=taken_back)
    return propagated(
        choice,
        _window(asked, choice, now),
        step_s=asked.step_s,
        originator=store.node_name(),
        at_tai_ns=now,
    )


def _window(asked: Asked, choice: Choice, now: int) -> Window:
    """Return the span asked for; without a start, it begins where a watch over these elements would."""
    days = DEFAULT_DAYS if asked.days is None else asked.days
    if not 0.0 < days < 3_660.0:
        raise WrongUsage(f"--days is more than 0 and less than ten years; it was {days:g}")
    if asked.start_utc is not None:
        start_tai_ns = instant("--start", asked.start_utc)
    else:
        start_tai_ns, _ = start_of_watch(Catalogue(element_sets=(choice.chosen,)), now_tai_ns=now)
    return Window(
        start_tai_ns=start_tai_ns,
        end_tai_ns=start_tai_ns + round(days * SECONDS_A_DAY * NANOSECONDS_A_SECOND),
    )


def _export_document(ephemeris: Ephemeris, format_name: str, output: str) -> dict[str, object]:
    return {
        "output": output,
        "format": FORMATS[format_name],
        "object_id": ephemeris.identity.object_id,
        "norad_cat_id": ephemeris.identity.norad_cat_id,
        **ephemeris_document(ListedEphemeris.of(ephemeris, NOTHING_TAKEN_BACK)),
        "step_s": float(ephemeris.lineage.settings[0][1]),
        "interpolation": ephemeris.interpolation,
        "interpolation_degree": ephemeris.interpolation_degree,
        "comments": list(ephemeris.comments),
    }
