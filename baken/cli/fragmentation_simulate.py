"""``baken fragmentation simulate``: a breakup that has not happened, and what would become of its pieces."""

import math
from typing import Annotated, Literal

import numpy as np
import typer
from rich import box
from rich.table import Table

from baken.assess.fragmentation._breakup_laws import BodyKind, BreakupKind
from baken.assess.fragmentation.simulation import Breakup
from baken.astro.time import utc_text
from baken.cli.breakup_view import range_document
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import checked_area, chosen, given_sky, given_space_weather
from baken.cli.setting import Setting, instant, table_console, with_progress
from baken.errors import WrongUsage
from baken.operations.export_catalogue import labelled_text_of
from baken.operations.simulate_breakup import AskedBreakup, simulate_breakup
from baken.records.simulated_breakup import Range, SimulatedBreakup
from baken.report.simulated_breakup_figures import after_text, draw_breakup
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.workers import threads

PLOT_FORMS: dict[str, Literal["svg", "png", "pdf"]] = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
MOST_CLOUDS = 20


def simulate(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="FILE...", help="Element sets.")],
    object_name: Annotated[str, typer.Option("--object", help="What breaks: catalogue number or object id.")],
    mass_kg: Annotated[float, typer.Option("--mass-kg", help="Its mass.")],
    kind: Annotated[BreakupKind, typer.Option(help="What breaks it.")] = BreakupKind.EXPLOSION,
    body: Annotated[BodyKind, typer.Option(help="What it is.")] = BodyKind.SPACECRAFT,
    at: Annotated[str | None, typer.Option(help="UTC; else the epoch of its element set.")] = None,
    scale: Annotated[float, typer.Option(help="S of the model's law for explosions.")] = 1.0,
    projectile_kg: Annotated[float | None, typer.Option(help="Mass of what strikes.")] = None,
    speed_km_s: Annotated[float | None, typer.Option(help="Speed at which it strikes.")] = None,
    asset: Annotated[list[str] | None, typer.Option(help="For whom is it a risk?  Number or id.")] = None,
    asset_area_m2: Annotated[float, typer.Option(help="Collision cross-section of each asset.")] = 10.0,
    space_weather: Annotated[
        str | None,
        typer.Option(
            "--space-weather", metavar="FILE", help="CelesTrak's text file; without it the sun is less sure."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same clouds.")] = 1,
    clouds: Annotated[int, typer.Option(help="How many clouds to draw.")] = 2,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Element sets of the pieces > 10 cm, OMM in CSV.")
    ] = None,
    plot: Annotated[str | None, typer.Option(metavar="PATH", help="Draw it: .svg, .png or .pdf.")] = None,
) -> int:
    """Draw the pieces of a breakup by NASA's standard model, and follow them for five years.  SIMULATED."""
    setting: Setting = context.obj
    breakup = _breakup(kind, body, mass_kg, scale, projectile_kg, speed_km_s)
    _check(setting, asset_area_m2, clouds, seed, output, plot)
    picture = given_sky(setting, paths, None).picture()
    parent = chosen(picture, [object_name], "--object")[0]
    asked = AskedBreakup(
        parent=parent,
        epoch_tai_ns=parent.epoch_tai_ns if at is None else instant("--at", at),
        breakup=breakup,
        seed=seed,
        n_clouds=clouds,
        assets=chosen(picture, asset or [], "--asset"),
        asset_area_m2=asset_area_m2,
        space_weather=given_space_weather(space_weather),
    )
    with threads(None) as run:
        result = simulate_breakup(
            asked, np.random.default_rng(seed), run=with_progress(run, setting, "clouds under suns")
        )
    if output is not None:
        write_bytes(output, labelled_text_of(result.element_sets, "omm-csv"))
    if plot is not None:
        write_bytes(plot, draw_breakup(result, PLOT_FORMS[plot[-4:]]))
    if setting.as_json:
        print_json(breakup_document(result))
    elif output != "-":
        show_breakup(result)
    return Exit.DONE


