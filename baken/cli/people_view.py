"""People on the terminal: who there is, and what somebody is shown once when he gets a way to come in."""

import io

import segno
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli.setting import table_console
from baken.operations.manage_people import Enrolment
from baken.records.account import Account
from baken.report.words import Speech


def people_table(accounts: list[Account]) -> Table:
    """Return accounts as a table."""
    table = _table("People", "account", "person", "state", "roles", "groups", "acts for", "cleared for")
    for one in accounts:
        cells = (
            one.name,
            one.person,
            one.state.value,
            ", ".join(sorted(one.all_roles)),
            ", ".join(sorted(group.name for group in one.groups)),
            one.acts_for,
            ", ".join(sorted(one.clearances)),
        )
        table.add_row(*(Text(cell or "-") for cell in cells))
    return table


def account_table(account: Account) -> Table:
    """Return all that was given to one account, piece by piece."""
    table = _table(f"{account.name}: {account.person}, {account.state}", "right", "value")
    for right, value in sorted((right.value, value) for right, value in account.rights):
        table.add_row(Text(right), Text(value))
    for token in account.tokens:
        table.add_row(Text("token"), Text(f"{token.name}: {', '.join(sorted(token.scopes))}"))
    return table


def show_enrolment(enrolment: Enrolment, say: Speech, *, waits: bool) -> None:
    """Show what somebody needs to come in: a picture for his telephone, the secret, codes for paper."""
    console = table_console()
    console.print(Text(say("enrol.title", account=enrolment.account), style="bold"))
    console.print(Text(say("enrol.picture", account=enrolment.account)))
    console.print(Text(_picture(enrolment.address)), soft_wrap=True)
    console.print(Text(f"{say('enrol.secret')}: {enrolment.secret}"))
    console.print(Text(say("enrol.paper")))
    for code in enrolment.recovery_codes:
        console.print(Text(f"  {code}"))
    if waits:
        console.print(Text(say("enrol.waits", account=enrolment.account)))


def enrolment_document(enrolment: Enrolment) -> dict[str, object]:
    """Return the same for a script: what is secret is in it, this once."""
    return {
        "account": enrolment.account,
        "address": enrolment.address,
        "secret": enrolment.secret,
        "recovery_codes": list(enrolment.recovery_codes),
    }


def _picture(address: str) -> str:
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
