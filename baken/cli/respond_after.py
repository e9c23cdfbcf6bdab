"""``baken respond``, what is read meanwhile and afterwards: reports, clocks, lessons."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, instant, log_console, table_console
from baken.errors import WrongUsage
from baken.formats.icalendar import write_icalendar
from baken.operations.brief_decision import may_say
from baken.operations.look_back import after_action as looked_back
from baken.operations.look_back import clocks_in_calendar, draft_situation
from baken.operations.report_situation import close_lesson, issue_situation, note_lesson, put_off_situation
from baken.operations.response_state import look_at_response, open_responses
from baken.records.marking import OWNER_ONLY, Realm
from baken.report.after_action_page import after_action_data
from baken.report.words import Speech
from baken.respond.ran_clocks import ran_clocks
from baken.wiring.after_action_documents import clocks_document, lessons_document, situations_document
from baken.wiring.code_version import code_version
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.mechanisms import directory
from baken.wiring.pages import pdf_of_after_action

Id = Annotated[str, typer.Argument(metavar="INCIDENT")]
PlanName = Annotated[str, typer.Option("--plan", metavar="PLAN", help="Which plan, where there are more.")]


def after_action(
    context: typer.Context,
    incident: Id,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="PATH.pdf", help="Write the page there.")
    ] = None,
    by: By = None,
) -> int:
    """Look back: what was due, what happened, when and how late, and what was learnt; all from the log."""
    setting: Setting = context.obj
    if output:
        refuse_unwritable(output)
    with working(context, by) as place:
        found = look_at_response(place.desk, asked_incident(incident))
        told = looked_back(
            place.desk.log,
            found.incident_id,
            as_of_tai_ns=place.desk.at_tai_ns,
            code_version=code_version(),
        )
    data = after_action_data(told, Speech(setting.language), may_say)
    if output:
        write_bytes(output, pdf_of_after_action(told, setting.language, may_say))
        log_console(setting).print(Text(output))
    if setting.as_json:
        print_json(data)
    else:
        show_after_action(table_console(), data)
    return Exit.DONE


def clocks(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="[INCIDENT]")] = "",
    ics: Annotated[
        str | None, typer.Option("--ics", metavar="FILE.ics", help="Write a calendar there.")
    ] = None,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Tell every clock that runs, of one response or of all; in a calendar, what runs no more goes away."""
    setting: Setting = context.obj
    if ics:
        refuse_unwritable(ics)
    say = Speech(setting.language)
    with working(context, by) as place:
        ids = [asked_incident(incident)] if incident else open_responses(place.desk.log, realm)
        found = [look_at_response(place.desk, one) for one in ids]
        entries = [entry for one in ids for entry in clocks_in_calendar(place.desk.log, one, say)]
    if ics:
        world = found[0].realm if found else realm
        made = place.desk.at_tai_ns
        write_bytes(ics, write_icalendar(entries, made_tai_ns=made, realm=world, marking=OWNER_ONLY))
        log_console(setting).print(Text(ics))
    document = clocks_document([clock for one in found for clock in ran_clocks(one)], entries)
    if setting.as_json:
        print_json(document)
    else:
        _show_clocks(document["clocks"], say)
    return Exit.DONE


def _show_clocks(rows: object, say: Speech) -> None:
    running = [row for row in rows if row["running"]] if isinstance(rows, list) else []
    for row in running:
        table_console().print(Text(f"{row['due_utc']}  {row['text']}"))
    if not running:
        table_console().print(Text(say("clocks.none")))


def lesson(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to do better.")],
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who takes it up.")] = "",
    due: Annotated[str, typer.Option("--due", metavar="YYYY-MM-DD", help="By when.")] = "",
    by: By = None,
) -> int:
    """Note something to do better, with who takes it up and by when."""
    with working(context, by) as place:
        found = note_lesson(place.desk, asked_incident(incident), text, owner=owner, due_on=due)
    return _told(context, lessons_document(found))


def lesson_close(
    context: typer.Context,
    incident: Id,
    lesson_id: Annotated[str, typer.Argument(metavar="L-n")],
    because: Annotated[str, typer.Option("--because", help="What was done with it.")] = "",
    by: By = None,
) -> int:
    """Say what was done with a lesson."""
    with working(context, by) as place:
        found = close_lesson(place.desk, asked_incident(incident), lesson_id.upper(), because)
    return _told(context, lessons_document(found))


def situation(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="How things stand, in your words.")] = "",
    delay_until: Annotated[
        str, typer.Option("--delay-until", metavar="UTC", help="Put it off until then.")
    ] = "",
    because: Annotated[str, typer.Option("--because", help="Why it is put off.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Show a text to begin from; issue nothing.")] = False,
    plan: PlanName = "",
    by: By = None,
) -> int:
    """Make the situation report that is due, put it off, or read a draft of what changed."""
    setting: Setting = context.obj
    if sum(map(bool, (text, delay_until, draft))) != 1:
        raise WrongUsage("give the text of the report, or --delay-until, or --draft")
    people = directory(setting.home)
    with working(context, by) as place:
        desk, case = place.desk, asked_incident(incident)
        if draft:
            look_at_response(desk, case)
            say = Speech(setting.language)
            told = draft_situation(desk.log, case, at_tai_ns=desk.at_tai_ns, plan_id=plan, say=say)
            return _told(context, {"draft": told})
        if delay_until:
            until_tai_ns = instant("--delay-until", delay_until)
            found = put_off_situation(desk, case, until_tai_ns, because, plan_id=plan)
        else:
            found = issue_situation(desk, case, text, people, plan_id=plan)
    return _told(context, situations_document(found))


def show_after_action(console: Console, data: dict[str, object]) -> None:
    """Print a report: its head, its sentences, its lessons and its chronicle."""
    console.print(Text(str(data["title"]), style="bold"))
    console.print(Text(f"{data['realm']} · {data['marking']}"))
    console.print(Text(str(data["subtitle"])))
    for label, value in _list(data["facts"]):
        console.print(Text.assemble((f"{label}: ", "dim"), value))
    for section in _list(data["sections"]):
        console.print(Text(f"\n{section['title']}", style="bold"))
        for sentence in section["sentences"]:
            console.print(Text(f"· {sentence}"))
    for name in ("lessons", "chronicle"):
        part = data[name]
        assert isinstance(part, dict)
        console.print(Text(f"\n{part['title']}", style="bold"))
        if not part["rows"]:
            console.print(Text(part.get("empty", ""), style="dim"))
            continue
        table = Table(*map(escape, part["columns"]), box=None, pad_edge=False)
        for row in part["rows"]:
            table.add_row(*map(Text, row))
        console.print(table)
    console.print(Text(f"\n{data['foot']}", style="dim"))


def _list(value: object) -> list:  # type: ignore[type-arg]
    return value if isinstance(value, list) else []


def _told(context: typer.Context, document: dict[str, object]) -> int:
    setting: Setting = context.obj
    if setting.as_json:
        print_json(document)
        return Exit.DONE
    for value in document.values():
        for row in value if isinstance(value, list) else [value]:
            said = (
                "  ".join(str(each) for each in row.values() if each) if isinstance(row, dict) else str(row)
            )
            table_console().print(Text(said))
    return Exit.DONE