def _breakup(
    kind: BreakupKind,
    body: BodyKind,
    mass_kg: float,
    scale: float,
    projectile_kg: float | None,
    speed_km_s: float | None,
) -> Breakup:
    struck = kind is BreakupKind.COLLISION
    given = {
        "--mass-kg": mass_kg,
        "--scale": scale,
        "--projectile-kg": projectile_kg,
        "--speed-km-s": speed_km_s,
    }
    for option, value in given.items():
        if value is not None and not 0.0 < value < math.inf:
            raise WrongUsage(f"{option} is a number above 0; it was {value:g}")
    if struck and (projectile_kg is None or speed_km_s is None):
        raise WrongUsage("a collision needs what strikes; give --projectile-kg and --speed-km-s")
    if not struck and (projectile_kg is not None or speed_km_s is not None):
        raise WrongUsage("nothing strikes in an explosion; give --kind collision, or leave out what strikes")
    breakup = Breakup(kind, body, mass_kg, scale, projectile_kg or 0.0, (speed_km_s or 0.0) * 1000.0)
    if breakup.is_catastrophic is False and mass_kg < breakup.projectile_mass_kg:
        raise WrongUsage(
            "below 40 J/g the lighter body has no pieces of its own in this model; give the heavier one"
        )
    return breakup


def _check(
    setting: Setting, area_m2: float, clouds: int, seed: int, output: str | None, plot: str | None
) -> None:
    checked_area(area_m2)
    if not 1 <= clouds <= MOST_CLOUDS:
        raise WrongUsage(f"--clouds is a number from 1 to {MOST_CLOUDS}; it was {clouds}")
    if seed < 0:
        raise WrongUsage(f"--seed is 0 or more; it was {seed}")
    if setting.as_json and output == "-":
        raise WrongUsage("--json leaves no room for element sets on -o -; give -o FILE")
    if plot is not None and plot[-4:] not in PLOT_FORMS:
        raise WrongUsage(f"--plot {plot}: name a file that ends in {', '.join(PLOT_FORMS)}")
    for path in (output, plot):
        if path is not None:
            refuse_unwritable(path)


def show_breakup(result: SimulatedBreakup) -> None:
    """Print a simulated breakup: how many pieces, for how long, for whom a risk, and what was assumed."""
    console = table_console()
    name = f"{result.parent.norad_cat_id or '-'} {result.parent.name or result.parent.object_id}"
    how = {None: "", True: ", catastrophic", False: ", not catastrophic"}[result.is_catastrophic]
    console.print("SIMULATED: nothing broke", style="bold", highlight=False)
    console.print(f"May be seen by: {result.marking.text}", style="dim", highlight=False, markup=False)
    console.print(
        f"{result.kind.capitalize()}{how} of {name} ({result.body}) at {utc_text(result.epoch_tai_ns, 0)};"
        f" seed {result.seed}, drawn {result.n_clouds} times, each under {result.n_suns} suns",
        highlight=False,
        markup=False,
    )
    console.print(_pieces_table(result))
    console.print(_shell_table(result))
    if result.risks:
        console.print(_risk_table(result))
        for line in _passage_lines(result):
            console.print(line, highlight=False, markup=False)
    for view in result.views[1:]:
        console.print(f"  {_spread_line(view.after_s, view.spread_along_orbit, view.spread_in_node)}")
    for assumption in result.assumptions:
        console.print(f"  {assumption}", style="dim", highlight=False, markup=False)


def _pieces_table(result: SimulatedBreakup) -> Table:
    table = _table("Pieces left: middle (least – most)", ["larger than", "made"], result.after_s)
    for one in result.pieces:
        cells = [f"{one.made.median:,.0f}", *(_range_text(r, ",.0f") for r in one.left)]
        table.add_row(f"{one.least_length_m * 100:.0f} cm", *cells)
    return table


