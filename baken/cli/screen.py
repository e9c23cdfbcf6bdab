"""``baken screen``: every close approach of the coming days, as a table."""

import time
from contextlib import AbstractContextManager
from typing import Annotated

import polars as pl
import typer
from rich import box
from rich.table import Table

from baken.assess.conjunction.detector import ConjunctionDetector
from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.quantities import distance_text, probability_text, speed_text
from baken.cli.reading import read_catalogue_file, tell_rejections
from baken.cli.setting import Setting, instant, log_console, table_console, with_progress
from baken.errors import WrongUsage
from baken.operations.assess_picture import Assessment, assess_picture
from baken.operations.import_catalogue import Provenance
from baken.operations.write_conjunctions import TABLE_FORMATS, write_messages, write_table
from baken.records.catalogue import Picture
from baken.records.event import Detection, Runner, Window
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import write_bytes
from baken.wiring.skies import DAY_NS, Sky, sky_of_files, stored_sky
from baken.wiring.stores import open_store
from baken.wiring.workers import cluster, threads

ROWS_SHOWN = 20
ORIGINATOR = "BAKEN"


def screen(
    context: typer.Context,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Element sets; else the stored picture.")
    ] = None,
    primary: Annotated[
        list[str] | None, typer.Option(help="Catalogue number or object id; else all.")
    ] = None,
    start: Annotated[str | None, typer.Option(help="UTC; else now, or the date of an old catalogue.")] = None,
    days: Annotated[float, typer.Option(help="How far ahead.")] = 7.0,
    miss_km: Annotated[float, typer.Option(help="Report approaches below this distance.")] = 5.0,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Where to; - is standard output.")
    ] = None,
    format_name: Annotated[str | None, typer.Option("--format", help="csv, json, parquet or cdm.")] = None,
    workers: Annotated[int | None, typer.Option(help="Threads; else one a core.")] = None,
    cluster_address: Annotated[
        str | None, typer.Option("--cluster", help="Address of a Dask scheduler.")
    ] = None,
) -> int:
    """Find every close approach between any two objects."""
    setting: Setting = context.obj
    began = time.perf_counter()
    _check(days, miss_km, workers, cluster_address)
    sky = _sky(setting, catalogue or [])
    start_tai_ns = instant("--start", start) if start else sky.start_tai_ns
    window = Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + round(days * DAY_NS))
    picture = sky.picture()
    detector = ConjunctionDetector(
        miss_threshold_m=miss_km * 1000.0, primaries=_object_ids(picture, primary or [])
    )
    with _runner(workers, cluster_address) as run:
        assessment = assess_picture(picture, window, [detector], run=with_progress(run, setting, "screening"))
    (detection,) = assessment.detections
    wall_s = time.perf_counter() - began
    chosen = format_name or _format_of(output)
    if output is not None:
        write_bytes(output, _content(detection, picture, chosen, output))
    if output != "-":
        _answer(setting, sky, assessment, miss_km * 1000.0, wall_s)
    return Exit.DONE


def _check(days: float, miss_km: float, workers: int | None, cluster_address: str | None) -> None:
    if not days > 0.0:
        raise WrongUsage(f"--days must be more than 0; it was {days}")
    if not miss_km > 0.0:
        raise WrongUsage(f"--miss-km must be more than 0; it was {miss_km}")
    if workers is not None and cluster_address is not None:
        raise WrongUsage("--workers and --cluster exclude each other; give one")


def _sky(setting: Setting, paths: list[str]) -> Sky:
    if paths:
        read = [read_catalogue_file(path, Provenance()) for path in paths]
        tell_rejections(log_console(setting), read)
        return sky_of_files(read, now_tai_ns=now_tai_ns())
    with open_store(setting.home) as store:
        sky = stored_sky(store, now_tai_ns=now_tai_ns())
    if sky is None:
        raise WrongUsage(
            "the store holds no element sets; give --catalogue FILE, or 'baken catalogue import FILE'"
        )
    return sky


