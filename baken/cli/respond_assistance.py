"""``baken respond assistance``: questions of mutual assistance, answered by people in an exercise."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import By, working
from baken.cli.label_options import Demands, For, OfFields, asked_label
from baken.cli.setting import Setting, table_console
from baken.errors import WrongUsage
from baken.operations.answer_checklist import answer, answers
from baken.operations.work_incident import look_at
from baken.records.checklist import Checklist, GivenAnswer
from baken.report.words import Speech
from baken.wiring.checklists import checklist_document, mutual_assistance


def assistance(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    said: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="QUESTION=TEXT", help="Your answer."),
    ] = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    by: By = None,
) -> int:
    """Go through the questions of Article 42(7) TEU in an exercise; software concludes nothing."""
    setting: Setting = context.obj
    case, checklist = asked_incident(incident), mutual_assistance(setting.home)
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        look_at(place.desk, case)
        if said:
            given = answer(place.desk, case, checklist, [_answer(each) for each in said])
        else:
            given = answers(place.desk.log, case, checklist)
    if setting.as_json:
        print_json(checklist_document(checklist, given))
    else:
        say = Speech(setting.language)
        table_console().print(Text(checklist.about.read_in(setting.language), style="dim"))
        table_console().print(_table(checklist, given, say))
    return Exit.DONE


def _answer(text: str) -> tuple[str, str]:
    name, equals, said = text.partition("=")
    if not equals:
        raise WrongUsage("say which question and what, like --answer 'aid-asked=two nights of observation'")
    return name.strip(), said


def _table(checklist: Checklist, given: Sequence[GivenAnswer], say: Speech) -> Table:
    title = checklist.name.read_in(say.language)
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for name, ratio in (("question", 4), ("answer", 5), ("source", 3)):
        table.add_column(say(f"checklist.{name}"), ratio=ratio, overflow="fold")
    last = {each.question_id: each for each in given}
    titles = {source.source_id: source.title for source in checklist.sources}
    for question in checklist.questions:
        found = last.get(question.question_id)
        told = (
            f"{found.text}\n{found.by}, {utc_text(found.at_tai_ns, 0)} ({found.entry_id})" if found else "–"
        )
        table.add_row(
            Text.assemble(question.text.read_in(say.language), "\n", (question.question_id, "dim")),
            Text(told),
            Text("; ".join(titles[name] for name in question.source_ids)),
        )
    return table
