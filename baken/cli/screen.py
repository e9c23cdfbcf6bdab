"""``baken screen``: every close approach of the coming days, as a table."""

import math
import time
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Annotated

import typer

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.astro.time import utc_text
from baken.cli.approach_view import nearest
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.pair_view import pair_document, show_pair
from baken.cli.plans import AskedPlans, answer_plans
from baken.cli.reading import given_circumstances, given_sky, object_ids
from baken.cli.setting import (
    DEFAULT_DAYS,
    Setting,
    checked_days,
    instant,
    table_console,
    who_reads,
    with_progress,
)
from baken.errors import WrongUsage
from baken.operations.assess_picture import Assessment, assess_picture
from baken.operations.explain_pair import explain_pair
from baken.operations.taken_back import orbits_taken_back
from baken.operations.write_conjunctions import TABLE_FORMATS, write_messages, write_table
from baken.records.catalogue import Picture
from baken.records.event import Detection, Runner, Window
from baken.records.marking import Realm
from baken.report.quantities import distance_text
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.skies import DAY_NS, START_ELSEWHERE, Sky, stored_sky
from baken.wiring.stores import open_evidence
from baken.wiring.workers import cluster, threads

ORIGINATOR = "BAKEN"
MESSAGE_SYNTAX = {"cdm": "kvn", "cdm-kvn": "kvn", "cdm-xml": "xml"}
NAME_ENDINGS = {
    "csv": "csv",
    "json": "json",
    "parquet": "parquet",
    "cdm": "cdm",
    "kvn": "cdm",
    "xml": "cdm-xml",
}


def screen(
    context: typer.Context,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Element sets; else the stored picture.")
    ] = None,
    realm: Annotated[
        Realm | None,
        typer.Option(help="Which world: of what is stored, REAL if nothing is said; else as the file says."),
    ] = None,
    primary: Annotated[
        list[str] | None, typer.Option(help="Catalogue number or object id; else all.")
    ] = None,
    start: Annotated[str | None, typer.Option(help="UTC; else now, or the date of an old catalogue.")] = None,
    days: Annotated[
        float | None, typer.Option(help="How far ahead; else 7, or all an ephemeris covers.")
    ] = None,
    miss_km: Annotated[float, typer.Option(help="Report approaches below this distance.")] = 5.0,
    ephemeris: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="An operator's OEM, screened against the sky.")
    ] = None,
    hypothetical: Annotated[
        bool, typer.Option("--hypothetical", help="The ephemerides are a what-if: for their owner alone.")
    ] = False,
    burn: Annotated[
        list[str] | None,
        typer.Option(metavar="'UTC R,T,N'", help="A burn of --primary in m/s; always hypothetical."),
    ] = None,
    radii: Annotated[
        str | None, typer.Option(help="Hard-body radii in CSV: norad_cat_id,hard_body_radius_m.")
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(metavar="ID,ID", help="Ask of one pair only: why was it, or was it not, reported?"),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Where to; - is standard output.")
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="csv, json, parquet, cdm, cdm-xml.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Threads; else one a core.")] = None,
    cluster_address: Annotated[
        str | None, typer.Option("--cluster", help="Address of a Dask scheduler.")
    ] = None,
) -> int:
    """Find every close approach between any two objects."""
    setting: Setting = context.obj
    began = time.perf_counter()
    _check(DEFAULT_DAYS if days is None else days, miss_km, workers, cluster_address)
    chosen = _format_of(output, format_name)
    if setting.as_json and output == "-" and chosen != "json":
        raise WrongUsage(f"--json leaves no room for {chosen} on -o -; give -o FILE, or --format json")
    if output is not None:
        refuse_unwritable(output)
    circumstances = given_circumstances(setting, radii)
    sky = _sky(setting, catalogue or [], realm)
    if start is not None:
        # Whoever names the start gets the picture of that day, and no remark on a start that was not taken.
        told = tuple(one for one in sky.remarks if one.name != START_ELSEWHERE)
        sky = replace(sky, start_tai_ns=instant("--start", start), remarks=told)
    if ephemeris or burn:
        asked = AskedPlans(
            ephemerides=tuple(ephemeris or ()),
            hypothetical=hypothetical,
            burns=tuple(burn or ()),
            start_is_given=start is not None,
            days=days,
            miss_threshold_m=miss_km * 1000.0,
            output=output,
            format_name=chosen,
        )
        with _runner(workers, cluster_address) as run:
            run = with_progress(run, setting, "screening")
            return answer_plans(setting, asked, sky, primary or [], circumstances, run)
    end_tai_ns = sky.start_tai_ns + round((DEFAULT_DAYS if days is None else days) * DAY_NS)
    window = Window(start_tai_ns=sky.start_tai_ns, end_tai_ns=end_tai_ns)
    picture = sky.picture()
    if why is not None:
        return _explain(setting, picture, why, window, miss_km * 1000.0)
    detector = ConjunctionDetector(
        miss_threshold_m=miss_km * 1000.0,
        primaries=object_ids(picture, primary or [], "--primary"),
        circumstances=circumstances,
    )
    with _runner(workers, cluster_address) as run:
        assessment = assess_picture(picture, window, [detector], run=with_progress(run, setting, "screening"))
    (detection,) = assessment.detections
    wall_s = time.perf_counter() - began
    if output is not None:
        write_bytes(output, _content(detection, picture, circumstances, chosen))
    if output != "-":
        _answer(setting, sky, assessment, miss_km * 1000.0, wall_s)
        if not setting.as_json:
            _tell_assumptions(circumstances, Speech(setting.language))
    return Exit.DONE