def _object_ids(picture: Picture, names: list[str]) -> frozenset[str]:
    known: dict[str, str] = {}
    for element_set in picture.element_sets:
        identity = element_set.identity
        known |= {
            str(name): identity.object_id
            for name in (identity.norad_cat_id, identity.object_id)
            if name is not None
        }
    if missing := [name for name in names if name not in known]:
        raise WrongUsage(
            f"--primary {missing[0]}: not in this catalogue; give a catalogue number or an object id that is"
        )
    return frozenset(known[name] for name in names)


def _runner(workers: int | None, cluster_address: str | None) -> AbstractContextManager[Runner]:
    return cluster(cluster_address) if cluster_address else threads(workers)


def _content(detection: Detection, picture: Picture, format_name: str, output: str) -> bytes:
    if format_name != "cdm":
        return write_table(detection.table, format_name)
    syntax = "xml" if output.removesuffix(".gz").endswith(".xml") else "kvn"
    return write_messages(
        detection, picture, originator=ORIGINATOR, created_tai_ns=now_tai_ns(), syntax=syntax
    )


def _format_of(output: str | None) -> str:
    """Return the format a file name asks for; csv when it asks for none."""
    suffix = (output or "").removesuffix(".gz").rpartition(".")[2].lower()
    return suffix if suffix in (*TABLE_FORMATS, "cdm") else "csv"


def _answer(
    setting: Setting, sky: Sky, assessment: Assessment, miss_threshold_m: float, wall_s: float
) -> None:
    (detection,) = assessment.detections
    if setting.as_json:
        print_json(_document(sky, assessment, miss_threshold_m, wall_s))
        return
    console = table_console()
    console.print(_nearest(detection))
    start, end = utc_text(assessment.window.start_tai_ns, 0), utc_text(assessment.window.end_tai_ns, 0)
    console.print(
        f"{len(assessment.picture.choices):,} objects, {len(detection.table):,} approaches under "
        f"{distance_text(miss_threshold_m)}, {start} to {end}, {assessment.picture.realm}, in {wall_s:.1f} s"
    )
    for what, count in detection.account:
        console.print(f"  {what}: {count:,}", highlight=False)


def _nearest(detection: Detection) -> Table:
    passing = detection.table.filter(~pl.col("in_company"))
    shown = passing.sort("miss_distance_m").head(ROWS_SHOWN)
    n_company = len(detection.table) - len(passing)
    title = f"The {len(shown)} nearest; {n_company:,} approaches of pairs in company stand in the full table"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in (
        "primary",
        "secondary",
        "closest approach (UTC)",
        "miss",
        "speed",
        "Pc ceiling",
        "Pc estimated",
        "ages h",
    ):
        table.add_column(column)
    for row in shown.iter_rows(named=True):
        table.add_row(
            f"{row['primary_norad_cat_id'] or '-'} {row['primary_name']}",
            f"{row['secondary_norad_cat_id'] or '-'} {row['secondary_name']}",
            row["tca_utc"],
            distance_text(row["miss_distance_m"]),
            speed_text(row["relative_speed_m_s"]),
            probability_text(row["max_probability"]),
            f"{probability_text(row['probability'])} {row['probability_region']}",
            f"{row['primary_age_h']:.0f}, {row['secondary_age_h']:.0f}",
        )
    return table


def _document(sky: Sky, assessment: Assessment, miss_threshold_m: float, wall_s: float) -> dict[str, object]:
    (detection,) = assessment.detections
    return {
        "objects": len(assessment.picture.choices),
        "conjunctions": len(detection.table),
        "start_utc": utc_text(assessment.window.start_tai_ns),
        "end_utc": utc_text(assessment.window.end_tai_ns),
        "miss_threshold_m": miss_threshold_m,
        "wall_s": round(wall_s, 3),
        "realm": assessment.picture.realm.value,
        "catalogue": sky.name,
        "rejected": sky.n_rejected,
        "sieve": dict(detection.account),
        "lost": [{"object_id": object_id, "reason": reason} for object_id, reason in detection.lost],
    }
