"""``baken reentry``: who comes down, when, and how sure that is."""

import time
from typing import Annotated

import numpy as np
import typer

from baken.assess.reentry.conditions import ReentrySettings
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.time import NANOSECONDS_A_DAY, utc_text
from baken.catalogue.picture import catalogue_date
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import given_sky, given_space_weather
from baken.cli.reentry_products import N_WAYS, Which, products_command
from baken.cli.reentry_view import reentry_csv, reentry_document, reentry_row, reentry_table
from baken.cli.reentry_withdraw import withdraw
from baken.cli.setting import (
    Setting,
    checked_days,
    instant,
    log_console,
    table_console,
    who_reads,
    with_progress,
)
from baken.errors import WrongUsage
from baken.operations.predict_reentry import (
    FOLLOWED_TIMES,
    histories_of,
    list_reentries,
    predict_reentries,
)
from baken.operations.taken_back import orbits_taken_back
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.records.reentry import ReentryPrediction
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.skies import stored_sky
from baken.wiring.stores import open_evidence
from baken.wiring.workers import threads

app = typer.Typer(help="What comes down: when, where, and how sure that is.", no_args_is_help=True)

LIST_MEMBERS = 60
SpaceWeatherOption = Annotated[
    str | None,
    typer.Option("--space-weather", metavar="FILE", help="CelesTrak's text file; else any year may be."),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="UTC; nothing later is looked at.  Else now, or the last set.")
]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", help="CSV; - is standard output.")]


@app.command("list")
def list_(
    context: typer.Context,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Element sets; else the stored picture.")
    ] = None,
    days: Annotated[float, typer.Option(help="How far ahead.")] = 30.0,
    space_weather: SpaceWeatherOption = None,
    as_of: AsOfOption = None,
    output: OutputOption = None,
) -> int:
    """List every object that is expected to come down soon."""
    setting: Setting = context.obj
    began = time.perf_counter()
    _check_output(setting, output)
    within_day = checked_days(days)
    sets = _element_sets(setting, catalogue or [])
    as_of_tai_ns = _as_of(as_of, sets)
    settings = ReentrySettings(longest_day=FOLLOWED_TIMES * within_day, n_members=LIST_MEMBERS)
    with threads(None) as run:
        found = list_reentries(
            histories_of(sets, as_of_tai_ns),
            as_of_tai_ns,
            within_day,
            _space_weather(setting, space_weather),
            settings,
            np.random.default_rng,
            run=with_progress(run, setting, "predicting"),
        )
    if output is not None:
        write_bytes(output, reentry_csv(found.predictions))
    if setting.as_json:
        rows = [reentry_row(one) for one in found.predictions]
        counts = {"objects": found.n_objects, "candidates": found.n_candidates}
        print_json({"as_of_utc": utc_text(as_of_tai_ns), "days": within_day, **counts, "reentries": rows})
    elif output != "-":
        console = table_console()
        console.print(reentry_table(found.predictions))
        told = f"{len(found.predictions)} of {found.n_objects:,} objects are expected down within"
        spent = f"{found.n_candidates} looked at closely; {time.perf_counter() - began:.1f} s"
        console.print(f"{told} {within_day:g} days of {utc_text(as_of_tai_ns, 0)} ({spent})", highlight=False)
    return Exit.DONE


@app.command("predict")
def predict(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Element sets of one object, or of many.")],
    object_name: Annotated[
        str | None, typer.Option("--object", help="Catalogue number or object id, where there are several.")
    ] = None,
    as_of: AsOfOption = None,
    altitude_km: Annotated[float, typer.Option(help="Where a fall counts as a re-entry.")] = 80.0,
    space_weather: SpaceWeatherOption = None,
    output: OutputOption = None,
) -> int:
    """Predict when and where one object comes down, with the window meant to hold nine in ten."""
    setting: Setting = context.obj
    _check_output(setting, output)
    if not 70.0 <= altitude_km <= 150.0:
        raise WrongUsage(f"--altitude-km is a number from 70 to 150; it was {altitude_km:g}")
    which = Which(file=file, object_name=object_name, as_of=as_of, space_weather=space_weather)
    made = _predicted(setting, which, ReentrySettings(altitude_m=1e3 * altitude_km))
    if output is not None:
        write_bytes(output, reentry_csv((made,)))
    if setting.as_json:
        print_json(reentry_document(made))
    elif output != "-":
        console = table_console()
        console.print(reentry_table((made,)))
        for line in made.assumptions:
            console.print(f"  {line}", style="dim", highlight=False, markup=False)
    return Exit.DONE


