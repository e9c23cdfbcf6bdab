"""What is done to people: who may do it, and what stands afterwards.

Nobody is judge of his own rights, and no two of the keys to a node are in one hand:

- an administrator makes accounts and gives roles; a security officer says who somebody is (``admit``), for
  whom he acts and what he is cleared for; nobody holds both roles;
- nobody gives himself anything;
- who is new, or has a new way to come in, waits until a security officer admits him: so whoever makes an
  account cannot come in by it himself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from baken.errors import NoSuchRecord, RefusedByPolicy, WrongUsage
from baken.records.account import LONGEST_TEXT, Account, AccountState, ApiToken, Group, Right
from baken.records.marking import Realm
from baken.records.reader import Role

ADMINISTRATOR, OFFICER = Role.ADMINISTRATOR, Role.SECURITY_OFFICER
NEVER_TOGETHER = frozenset({ADMINISTRATOR, OFFICER})
# Whoever holds the files of a home makes its first two people.
HOME = "home"


class Verb(StrEnum):
    """What can be done to somebody, or to a group."""

    ADD = "add"
    ADMIT = "admit"
    SUSPEND = "suspend"
    RESET = "reset"
    BIND = "bind"
    GIVE = "give"
    TAKE = "take"
    GROUP_GIVE = "group-give"
    GROUP_TAKE = "group-take"
    PASSWORD = "password"
    TOKEN = "token"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody does to an account or a group; ``value`` is what is given, or a name."""

    by: str
    verb: Verb
    of: str
    right: Right | None = None
    value: str = ""
    token: ApiToken | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All accounts and groups as they stand; ``next_place`` is the place in the log after what was read."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    n_entries: int = 0
    next_place: int = 0

    def account(self, name: str) -> Account:
        """Return one account.

        Raises: NoSuchRecord when there is none of that name.
        """
        if name not in self.accounts:
            raise NoSuchRecord(f"there is no account {name!r}; 'baken people list' shows those there are")
        return self.accounts[name]


_BY_ADMINISTRATOR, _BY_OFFICER = frozenset({ADMINISTRATOR}), frozenset({OFFICER})
_BY_EITHER = frozenset({ADMINISTRATOR, OFFICER})
GIVEN_BY: Mapping[Right, frozenset[Role]] = {
    Right.ROLE: _BY_ADMINISTRATOR,
    Right.ACTS_FOR: _BY_OFFICER,
    Right.AUDIENCE: _BY_OFFICER,
    Right.NATIONALITY: _BY_OFFICER,
    Right.CLEARANCE: _BY_OFFICER,
    Right.NEED: _BY_OFFICER,
    Right.CATEGORY: _BY_OFFICER,
    Right.CASE: frozenset({OFFICER, Role.COORDINATOR}),
    Right.REALM: _BY_OFFICER,
}
DONE_BY: Mapping[Verb, frozenset[Role]] = {
    Verb.ADD: _BY_ADMINISTRATOR,
    Verb.ADMIT: _BY_OFFICER,
    Verb.SUSPEND: _BY_EITHER,
    Verb.RESET: _BY_ADMINISTRATOR,
    Verb.BIND: _BY_ADMINISTRATOR,
    Verb.REVOKE: _BY_EITHER,
}
UPON_HIMSELF = frozenset({Verb.PASSWORD, Verb.TOKEN, Verb.REVOKE})
MANY: Mapping[Right, str] = {
    Right.ROLE: "roles",
    Right.AUDIENCE: "audiences",
    Right.NATIONALITY: "nationalities",
    Right.CLEARANCE: "clearances",
    Right.NEED: "needs",
    Right.CATEGORY: "categories",
    Right.CASE: "cases",
    Right.REALM: "realms",
}
_READ: Mapping[Right, type[Role] | type[Realm]] = {Right.ROLE: Role, Right.REALM: Realm}
OF_GROUPS = frozenset({Right.ROLE, Right.AUDIENCE})


def done(roster: Roster, act: Act) -> Roster:
    """Return the roster after an act, if whoever acts may do it.

    Raises: RefusedByPolicy with the rule that says no; NoSuchRecord, WrongUsage.
    """
    _refuse_who_may_not(roster, act)
    found = after(roster, act, roster.next_place)
    _refuse_both_keys(found)
    _refuse_raised(roster, found, act.by)
    _refuse_nobody_left(found)
    return found


