"""``baken respond roster``, ``lint`` and ``mechanism``: whom to call, and whether the plans can work."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, working
from baken.cli.respond_view import gap_lines, roster_table, show_findings
from baken.cli.setting import Setting, instant, log_console, table_console, who_reads
from baken.errors import WrongUsage
from baken.operations.try_contact import (
    answer_call,
    answered_by_hand,
    call_contact,
    contact_to_try,
    last_answers,
    trial,
)
from baken.records.response import Directory, Mechanism
from baken.report.words import Speech
from baken.respond.clocks import SECOND_NS
from baken.respond.directory_file import read_directory
from baken.respond.lint import lint
from baken.respond.mechanism_file import read_mechanism
from baken.respond.roster import DAY_S, gaps
from baken.wiring import mechanisms
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of, write_bytes
from baken.wiring.mail import mail_of
from baken.wiring.response_documents import finding_documents, plan_line_document, roster_document
from baken.wiring.stores import open_evidence

Name = Annotated[str, typer.Option("--mechanism", metavar="NAME", help="nl, eu, or your own.")]
mechanism_app = typer.Typer(
    help="Mechanisms: who has which part. Files that people edit.", no_args_is_help=True
)


def roster(
    context: typer.Context,
    mechanism: Name = "nl",
    at: Annotated[str, typer.Option(metavar="UTC", help="As it is then; else now.")] = "",
    days: Annotated[float, typer.Option(min=0.0, max=366.0, help="Look for gaps so far ahead.")] = 7.0,
) -> int:
    """Show who holds each role, how he is reached, how fresh that is, and where nobody is on duty."""
    setting: Setting = context.obj
    say = Speech(setting.language)
    plan, people = mechanisms.mechanism(setting.home, mechanism), mechanisms.directory(setting.home)
    at_tai_ns = instant("--at", at) if at else now_tai_ns()
    to_tai_ns = at_tai_ns + round(days * DAY_S * SECOND_NS)
    found = list(gaps(people, [role.role_id for role in plan.roles], at_tai_ns, to_tai_ns))
    with open_evidence(setting.home, who_reads(setting)) as (_, log):
        tried = last_answers(log)
    if setting.as_json:
        roster = roster_document(plan, people, tried, at_tai_ns)
        print_json({"roster": roster, "gaps": gap_lines(found, say)})
        return Exit.DONE
    table_console().print(roster_table(plan, people, tried, at_tai_ns, say))
    for line in gap_lines(found, say):
        table_console().print(Text(line, style="yellow"))
    if not people.contacts:
        file = setting.home / mechanisms.DIRECTORY
        log_console(setting).print(
            Text(f"nobody stands in {file}; 'baken respond mechanism directory -o {file}'")
        )
    return Exit.DONE


def try_call(
    context: typer.Context,
    role: Annotated[str, typer.Argument(metavar="[ROLE]")] = "",
    way: Annotated[str, typer.Option(help="smtp, webhook, folder, telephone; else the first.")] = "",
    send: Annotated[bool, typer.Option("--send", help="Send it; else it is only shown.")] = False,
    answered: Annotated[str, typer.Option(metavar="CODE", help="Somebody answered with this code.")] = "",
    by_hand: Annotated[bool, typer.Option("--by-hand", help="You called, and were answered.")] = False,
    who: Annotated[str, typer.Option(help="Who answered.")] = "",
    mechanism: Name = "nl",
    by: By = None,
) -> int:
    """Make sure that a contact still answers: a letter that asks for nothing but its code."""
    setting: Setting = context.obj
    plan = mechanisms.mechanism(setting.home, mechanism)
    with working(context, by) as place:
        if answered:
            return _told(setting, answer_call(place.desk, answered, who), "answered")
        mail = mail_of(setting.home, place.store.node_name())
        contact = contact_to_try(mail, plan, role, way)
        if by_hand:
            answered_by_hand(place.desk, contact, who)
            return _told(setting, role, "answered")
        if send:
            return _told(setting, role, call_contact(place.desk, mail, plan, contact))
        draft, _ = trial(place.desk, plan)
    if setting.as_json:
        print_json({"role": role, "way": contact.way.value, "address": contact.address, "sent": False})
    else:
        table_console().print(Text(f"{contact.way} {contact.address}: {draft.subject}; send it with --send"))
    return Exit.DONE


def _told(setting: Setting, role: str, said: str) -> int:
    if setting.as_json:
        print_json({"role": role, "said": said})
    else:
        table_console().print(Text(f"{role}: {said}"))
    return Exit.DONE


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE.toml]", help="A mechanism; else --mechanism.")] = "",
    mechanism: Name = "nl",
    directory: Annotated[
        str, typer.Option(metavar="FILE", help="A directory; else the one of this home.")
    ] = "",
) -> int:
    """Check whether a mechanism can work: roles nobody holds, clocks nobody can meet, loops, dead ends."""
    setting: Setting = context.obj
    read = _read(file) if file else mechanisms.mechanism(setting.home, mechanism)
    people = _read_directory(directory) if directory else mechanisms.directory(setting.home)
    findings = lint(read, people, now_tai_ns())
    if setting.as_json:
        print_json({"mechanism": read.mechanism_id, "findings": finding_documents(findings)})
    else:
        show_findings(table_console(), findings, Speech(setting.language))
    return Exit.DOES_NOT_HOLD if any(finding.is_problem for finding in findings) else Exit.DONE


@mechanism_app.command("list")
def list_mechanisms(context: typer.Context) -> int:
    """List the mechanisms there are, with their plans."""
    setting: Setting = context.obj
    say = Speech(setting.language)
    found = {
        name: mechanisms.mechanism(setting.home, name) for name in mechanisms.mechanism_texts(setting.home)
    }
    if setting.as_json:
        plans = {name: [plan_line_document(plan) for plan in one.plans] for name, one in found.items()}
        print_json({"mechanisms": plans})
        return Exit.DONE
    for name, one in found.items():
        where = mechanisms.place_of_mechanism(setting.home, name)
        table_console().print(Text(f"{name}  {one.name.read_in(say.language)}  ({where})", style="bold"))
        for plan in one.plans:
            kinds = ", ".join(say(f"incident.kind.{kind}") for kind in sorted(plan.kinds))
            severity = say(f"incident.severity.{plan.from_severity}")
            table_console().print(Text(f"  {plan.plan_id}: {kinds} (≥ {severity})"))
    return Exit.DONE


@mechanism_app.command("export")
def export(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Else its place in this home.")
    ] = "",
) -> int:
    """Write a mechanism as a file to edit; in this home it stands in place of the one that ships."""
    setting: Setting = context.obj
    text = mechanisms.mechanism_text(setting.home, name)
    file = output or str(setting.home / mechanisms.FOLDER / f"{name}.toml")
    return _written(setting, file, text)


@mechanism_app.command("directory")
def example(
    context: typer.Context,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Else its place in this home.")
    ] = "",
) -> int:
    """Write a directory to fill in: the example that fits the Dutch mechanism."""
    setting: Setting = context.obj
    return _written(
        setting, output or str(setting.home / mechanisms.DIRECTORY), mechanisms.example_directory()
    )


def _written(setting: Setting, file: str, text: str) -> int:
    if Path(file).exists():
        raise WrongUsage(
            f"{file}: is there already, and may hold somebody's work; choose another place with -o"
        )
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    write_bytes(file, text.encode())
    if setting.as_json:
        print_json({"file": file})
    else:
        table_console().print(Text(file))
    return Exit.DONE


def _read(file: str) -> Mechanism:
    with said_of(file):
        return read_mechanism(read_bytes(file).decode(errors="replace"))


def _read_directory(file: str) -> Directory:
    with said_of(file):
        return read_directory(read_bytes(file).decode(errors="replace"))
