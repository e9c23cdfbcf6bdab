"""``baken screen`` of an operator's plans: ephemerides and burns, definitive and hypothetical."""

from dataclasses import dataclass, replace

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.astro.earth_data import no_earth_data
from baken.astro.time import utc_text
from baken.catalogue.burns import Burn
from baken.cli.approach_view import nearest
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import object_ids, tell_rejections
from baken.cli.setting import DEFAULT_DAYS, Setting, instant, log_console, table_console
from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.operations.screen_plans import (
    Plan,
    PlanScreening,
    Standing,
    plan_of_ephemeris,
    plans_of_burns,
    screen_plans,
    span_of,
)
from baken.operations.write_conjunctions import TABLE_FORMATS, write_table
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Runner, Window
from baken.records.marking import OWNER_ONLY
from baken.report.quantities import distance_text
from baken.report.words import Speech
from baken.wiring.files import read_bytes, said_of, write_bytes
from baken.wiring.skies import DAY_NS, Sky

# Whoever made a what-if says so in the file; forgetting the option must not make it definitive.
WORD = Standing.HYPOTHETICAL.value


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlans:
    """Which plans are to be screened, over which span, and where the answer goes."""

    ephemerides: tuple[str, ...]
    hypothetical: bool
    burns: tuple[str, ...]
    start_is_given: bool
    days: float | None
    miss_threshold_m: float
    output: str | None
    format_name: str


def answer_plans(
    setting: Setting,
    asked: AskedPlans,
    sky: Sky,
    primary: list[str],
    circumstances: Circumstances,
    run: Runner,
) -> Exit:
    """Screen what was asked for, and answer.

    Raises: RefusedByPolicy when a hypothetical plan would be written as messages, which are made to be sent.
    """
    if asked.burns and (len(primary) != 1 or asked.ephemerides):
        raise WrongUsage(
            "--burn is of one object of the catalogue; name it with one --primary, and no --ephemeris"
        )
    if asked.ephemerides and primary:
        raise WrongUsage("--primary: the objects of --ephemeris are the primaries; leave it out")
    if asked.output is not None:
        _refuse_messages(asked)
    plans, window, picture = _of_burns(asked, sky, primary) if asked.burns else _of_files(setting, asked, sky)
    screening = screen_plans(
        plans,
        picture,
        window,
        miss_threshold_m=asked.miss_threshold_m,
        circumstances=circumstances,
        run=run,
    )
    if asked.output is not None:
        _refuse_messages(asked, screening.standing)
        write_bytes(asked.output, write_table(screening.table, asked.format_name))
    if asked.output != "-":
        _tell(setting, screening, asked, circumstances)
    return Exit.DONE


def _refuse_messages(asked: AskedPlans, standing: Standing | None = None) -> None:
    if asked.format_name in TABLE_FORMATS:
        return
    if asked.hypothetical or asked.burns or standing is Standing.HYPOTHETICAL:
        raise RefusedByPolicy(
            f"{WORD} plans are for their owner alone, and messages are made to be sent; "
            f"write a table: {', '.join(TABLE_FORMATS)}"
        )
    raise WrongUsage(f"plans are not written as messages yet; write a table: {', '.join(TABLE_FORMATS)}")


def _of_burns(asked: AskedPlans, sky: Sky, primary: list[str]) -> tuple[tuple[Plan, ...], Window, Picture]:
    window = _window_from(sky.start_tai_ns, asked.days if asked.days is not None else DEFAULT_DAYS)
    picture = sky.picture()
    (object_id,) = object_ids(picture, primary, "--primary")
    burns = [(f"{WORD} burn {text}", read_burn(text)) for text in asked.burns]
    return plans_of_burns(burns, object_id, picture, window.end_tai_ns), window, picture


def read_burn(text: str) -> Burn:
    """Read a burn as it is given on the command line.

    Raises: WrongUsage that shows the form.

    >>> read_burn("2026-03-01T00:10:00Z 0,0.1,0 m/s").delta_v_rtn_m_s
    (0.0, 0.1, 0.0)
    """
    when, _, how = text.strip().removesuffix("m/s").strip().partition(" ")
    try:
        radial, transverse, normal = (float(part) for part in how.split(","))
    except ValueError:
        form = "write '2026-11-22T09:00:00Z 0,0.1,0': radial, transverse, normal in m/s"
        raise WrongUsage(f"--burn {text}: this is no time with three speeds; {form}") from None
    return Burn(at_tai_ns=instant("--burn", when), delta_v_rtn_m_s=(radial, transverse, normal))