def _explain(setting: Setting, picture: Picture, pair: str, window: Window, miss_threshold_m: float) -> int:
    names = [name.strip() for name in pair.split(",")]
    if len(names) != 2 or names[0] == names[1]:
        raise WrongUsage(f"--why takes two objects, as in --why 25544,48274; it was {pair}")
    first, second = (object_ids(picture, [name], "--why") for name in names)
    pair_ids = (*first, *second)
    explained = explain_pair(picture, (pair_ids[0], pair_ids[1]), window, miss_threshold_m=miss_threshold_m)
    if setting.as_json:
        print_json(pair_document(explained, miss_threshold_m))
    else:
        show_pair(table_console(), explained, miss_threshold_m)
    return Exit.DONE


def _check(days: float, miss_km: float, workers: int | None, cluster_address: str | None) -> None:
    checked_days(days)
    if not 0.0 < miss_km < math.inf:
        raise WrongUsage(f"--miss-km is a number above 0; it was {miss_km}")
    if workers is not None and cluster_address is not None:
        raise WrongUsage("--workers and --cluster exclude each other; give one")


def _sky(setting: Setting, paths: list[str], realm: Realm | None) -> Sky:
    if paths:
        return given_sky(setting, paths, realm)
    wanted = realm or Realm.REAL
    now = now_tai_ns()
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        taken_back = orbits_taken_back(log, wanted, at_tai_ns=now)
        sky = stored_sky(store, realm=wanted, now_tai_ns=now, taken_back=taken_back)
    if sky is None:
        raise WrongUsage(
            f"the store holds no {wanted} element sets; 'baken catalogue import FILE', or give --catalogue"
        )
    return sky


def _runner(workers: int | None, cluster_address: str | None) -> AbstractContextManager[Runner]:
    return cluster(cluster_address) if cluster_address else threads(workers)


def _content(detection: Detection, picture: Picture, circumstances: Circumstances, format_name: str) -> bytes:
    if format_name not in MESSAGE_SYNTAX:
        return write_table(detection.table, format_name)
    return write_messages(
        detection,
        picture,
        circumstances,
        originator=ORIGINATOR,
        created_tai_ns=now_tai_ns(),
        syntax=MESSAGE_SYNTAX[format_name],
    )


def _format_of(output: str | None, format_name: str | None) -> str:
    """Return the format that is asked for, by name or by the ending of the output; csv when by neither.

    Raises: WrongUsage when there is no such format.
    """
    file = (output or "").lower().removesuffix(".gz").rpartition("/")[2]
    ending = file.rpartition(".")[2] if "." in file else ""
    if format_name is None and ending and ending not in NAME_ENDINGS:
        raise WrongUsage(f"-o {output}: the name does not tell the format; give --format")
    wanted = format_name or NAME_ENDINGS.get(ending, "csv")
    if wanted == "cdm" and ending == "xml":
        return "cdm-xml"
    if wanted not in (*TABLE_FORMATS, *MESSAGE_SYNTAX):
        raise WrongUsage(
            f"--format is one of {', '.join((*TABLE_FORMATS, *MESSAGE_SYNTAX))}; it was {format_name}"
        )
    return wanted


def _answer(
    setting: Setting, sky: Sky, assessment: Assessment, miss_threshold_m: float, wall_s: float
) -> None:
    (detection,) = assessment.detections
    if setting.as_json:
        print_json(_document(sky, assessment, miss_threshold_m, wall_s))
        return
    console, say = table_console(), Speech(setting.language)
    start, end = utc_text(assessment.window.start_tai_ns, 0), utc_text(assessment.window.end_tai_ns, 0)
    console.print(say(f"realm.{assessment.picture.realm}"), style="bold", highlight=False)
    looked_at = say("screened", objects=len(assessment.picture.choices), sky=say.tell(sky.name))
    console.print(f"{looked_at}, {start} – {end}", highlight=False, markup=False)
    for remark in sky.remarks:
        console.print(say.tell(remark), style="yellow", highlight=False)
    console.print(nearest(detection, console.width, say))
    found = say("found", approaches=len(detection.table), threshold=distance_text(miss_threshold_m))
    console.print(f"{found} ({wall_s:.1f} s)", highlight=False)
    for what, count in detection.account:
        if count:
            console.print(f"  {say.count(count):>18}  {say(f'account.{what}')}", highlight=False)


def _tell_assumptions(circumstances: Circumstances, say: Speech) -> None:
    lines = "\n".join(f"  {line}" for line in circumstances.assumptions)
    table_console().print(f"{say('assumptions')}:\n{lines}", style="dim", highlight=False, markup=False)


def _document(sky: Sky, assessment: Assessment, miss_threshold_m: float, wall_s: float) -> dict[str, object]:
    (detection,) = assessment.detections
    say = Speech("en")
    return {
        "objects": len(assessment.picture.choices),
        "conjunctions": len(detection.table),
        "start_utc": utc_text(assessment.window.start_tai_ns),
        "end_utc": utc_text(assessment.window.end_tai_ns),
        "miss_threshold_m": miss_threshold_m,
        "wall_s": round(wall_s, 3),
        "realm": assessment.picture.realm.value,
        "catalogue": say.tell(sky.name),
        "remarks": [say.tell(remark) for remark in sky.remarks],
        "rejected": sky.n_rejected,
        "sieve": dict(detection.account),
        "lost": [{"object_id": object_id, "reason": reason} for object_id, reason in detection.lost],
    }