def _predicted(setting: Setting, which: Which, settings: ReentrySettings) -> ReentryPrediction:
    """Return the prediction that was asked for.

    Raises: WrongUsage when the object is not there as of then, or does not come down.
    """
    sets = _of_object(_element_sets(setting, [which.file]), which.object_name)
    as_of_tai_ns = _as_of(which.as_of, sets)
    histories = histories_of(sets, as_of_tai_ns)
    if not histories:
        raise WrongUsage(f"--as-of {which.as_of}: {which.file} holds no element set of that time or before")
    weather = _space_weather(setting, which.space_weather)
    (made,) = predict_reentries(histories, as_of_tai_ns, weather, settings, np.random.default_rng)
    if made is None:
        raise WrongUsage(
            f"{which.file}: no re-entry within {settings.longest_day:g} days, or no sign of drag in its sets:"
            " it may be held up"
        )
    return made


def _with_defaults(setting: Setting, which: Which) -> ReentryPrediction:
    return _predicted(setting, which, ReentrySettings(n_members=N_WAYS))


app.command("products")(products_command(_with_defaults))
app.command("withdraw")(withdraw)


def _check_output(setting: Setting, output: str | None) -> None:
    if setting.as_json and output == "-":
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    if output is not None:
        refuse_unwritable(output)


def _element_sets(setting: Setting, paths: list[str]) -> tuple[ElementSet, ...]:
    if paths:
        return given_sky(setting, paths, None).catalogue.element_sets
    now = now_tai_ns()
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        taken_back = orbits_taken_back(log, Realm.REAL, at_tai_ns=now)
        sky = stored_sky(store, realm=Realm.REAL, now_tai_ns=now, taken_back=taken_back)
    if sky is None:
        raise WrongUsage("the store holds no element sets; 'baken catalogue import FILE', or --catalogue")
    return sky.catalogue.element_sets


def _as_of(text: str | None, sets: tuple[ElementSet, ...]) -> int:
    """Return the instant that was asked for; else now, or the last set's when they are of the past."""
    if text is not None:
        return instant("--as-of", text)
    now, last = now_tai_ns(), _last_of(sets)
    return last if now - last > NANOSECONDS_A_DAY else now


def _last_of(sets: tuple[ElementSet, ...]) -> int:
    """Return the last epoch; in a catalogue, without the few sets that are issued for days ahead."""
    epochs = [es.epoch_tai_ns for es in sets]
    if len({es.identity.object_id for es in sets}) == 1:
        return max(epochs)
    date = catalogue_date(Catalogue(element_sets=sets))
    return max(epoch for epoch in epochs if epoch <= date + NANOSECONDS_A_DAY // 2)


def _of_object(sets: tuple[ElementSet, ...], name: str | None) -> tuple[ElementSet, ...]:
    if name is None:
        if len({es.identity.object_id for es in sets}) > 1:
            raise WrongUsage("this file holds several objects; name one with --object")
        return sets
    wanted = str(int(name)) if name.isdecimal() else name
    found = tuple(es for es in sets if wanted in (str(es.identity.norad_cat_id), es.identity.object_id))
    if not found:
        raise WrongUsage(f"--object {name}: not in this file; give a catalogue number or object id that is")
    return found


def _space_weather(setting: Setting, path: str | None) -> SpaceWeatherTable | None:
    if path is None:
        told = "no --space-weather FILE: any year of the sun is taken as likely, and windows are wide"
        log_console(setting).print(told, highlight=False, markup=False, soft_wrap=True)
    return given_space_weather(path)
