"""``baken respond``, the toolbox: list measures, read one, weigh it, compare, propose, record a decision."""

from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import By, told, weighing
from baken.cli.label_options import Demands, For, OfFields, asked_label
from baken.cli.measures_view import (
    show_catalogue,
    show_compared,
    show_listed,
    show_measure,
    show_worksheet,
)
from baken.cli.setting import Setting, table_console
from baken.operations import weigh_measures
from baken.operations.work_incident import look_at
from baken.records.measure import CaseSupport, Catalogue, Category, Listed, Need, Outcome, Weighing
from baken.report.words import Speech
from baken.respond.measures.support import in_order, listed
from baken.wiring.measure_documents import listed_document, measure_document, worksheet_document
from baken.wiring.measures import catalogue

Of = Annotated[str, typer.Argument(metavar="INCIDENT")]
Which = Annotated[str, typer.Argument(metavar="MEASURE", help="'baken respond measures' lists them.")]
Because = Annotated[str, typer.Option(help="Why.")]


def measures(
    context: typer.Context,
    incident: Annotated[
        str | None, typer.Argument(metavar="INCIDENT", help="Else the whole catalogue.")
    ] = None,
    category: Annotated[Category | None, typer.Option(help="One family of measures only.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those for other kinds of incident too.")] = False,
    by: By = None,
) -> int:
    """List measures: all there are, or what a case supports and what is missing for the rest.

    The order is by family and name, and ranks nothing.
    """
    setting: Setting = context.obj
    some = _of_family(catalogue(setting.home), category)
    if incident is None:
        return _show_all(setting, some)
    with weighing(context, incident, by) as (desk, case_id):
        look_at(desk, case_id)
        case = weigh_measures.case_support(desk.log, case_id)
    return _show_case(setting, case, listed(some, case), everything=everything)


def _of_family(found: Catalogue, category: Category | None) -> Catalogue:
    return Catalogue(measures=tuple(one for one in found.measures if category in (None, one.category)))


def _show_all(setting: Setting, found: Catalogue) -> int:
    some = in_order(found.measures)
    if setting.as_json:
        print_json({"measures": [measure_document(one) for one in some]})
    else:
        show_catalogue(table_console(), some, Speech(setting.language))
    return Exit.DONE


def _show_case(setting: Setting, case: CaseSupport, found: tuple[Listed, ...], *, everything: bool) -> int:
    fitting = [one for one in found if everything or all(each.need is not Need.KIND for each in one.missing)]
    if setting.as_json:
        print_json(listed_document(case, fitting))
    else:
        n_left_out = len(found) - len(fitting)
        show_listed(table_console(), case, fitting, n_left_out, Speech(setting.language))
    return Exit.DONE


def measure(context: typer.Context, name: Which) -> int:
    """Show one measure in full: who decides, on which basis, what it asks, and where that is written."""
    setting: Setting = context.obj
    found = catalogue(setting.home).measure(name)
    if setting.as_json:
        print_json(measure_document(found))
    else:
        show_measure(table_console(), found, Speech(setting.language))
    return Exit.DONE


def compare(
    context: typer.Context,
    incident: Of,
    names: Annotated[list[str], typer.Argument(metavar="MEASURE...", help="Two or more read best.")],
    by: By = None,
) -> int:
    """Put measures side by side, in the order in which they were named, with what people said of each."""
    setting: Setting = context.obj
    found = catalogue(setting.home)
    with weighing(context, incident, by) as (desk, case_id):
        look_at(desk, case_id)
        case = weigh_measures.case_support(desk.log, case_id)
        by_name = {one.measure.measure_id: one for one in listed(found, case)}
        some = [
            (by_name[found.measure(name).measure_id], weigh_measures.worksheet(desk.log, case_id, name))
            for name in dict.fromkeys(names)
        ]
    if setting.as_json:
        document = listed_document(case, [one for one, _ in some])
        print_json({**document, "worksheets": [worksheet_document(sheet) for _, sheet in some]})
    else:
        show_compared(table_console(), case, some, Speech(setting.language))
    return Exit.DONE


def worksheet(
    context: typer.Context,
    incident: Of,
    name: Which,
    effect: Annotated[str | None, typer.Option(help="What it would bring about.")] = None,
    confidence: Annotated[str | None, typer.Option(help="How sure one is of that, and why.")] = None,
    risk: Annotated[str | None, typer.Option(help="How it could make things worse.")] = None,
    alternatives: Annotated[str | None, typer.Option(help="What else would serve.")] = None,
    scope: Annotated[str | None, typer.Option(help="Whom and what it touches.")] = None,
    scale: Annotated[str | None, typer.Option(help="How much of it.")] = None,
    duration: Annotated[str | None, typer.Option(help="How long, and when it is looked at again.")] = None,
    intensity: Annotated[str | None, typer.Option(help="How hard it is felt.")] = None,
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Weigh a measure in one's own words, or read what was said; software fills nothing in."""
    given = (effect, confidence, risk, alternatives, scope, scale, duration, intensity)
    said = {asked: text for asked, text in zip(Weighing, given, strict=True) if text is not None}
    setting: Setting = context.obj
    found = catalogue(setting.home)
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case_id):
        if said:
            return told(context, weigh_measures.weigh(desk, case_id, found, name, said))
        look_at(desk, case_id)
        sheet = weigh_measures.worksheet(desk.log, case_id, found.measure(name).measure_id)
    if setting.as_json:
        print_json(worksheet_document(sheet))
    else:
        show_worksheet(table_console(), found.measure(name), str(case_id), sheet, Speech(setting.language))
    return Exit.DONE


def propose(
    context: typer.Context,
    incident: Of,
    name: Which,
    because: Because,
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Propose a measure to those who may decide it."""
    setting: Setting = context.obj
    found = catalogue(setting.home)
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case_id):
        return told(context, weigh_measures.propose(desk, case_id, found, name, because))


def outcome(
    context: typer.Context,
    incident: Of,
    name: Which,
    how: Annotated[Outcome, typer.Argument(metavar="adopted|declined|deferred")],
    decider: Annotated[str, typer.Option(help="Who decided: a person, or a body.")],
    because: Because,
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Record how those who may decide of a proposed measure decided."""
    setting: Setting = context.obj
    found = catalogue(setting.home)
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case_id):
        kept = weigh_measures.decide(desk, case_id, found, name, how, decider=decider, because=because)
        return told(context, kept)