def claimed(roster: Roster, act: Act) -> Roster:
    """Return the roster after an identity provider said that somebody is in a group, or is not.

    A provider gives no key to the node, and says nothing of what somebody may see.

    Raises: RefusedByPolicy for a group that gives either.
    """
    group = _group(roster, act.value)
    if group.audiences or not group.roles.isdisjoint(NEVER_TOGETHER):
        raise RefusedByPolicy(f"no identity provider lets anybody into {group.name}; people do that here")
    return after(roster, act, roster.next_place)


def first_acts(
    roster: Roster, administrator: tuple[str, str], officer: tuple[str, str], *, acts_for: str
) -> tuple[Act, ...]:
    """Return what makes the first two people of a home, each given as name and name of the person.

    Raises: RefusedByPolicy when there are accounts already; WrongUsage when the two are one.
    """
    if roster.accounts:
        raise RefusedByPolicy("this home has accounts already; its administrator makes more")
    if administrator[0] == officer[0] or administrator[1].casefold() == officer[1].casefold():
        raise WrongUsage("the administrator and the security officer are two people; give two names")
    return (*_first(*administrator, ADMINISTRATOR, acts_for), *_first(*officer, OFFICER, acts_for))


def _first(name: str, person: str, role: Role, acts_for: str) -> tuple[Act, ...]:
    return (
        Act(by=HOME, verb=Verb.ADD, of=name, value=person),
        Act(by=HOME, verb=Verb.GIVE, of=name, right=Right.ROLE, value=role.value),
        Act(by=HOME, verb=Verb.GIVE, of=name, right=Right.ACTS_FOR, value=acts_for),
        Act(by=HOME, verb=Verb.GIVE, of=name, right=Right.REALM, value=Realm.REAL.value),
        Act(by=HOME, verb=Verb.ADMIT, of=name),
    )


def _refuse_who_may_not(roster: Roster, act: Act) -> None:
    by = roster.account(act.by)
    if not by.is_active:
        raise RefusedByPolicy(f"{act.by} is {by.state} and does nothing here")
    if act.verb in UPON_HIMSELF and act.by == act.of:
        return
    asked = roles_that_may(roster, act)
    if by.all_roles.isdisjoint(asked):
        who = " or ".join(sorted(asked)) or "nobody but the person himself"
        raise RefusedByPolicy(f"{act.verb} {act.right or ''} is for {who}, and {act.by} is neither")


def roles_that_may(roster: Roster, act: Act) -> frozenset[Role]:
    """Return the roles of which one is enough to do something to somebody else."""
    if act.right is None:
        return DONE_BY.get(act.verb, frozenset())
    if act.right is Right.GROUP:
        group = _group(roster, act.value)
        return _BY_OFFICER if group.audiences else _BY_ADMINISTRATOR
    return GIVEN_BY[act.right]


def _refuse_both_keys(found: Roster) -> None:
    for account in found.accounts.values():
        if account.all_roles >= NEVER_TOGETHER:
            raise RefusedByPolicy(f"{account.name} would be administrator and security officer at once")


def _refuse_raised(before: Roster, found: Roster, by: str) -> None:
    was, now = before.account(by), found.account(by)
    if not now.rights <= was.rights or (now.is_active and not was.is_active):
        raise RefusedByPolicy(f"nobody gives himself anything; somebody else has to give it to {by}")


def _refuse_nobody_left(found: Roster) -> None:
    held = [account.all_roles for account in found.accounts.values() if account.is_active]
    for role in sorted(NEVER_TOGETHER):
        if not any(role in roles for roles in held):
            raise RefusedByPolicy(f"no {role} would be left; let somebody else be one first")


def after(roster: Roster, act: Act, place: int) -> Roster:
    """Return the roster after an act that stands at a place of the log; whether it may be is not asked."""
    if act.verb in (Verb.GROUP_GIVE, Verb.GROUP_TAKE):
        return _group_changed(roster, act, place)
    if act.verb is Verb.ADD:
        if act.of in roster.accounts:
            raise WrongUsage(f"there is an account {act.of} already")
        return _with(roster, replace(_new(act.of, act.value), first_password=act.by != HOME))
    return _with(roster, _changed(roster, roster.account(act.of), act, place))


