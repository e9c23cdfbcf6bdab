"""``baken cdm avoid``: what could be done about a warning, laid out and never chosen."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import given_sky
from baken.cli.setting import Setting, table_console
from baken.errors import WrongUsage
from baken.formats.sniff import read_any
from baken.operations.avoid import AskedAvoidance, avoidance_of_message, with_secondaries
from baken.records.avoidance import AvoidanceOption, DecisionMap, SecondaryConjunction
from baken.records.conjunction_message import ConjunctionMessage
from baken.report.decision_map import draw_decision_map
from baken.report.quantities import distance_text, duration_text, probability_text
from baken.wiring.avoidance_documents import decision_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, refuse_unwritable, said_of, write_bytes
from baken.wiring.workers import threads


def avoid(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="A conjunction data message.")],
    burns: Annotated[int, typer.Option("--for", help="Which object burns: 1 or 2.")] = 1,
    dv_max: Annotated[float, typer.Option(help="Largest burn, m/s.")] = 1.0,
    wanted_probability: Annotated[float, typer.Option(help="What the probability should come to.")] = 1e-6,
    hours: Annotated[float, typer.Option(help="How long before the closest approach.")] = 48.0,
    hbr_m: Annotated[
        float | None, typer.Option("--hbr-m", help="Combined hard-body radius; else the message tells.")
    ] = None,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Element sets: whom would each option meet instead?")
    ] = None,
    plot: Annotated[
        str | None, typer.Option(metavar="PATH", help="Draw the decision map: .svg or .png.")
    ] = None,
) -> int:
    """Lay out burns that would avoid an encounter, and what else they bring.  None is chosen."""
    setting: Setting = context.obj
    asked = AskedAvoidance(
        burns=burns,
        delta_v_max_m_s=dv_max,
        probability_wanted=wanted_probability,
        hours=hours,
        hard_body_radius_m=hbr_m,
    )
    _check(asked, plot)
    message = _message(path)
    with said_of(path):
        laid_out = avoidance_of_message(message, asked, now_tai_ns=now_tai_ns())
    if catalogue:
        laid_out = _with_secondaries(setting, message, asked, laid_out, catalogue)
    if plot is not None:
        write_bytes(plot, draw_decision_map(laid_out, "svg" if plot.endswith(".svg") else "png"))
    if setting.as_json:
        print_json(decision_document(laid_out))
    else:
        show_decision(laid_out)
    return Exit.DONE


def _check(asked: AskedAvoidance, plot: str | None) -> None:
    if asked.burns not in (1, 2):
        raise WrongUsage(f"--for is 1 or 2, the object that burns; it was {asked.burns}")
    for option, value, most in (
        ("--dv-max", asked.delta_v_max_m_s, 1_000.0),
        ("--wanted-probability", asked.probability_wanted, 1.0),
        ("--hours", asked.hours, 24.0 * 14.0),
        ("--hbr-m", asked.hard_body_radius_m, 10_000.0),
    ):
        if value is not None and not 0.0 < value <= most:
            raise WrongUsage(f"{option} is a number above 0, {most:g} at most; it was {value:g}")
    if plot is not None:
        if not plot.endswith((".svg", ".png")):
            raise WrongUsage(f"--plot {plot}: name a file that ends in .svg or .png")
        refuse_unwritable(plot)


def _message(path: str) -> ConjunctionMessage:
    content = read_bytes(path)
    with said_of(path):
        reading = read_any(content)
        if reading.rejected:
            first = reading.rejected[0]
            raise WrongUsage(f"{path}:{first.line} {first.field}: {first.reason}")
        messages = [one for one in reading.records if isinstance(one, ConjunctionMessage)]
        if len(messages) != 1:
            raise WrongUsage(f"{path}: it holds {len(messages)} conjunction messages; give a file with one")
    return messages[0]


def _with_secondaries(
    setting: Setting,
    message: ConjunctionMessage,
    asked: AskedAvoidance,
    laid_out: DecisionMap,
    catalogue: list[str],
) -> DecisionMap:
    picture = given_sky(setting, catalogue, message.realm).picture()
    own, other = (message.first, message.second)[:: 1 if asked.burns == 1 else -1]
    with threads(None) as run:
        return with_secondaries(
            laid_out,
            own.identity,
            other.identity,
            picture,
            probability_level=asked.probability_wanted,
            circumstances=Circumstances(),
            run=run,
        )


def show_decision(laid_out: DecisionMap) -> None:
    """Print the options of a decision map, what they rest on, and that none is preferred."""
    console = table_console()
    who = f"{laid_out.norad_cat_id or '-'} {laid_out.name}"
    console.print("HYPOTHETICAL: a what-if, for its owner alone", style="bold", highlight=False)
    console.print(
        f"Burns of {who}; closest approach {utc_text(laid_out.tca_tai_ns, 0)}, "
        f"{distance_text(laid_out.miss_distance_before_m)}, "
        f"Pc {probability_text(laid_out.probability_before)}",
        highlight=False,
        markup=False,
    )
    console.print(_table(laid_out))
    latest = laid_out.latest_tai_ns
    console.print(
        "Latest of the burns looked at that suffices along some axis: "
        + ("none" if latest is None else _moment(laid_out, latest)),
        highlight=False,
    )
    for assumption in laid_out.assumptions:
        console.print(f"  {assumption}", style="dim", highlight=False, markup=False)


def _table(laid_out: DecisionMap) -> Table:
    title = f"Options, none preferred; wanted: Pc {laid_out.probability_wanted:.1e} or less"
    may_see = f"May be seen by: {laid_out.marking.text}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, caption=may_see)
    for name, justify in (
        ("burn UTC (before)", "left"), ("along", "left"), ("delta-v", "right"), ("Pc after", "right"),
        ("miss after", "right"), ("wanted", "left"), ("would meet instead", "left"),
    ):  # fmt: skip
        table.add_column(name, justify=justify, no_wrap=name != "would meet instead")  # type: ignore[arg-type]
    for option in laid_out.options:
        table.add_row(*_cells(laid_out, option))
    return table


def _cells(laid_out: DecisionMap, option: AvoidanceOption) -> tuple[str, ...]:
    after = option.probability_after
    if after <= laid_out.probability_wanted:
        said = "reached"
    else:
        said = "HIGHER" if after > laid_out.probability_before else "not reached"
    return (
        _moment(laid_out, option.burn_tai_ns),
        str(option.direction),
        f"{option.delta_v_m_s:.3f} m/s",
        probability_text(after),
        distance_text(option.miss_distance_after_m),
        said,
        _met(option.secondaries),
    )


def _moment(laid_out: DecisionMap, at_tai_ns: int) -> str:
    before = duration_text((laid_out.tca_tai_ns - at_tai_ns) / NANOSECONDS_A_SECOND)
    return f"{utc_text(at_tai_ns, 0)} ({before})"


def _met(secondaries: tuple[SecondaryConjunction, ...] | None) -> str:
    if secondaries is None:
        return "nobody looked"
    return "\n".join(_secondary_text(one) for one in secondaries) or "nobody"


def _secondary_text(one: SecondaryConjunction) -> str:
    met = f"{one.norad_cat_id or '-'} {one.name} {utc_text(one.tca_tai_ns, 0)}"
    return f"{met} {distance_text(one.miss_distance_m)} Pc {probability_text(one.probability)}"
