"""``baken people``: who has an account here, and every act upon them.

Whoever runs these holds the files of the home: the rules of who may do what are kept for honest people, and
every act is in the log under the name that was given.  Nobody proves at a terminal that the name is his.
"""

from typing import Annotated

import typer

from baken.cli import people_rights
from baken.cli.doors import print_json
from baken.cli.evidence_options import As
from baken.cli.evidence_view import entry_table
from baken.cli.exits import Exit
from baken.cli.people_view import account_table, enrolment_document, people_table, show_enrolment
from baken.cli.setting import Setting, refuse_other_role, table_console, who_reads
from baken.errors import WrongUsage
from baken.operations.desk import Desk
from baken.operations.manage_people import Enrolment, Newcomer, begin_people, people_now
from baken.operations.manage_people import add as add_account
from baken.operations.manage_people import reset as reset_account
from baken.operations.ports import DEFAULT_NODE
from baken.people.acts import HOME
from baken.people.passwords import OWASP
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.records.reader import Keeper, Role
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.entry_documents import entry_document
from baken.wiring.luck import luck
from baken.wiring.people import actor, new_password
from baken.wiring.people_documents import account_document
from baken.wiring.stores import PeopleOfHome, open_people

app = typer.Typer(
    help="People: init, add, list, show, admit, suspend, rights, tokens, log.", no_args_is_help=True
)
# As over HTTP (``web/roles``).
MAY_READ_OF_PEOPLE = (Role.ADMINISTRATOR, Role.SECURITY_OFFICER, Role.AUDITOR)
PasswordFile = Annotated[
    str | None, typer.Option("--password-file", metavar="FILE", help="Its first line; else you type it.")
]
Who = Annotated[str, typer.Argument(metavar="NAME", help="An account.")]
app.command("admit")(people_rights.admit)
app.command("suspend")(people_rights.suspend)
app.command("role")(people_rights.role)
app.command("clear")(people_rights.clear)
app.command("need")(people_rights.need)
app.command("case")(people_rights.case)
app.command("group")(people_rights.group)
app.command("member")(people_rights.member)
app.command("bind")(people_rights.bind)
app.command("token")(people_rights.token)
app.command("revoke")(people_rights.revoke)


@app.command("init")
def init(
    context: typer.Context,
    administrator: Annotated[str, typer.Option(metavar="NAME=PERSON", help="Like anna=Anna de Vries.")],
    officer: Annotated[str, typer.Option("--security-officer", metavar="NAME=PERSON", help="Somebody else.")],
    acts_for: Annotated[
        str | None, typer.Option(metavar="NL", help="For whom they act; else the name of this node.")
    ] = None,
    administrator_file: Annotated[str | None, typer.Option("--administrator-password-file")] = None,
    officer_file: Annotated[str | None, typer.Option("--security-officer-password-file")] = None,
) -> int:
    """Make the first administrator and the first security officer of this home: two people, in one act."""
    setting: Setting = context.obj
    with open_people(setting.home, Keeper(name=HOME)) as here:
        if acts_for is None and here.node == DEFAULT_NODE:
            # Who acts for a node that is named later could see nothing of what is its own.
            raise WrongUsage("this node has no name to act for yet; give it one first, like 'baken node NL'")
        two = [
            _newcomer(told, file)
            for told, file in ((administrator, administrator_file), (officer, officer_file))
        ]
        enrolled = begin_people(
            _desk(here, HOME), here.people, *two, acts_for=acts_for or here.node, cost=OWASP
        )
    return _enrolled(setting, *enrolled, waits=False)


@app.command("add")
def add(
    context: typer.Context,
    name: Who,
    person: Annotated[str, typer.Option(help="The name of the person.")],
    password_file: PasswordFile = None,
    as_: As = None,
) -> int:
    """Make an account.  It waits until a security officer admits the person."""
    setting: Setting = context.obj
    who = actor(as_)
    with open_people(setting.home, Keeper(name=who)) as here:
        newcomer = _newcomer(f"{name}={person}", password_file)
        enrolled = add_account(_desk(here, who), here.people, newcomer, node=here.node, cost=OWASP)
    return _enrolled(setting, enrolled, waits=True)


@app.command("reset")
def reset(context: typer.Context, name: Who, password_file: PasswordFile = None, as_: As = None) -> int:
    """Give somebody a new password and telephone secret; whoever is reset by another waits to be admitted."""
    setting: Setting = context.obj
    who = actor(as_)
    with open_people(setting.home, Keeper(name=who)) as here:
        chosen = new_password(name, password_file)
        enrolled = reset_account(_desk(here, who), here.people, name, chosen, node=here.node, cost=OWASP)
    return _enrolled(setting, enrolled, waits=who != name)


@app.command("list")
def list_people(context: typer.Context, as_: As = None) -> int:
    """List who has an account here.  For who keeps the keys, and an auditor."""
    setting: Setting = context.obj
    refuse_other_role(who_reads(setting, as_), *MAY_READ_OF_PEOPLE)
    with open_people(setting.home, Keeper(name=HOME)) as here:
        roster = people_now(here.log)
    accounts = [roster.accounts[name] for name in sorted(roster.accounts)]
    if setting.as_json:
        print_json({"accounts": [account_document(account) for account in accounts]})
    else:
        table_console().print(people_table(accounts))
    return Exit.DONE


@app.command("show")
def show(context: typer.Context, name: Who, as_: As = None) -> int:
    """Show all that was given to somebody.  For who keeps the keys, and an auditor."""
    setting: Setting = context.obj
    refuse_other_role(who_reads(setting, as_), *MAY_READ_OF_PEOPLE)
    with open_people(setting.home, Keeper(name=HOME)) as here:
        account = people_now(here.log).account(name)
    if setting.as_json:
        print_json(account_document(account))
    else:
        table_console().print(account_table(account))
    return Exit.DONE


@app.command("log")
def show_log(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=1, max=100_000, help="So many of the newest.")] = 50,
    as_: As = None,
) -> int:
    """Show what was done to people, who came in or was refused.  For an auditor; nobody can edit it."""
    setting: Setting = context.obj
    refuse_other_role(who_reads(setting, as_), Role.AUDITOR)
    with open_people(setting.home, Keeper(name=HOME)) as here:
        kept = here.log.entries(Realm.REAL, kinds={EntryKind.PEOPLE}, last=last)
    if setting.as_json:
        print_json({"entries": [entry_document(each) for each in kept]})
    else:
        table_console().print(entry_table(kept, "What was done to people", {}))
    return Exit.DONE


def _newcomer(told: str, password_file: str | None) -> Newcomer:
    name, _, person = told.partition("=")
    if not person.strip():
        raise WrongUsage(f"{told!r} names an account and its person, like 'anna=Anna de Vries'")
    return Newcomer(name=name, person=person.strip(), password=new_password(name, password_file))


def _desk(here: PeopleOfHome, who: str) -> Desk:
    return Desk(log=here.log, actor=who, at_tai_ns=now_tai_ns(), luck=luck)


def _enrolled(setting: Setting, *enrolled: Enrolment, waits: bool) -> int:
    if setting.as_json:
        print_json({"enrolled": [enrolment_document(each) for each in enrolled]})
        return Exit.DONE
    for each in enrolled:
        show_enrolment(each, Speech(setting.language), waits=waits)
    return Exit.DONE