def _changed(roster: Roster, account: Account, act: Act, place: int) -> Account:
    match act.verb:
        case Verb.ADMIT:
            return replace(account, state=AccountState.ACTIVE)
        case Verb.SUSPEND:
            return replace(account, state=AccountState.SUSPENDED, sessions_since=place + 1)
        case Verb.RESET:
            waits = replace(account, state=AccountState.WAITING, first_password=True)
            return replace(waits, tokens=(), sessions_since=place + 1)
        case Verb.BIND:
            subject = act.value
            return replace(account, state=AccountState.WAITING, subject=subject, sessions_since=place + 1)
        case Verb.PASSWORD:
            return replace(account, first_password=False, sessions_since=place + 1)
        case Verb.TOKEN:
            return replace(account, tokens=(*_without(account, act.value), _token(act)))
        case Verb.REVOKE:
            return replace(account, tokens=_without(account, act.value))
    changed = _given(roster, account, act) if act.verb is Verb.GIVE else _taken(account, act)
    # Who is somebody else now signs in as that somebody.
    return changed if changed.rights == account.rights else replace(changed, sessions_since=place + 1)


def _given(roster: Roster, account: Account, act: Act) -> Account:
    if act.right is Right.ACTS_FOR:
        return replace(account, acts_for=_said(act))
    if act.right is Right.GROUP:
        return replace(account, groups=account.groups | {_group(roster, act.value)})
    name = _many(act)
    return replace(account, **{name: getattr(account, name) | {_read(act)}})


def _taken(account: Account, act: Act) -> Account:
    if act.right is Right.ACTS_FOR:
        return replace(account, acts_for="")
    if act.right is Right.GROUP:
        return replace(account, groups=frozenset(g for g in account.groups if g.name != act.value))
    name = _many(act)
    return replace(account, **{name: getattr(account, name) - {_read(act)}})


def _group_changed(roster: Roster, act: Act, place: int) -> Roster:
    if act.right not in OF_GROUPS:
        raise WrongUsage(f"a group gives roles or audiences, no {act.right}")
    group, name = roster.groups.get(act.of) or _new_group(act.of), _many(act)
    held = getattr(group, name)
    now = held | {_read(act)} if act.verb is Verb.GROUP_GIVE else held - {_read(act)}
    changed = replace(group, **{name: now})
    accounts = {each.name: _in_group(each, changed, place) for each in roster.accounts.values()}
    return replace(roster, accounts=accounts, groups={**roster.groups, changed.name: changed})


def _in_group(account: Account, group: Group, place: int) -> Account:
    others = frozenset(each for each in account.groups if each.name != group.name)
    if others == account.groups:
        return account
    return replace(account, groups=others | {group}, sessions_since=place + 1)


def _with(roster: Roster, account: Account) -> Roster:
    return replace(roster, accounts={**roster.accounts, account.name: account})


def _without(account: Account, token_name: str) -> tuple[ApiToken, ...]:
    return tuple(token for token in account.tokens if token.name != token_name)


def _token(act: Act) -> ApiToken:
    if act.token is None:
        raise ValueError("an act that makes a token says which")
    return act.token


def _group(roster: Roster, name: str) -> Group:
    if name not in roster.groups:
        raise NoSuchRecord(
            f"there is no group {name!r}; there are {', '.join(sorted(roster.groups)) or 'none'}"
        )
    return roster.groups[name]


def _new(name: str, person: str) -> Account:
    try:
        return Account(name=name, person=person)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _new_group(name: str) -> Group:
    try:
        return Group(name=name)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _many(act: Act) -> str:
    if act.right is None or act.right not in MANY:
        raise WrongUsage(f"{act.right} cannot be given so")
    return MANY[act.right]


def _read(act: Act) -> str:
    said, right = _said(act), act.right
    if right is None or right not in _READ:
        return said
    known = _READ[right]
    try:
        return known(said)
    except ValueError:
        raise WrongUsage(f"{said!r} is no {right}; there are {', '.join(known)}") from None


def _said(act: Act) -> str:
    if not act.value.strip() or len(act.value) > LONGEST_TEXT:
        raise WrongUsage(f"{act.right} needs a value, not longer than a line")
    return act.value.strip()