def _of_files(setting: Setting, asked: AskedPlans, sky: Sky) -> tuple[tuple[Plan, ...], Window, Picture]:
    picture = sky.picture()
    plans = _read(setting, asked, picture)
    span = span_of(plans)
    start = sky.start_tai_ns if asked.start_is_given else span.start_tai_ns
    if asked.days is None and span.end_tai_ns <= start:
        raise WrongUsage(
            f"--start is after the last row, {utc_text(span.end_tai_ns, 0)}; give an earlier one"
        )
    days = (span.end_tai_ns - start) / DAY_NS if asked.days is None else asked.days
    window = _window_from(start, days)
    if not asked.start_is_given:
        # The picture as of the time the ephemerides speak of; who is called what does not change by that.
        picture = replace(sky, start_tai_ns=start).picture()
    return plans, window, picture


def _read(setting: Setting, asked: AskedPlans, picture: Picture) -> tuple[Plan, ...]:
    plans = []
    for path in asked.ephemerides:
        content = read_bytes(path)
        with said_of(path):
            read = read_catalogue(NamedContent(name=path, content=content), Provenance(realm=picture.realm))
            if not read.ephemerides:
                raise WrongUsage(f"{path}: it holds no ephemeris; give an OEM")
        tell_rejections(log_console(setting), path, read.reading.rejected)
        segments = read.ephemerides
        is_plan = asked.hypothetical or any(one.is_hypothetical for one in segments)
        standing = Standing.HYPOTHETICAL if is_plan else Standing.DEFINITIVE
        plans.append(plan_of_ephemeris(path, segments, picture, no_earth_data(), standing))
    return tuple(plans)


def _window_from(start_tai_ns: int, days: float) -> Window:
    return Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + round(days * DAY_NS))


def _tell(
    setting: Setting, screening: PlanScreening, asked: AskedPlans, circumstances: Circumstances
) -> None:
    if setting.as_json:
        print_json(_document(screening, asked.miss_threshold_m))
        return
    console, say = table_console(), Speech(setting.language)
    console.print(say(f"realm.{screening.picture.realm}"), style="bold", highlight=False)
    console.print(say(f"standing.{screening.standing}"), style="bold", highlight=False)
    start, end = utc_text(screening.window.start_tai_ns, 0), utc_text(screening.window.end_tai_ns, 0)
    console.print(f"{', '.join(plan.name for plan in screening.plans)}; {start} – {end}", highlight=False)
    for remark in screening.remarks:
        console.print(remark, style="yellow", highlight=False, markup=False)
    seen = Detection(kind=EventKind.CONJUNCTION, window=screening.window, findings=(), table=screening.table)
    console.print(nearest(seen, console.width, say))
    threshold = distance_text(asked.miss_threshold_m)
    console.print(say("found", approaches=len(screening.table), threshold=threshold), highlight=False)
    lines = "\n".join(f"  {line}" for line in circumstances.assumptions)
    console.print(f"{say('assumptions')}:\n{lines}", style="dim", highlight=False, markup=False)


def _document(screening: PlanScreening, miss_threshold_m: float) -> dict[str, object]:
    document: dict[str, object] = {
        "standing": screening.standing.value,
        "objects": len(screening.picture.choices),
        "conjunctions": len(screening.table),
        "start_utc": utc_text(screening.window.start_tai_ns),
        "end_utc": utc_text(screening.window.end_tai_ns),
        "miss_threshold_m": miss_threshold_m,
        "realm": screening.picture.realm.value,
        "plans": [_plan_document(plan) for plan in screening.plans],
        "left_out_object_ids": [one.identity.object_id for one in screening.left_out],
        "remarks": list(screening.remarks),
        "sieve": dict(screening.account),
    }
    if screening.standing is Standing.HYPOTHETICAL:
        document["marking"] = OWNER_ONLY.text
    return document


def _plan_document(plan: Plan) -> dict[str, object]:
    return {
        "name": plan.name,
        "standing": plan.standing.value,
        "object_id": plan.subject.identity.object_id,
        "norad_cat_id": plan.subject.identity.norad_cat_id,
        "start_utc": utc_text(plan.start_tai_ns),
        "end_utc": utc_text(plan.end_tai_ns),
        "covariance": "estimated" if plan.doubt is None else plan.doubt.source,
        "left_open_between_rows_m": plan.left_open_m,
    }
