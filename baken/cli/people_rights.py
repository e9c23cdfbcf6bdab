"""``baken people role``, ``clear`` and so on: what is given to somebody, and taken from him."""

from dataclasses import replace
from typing import Annotated

import typer
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.evidence_options import As
from baken.cli.exits import Exit
from baken.cli.people_view import account_table
from baken.cli.setting import Setting, table_console
from baken.errors import WrongUsage
from baken.operations.desk import Desk
from baken.operations.manage_people import do, make_token
from baken.people.acts import Act, Verb
from baken.records.account import Right
from baken.records.incident import read_incident_id
from baken.records.reader import Keeper
from baken.wiring.classifications import refuse_unknown_levels
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.people_documents import account_document
from baken.wiring.stores import open_people

Who = Annotated[str, typer.Argument(metavar="NAME", help="An account.")]
Take = Annotated[bool, typer.Option("--take", help="Take it away instead.")]
Many = list[str] | None


def admit(context: typer.Context, name: Who, as_: As = None) -> int:
    """Say that an account is of the person it is for: he may come in.  For a security officer."""
    return _done(context, as_, [Act(by="", verb=Verb.ADMIT, of=name)])


def suspend(context: typer.Context, name: Who, as_: As = None) -> int:
    """Let somebody in no more, and end his visits now."""
    return _done(context, as_, [Act(by="", verb=Verb.SUSPEND, of=name)])


def role(
    context: typer.Context,
    name: Who,
    roles: Annotated[list[str], typer.Argument(metavar="ROLE...")],
    take: Take = False,
    as_: As = None,
) -> int:
    """Give somebody roles.  For an administrator."""
    return _given(context, as_, name, take, {Right.ROLE: roles})


def clear(
    context: typer.Context,
    name: Who,
    acts_for: Annotated[str | None, typer.Option(metavar="NL", help="For whom he acts.")] = None,
    clearance: Annotated[Many, typer.Option(metavar="POLICY/LEVEL")] = None,
    nationality: Annotated[Many, typer.Option(metavar="NL")] = None,
    audience: Annotated[Many, typer.Option(metavar="NAME", help="A name in labels that means him.")] = None,
    category: Annotated[Many, typer.Option(metavar="NAME")] = None,
    realm: Annotated[Many, typer.Option(metavar="REAL", help="A world he may see.")] = None,
    take: Take = False,
    as_: As = None,
) -> int:
    """Say what somebody is cleared for.  For a security officer."""
    setting: Setting = context.obj
    refuse_unknown_levels(setting.home, [] if take else clearance or [])
    told = {
        Right.ACTS_FOR: [acts_for] if acts_for else None,
        Right.CLEARANCE: clearance,
        Right.NATIONALITY: nationality,
        Right.AUDIENCE: audience,
        Right.CATEGORY: category,
        Right.REALM: realm,
    }
    return _given(context, as_, name, take, told)


def need(
    context: typer.Context,
    name: Who,
    topics: Annotated[list[str], typer.Argument(metavar="TOPIC...")],
    take: Take = False,
    as_: As = None,
) -> int:
    """Say what somebody has a need to know.  For a security officer."""
    return _given(context, as_, name, take, {Right.NEED: topics})


def case(
    context: typer.Context,
    name: Who,
    incidents: Annotated[list[str], typer.Argument(metavar="ID...")],
    take: Take = False,
    as_: As = None,
) -> int:
    """Say on which cases somebody works.  For a security officer or a coordinator."""
    return _given(context, as_, name, take, {Right.CASE: [_incident(each) for each in incidents]})


def group(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="GROUP")],
    role: Annotated[Many, typer.Option(metavar="ROLE", help="What its members may do.")] = None,
    audience: Annotated[Many, typer.Option(metavar="NAME", help="Which names mean its members.")] = None,
    take: Take = False,
    as_: As = None,
) -> int:
    """Say what a group gives to its members: roles, or audiences."""
    verb = Verb.GROUP_TAKE if take else Verb.GROUP_GIVE
    told = {Right.ROLE: role or [], Right.AUDIENCE: audience or []}
    acts = [
        Act(by="", verb=verb, of=name, right=right, value=value)
        for right, values in told.items()
        for value in values
    ]
    return _done(context, as_, acts)


def member(
    context: typer.Context,
    name: Who,
    groups: Annotated[list[str], typer.Argument(metavar="GROUP...")],
    take: Take = False,
    as_: As = None,
) -> int:
    """Let somebody be in groups."""
    return _given(context, as_, name, take, {Right.GROUP: groups})


def bind(
    context: typer.Context,
    name: Who,
    issuer: Annotated[str, typer.Argument(metavar="ISSUER")],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="What the provider calls him.")],
    as_: As = None,
) -> int:
    """Say by which account at an identity provider somebody comes in; he waits to be admitted."""
    return _done(context, as_, [Act(by="", verb=Verb.BIND, of=name, value=f"{issuer} {subject}")])


def token(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the token is called.")],
    scope: Annotated[list[str], typer.Option(help="read, act, or for one noun: read:incidents.")],
    days: Annotated[int, typer.Option(help="How long it lives.")] = 30,
    as_: As = None,
) -> int:
    """Make an API token of yours: good for no more than you may do, and shown this once."""
    setting: Setting = context.obj
    who = actor(as_)
    with open_people(setting.home, Keeper(name=who)) as here:
        desk = Desk(log=here.log, actor=who, at_tai_ns=now_tai_ns(), luck=luck)
        made, shown = make_token(desk, name, scope, days=days)
    expires_utc = utc_text(made.expires_tai_ns, 0)
    if setting.as_json:
        told = {"scopes": sorted(made.scopes), "expires_utc": expires_utc, "token": shown}
        print_json({"name": made.name, **told})
    else:
        table_console().print(Text(f"{shown}  until {expires_utc}"), soft_wrap=True)
    return Exit.DONE


def revoke(
    context: typer.Context,
    name: Who,
    token_name: Annotated[str, typer.Argument(metavar="TOKEN")],
    as_: As = None,
) -> int:
    """Revoke an API token of somebody."""
    return _done(context, as_, [Act(by="", verb=Verb.REVOKE, of=name, value=token_name)])


def _given(
    context: typer.Context, as_: str | None, name: str, take: bool, told: dict[Right, list[str] | None]
) -> int:
    verb = Verb.TAKE if take else Verb.GIVE
    acts = [
        Act(by="", verb=verb, of=name, right=right, value=value)
        for right, values in told.items()
        for value in values or []
    ]
    return _done(context, as_, acts)


def _done(context: typer.Context, as_: str | None, acts: list[Act]) -> int:
    """Do all of it or nothing, in the name of whoever acts, and show what stands then."""
    setting: Setting = context.obj
    if not acts:
        raise WrongUsage("there is nothing to give; say what")
    who = actor(as_)
    with open_people(setting.home, Keeper(name=who)) as here:
        desk = Desk(log=here.log, actor=who, at_tai_ns=now_tai_ns(), luck=luck)
        roster = do(desk, *(replace(act, by=who) for act in acts))
    changed = roster.accounts.get(acts[0].of)
    if setting.as_json:
        print_json({"account": account_document(changed)} if changed else {"group": acts[0].of})
    elif changed:
        table_console().print(account_table(changed))
    return Exit.DONE


def _incident(text: str) -> str:
    try:
        return str(read_incident_id(text))
    except ValueError as error:
        raise WrongUsage(str(error)) from error