def _shell_table(result: SimulatedBreakup) -> Table:
    """Return the shells by the pieces that can end a satellite; those of 10 cm and more stand in the JSON."""
    area_m2, least_m = result.shells[0].area_m2, result.shells[0].least_length_m
    title = (
        f"Expected collisions a year of {area_m2:g} m2 with pieces > {least_m * 100:.0f} cm:"
        " middle (least – most)"
    )
    table = _table(title, ["height"], result.after_s)
    for one in (shell for shell in result.shells if shell.least_length_m == least_m):
        cells = [_range_text(r, ".0e") for r in one.collisions_a_year]
        table.add_row(f"{one.low_m / 1e3:.0f}-{one.high_m / 1e3:.0f} km", *cells)
    return table


def _risk_table(result: SimulatedBreakup) -> Table:
    title = "Expected collisions a year of each asset, as the cloud is then: middle (least – most)"
    table = _table(title, ["asset", "larger than"], result.after_s)
    for one in result.risks:
        name = one.identity.name or str(one.identity.norad_cat_id or one.identity.object_id)
        cells = [_range_text(r, ".0e") for r in one.collisions_a_year]
        table.add_row(name, f"{one.least_length_m * 100:.0f} cm", *cells)
    return table


def _table(title: str, heads: list[str], after_s: tuple[float, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in (*heads, *(f"after {after_text(one)}" for one in after_s)):
        table.add_column(head, justify="left" if head in heads[:1] else "right", no_wrap=True)
    return table


def _range_text(one: Range, form: str) -> str:
    median, low, high = (f"{value:{form}}" if value else "0" for value in (one.median, one.low, one.high))
    return f"{median} ({low} – {high})"


def _passage_lines(result: SimulatedBreakup) -> list[str]:
    lines = []
    for one in result.risks[::2]:
        name = one.identity.name or one.identity.object_id
        if not one.passages:
            lines.append(f"  {name} does not pass within 200 km of the place of the breakup in the first day")
            continue
        told = ", ".join(f"{utc_text(at, 0)} ({m / 1e3:.0f} km)" for at, m in one.passages[:3])
        lines.append(f"  {name} passes the place of the breakup: {told}")
    return lines


def _spread_line(after_s: float, along: float, node: float) -> str:
    if math.isnan(along):
        return f"after {after_text(after_s)}: nothing larger than 10 cm is up"
    shape = "still a cluster" if along >= 0.2 else "a ring" if node >= 0.2 else "a shell"
    return f"after {after_text(after_s)}: {shape} (alike along the orbit {along:.2f}, in node {node:.2f})"


def breakup_document(result: SimulatedBreakup) -> dict[str, object]:
    """Return a simulated breakup as JSON."""
    return {
        "realm": result.realm.value,
        "marking": result.marking.text,
        "norad_cat_id": result.parent.norad_cat_id,
        "object_id": result.parent.object_id,
        "name": result.parent.name,
        "epoch_utc": utc_text(result.epoch_tai_ns),
        "kind": result.kind,
        "body": result.body,
        "is_catastrophic": result.is_catastrophic,
        "settings": dict(result.lineage.settings),
        "after_s": list(result.after_s),
        "pieces": [
            {
                "least_length_m": one.least_length_m,
                "made": range_document(one.made),
                "left": [range_document(r) for r in one.left],
            }
            for one in result.pieces
        ],
        "risks": [
            {
                "norad_cat_id": one.identity.norad_cat_id,
                "object_id": one.identity.object_id,
                "area_m2": one.area_m2,
                "least_length_m": one.least_length_m,
                "collisions_a_year": [range_document(r) for r in one.collisions_a_year],
                "passages": [
                    {"utc": utc_text(at), "distance_m": round(distance_m, 1)}
                    for at, distance_m in one.passages
                ],
            }
            for one in result.risks
        ],
        "shells": [
            {
                "low_m": one.low_m,
                "high_m": one.high_m,
                "area_m2": one.area_m2,
                "least_length_m": one.least_length_m,
                "collisions_a_year": [range_document(r) for r in one.collisions_a_year],
            }
            for one in result.shells
        ],
        "spread": [
            {
                "after_s": view.after_s,
                "along_orbit": None if math.isnan(view.spread_along_orbit) else view.spread_along_orbit,
                "in_node": None if math.isnan(view.spread_in_node) else view.spread_in_node,
            }
            for view in result.views
        ],
        "assumptions": list(result.assumptions),
    }
