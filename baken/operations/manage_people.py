"""Manage people: every act upon an account is an entry of the log, and who is who follows from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from baken.errors import WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.keep_evidence import Luck
from baken.operations.people_ports import People
from baken.people.acts import Act, Roster, Verb, after, claimed, done, first_acts
from baken.people.bearer import bearer_digest, new_api_token
from baken.people.one_time import (
    enrolment_address,
    new_one_time_secret,
    new_recovery_codes,
    recovery_digest,
    secret_text,
)
from baken.people.passwords import hashed, refuse_weak
from baken.people.telling import OF_PEOPLE, THE_PEOPLE, fields_of, followed
from baken.records.account import NAME, ApiToken, Right
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.records.sign_in import HashCost, Secrets

TRIES = 20
SCOPE_WORDS = frozenset({"read", "act"})
DAY_NS = 24 * 3_600 * 1_000_000_000
LONGEST_TOKEN_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What somebody is shown once, when he gets a way to come in: for his telephone, and for paper."""

    account: str
    address: str = field(repr=False)
    secret: str = field(repr=False)
    recovery_codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is to have an account: its name, the person's, and the password he chose."""

    name: str
    person: str
    password: str = field(repr=False)


def people_now(log: EvidenceLog, known: Roster | None = None) -> Roster:
    """Return everybody as the log says; from a roster that was read before, only what came since is read."""
    before = known or Roster()
    kept = log.entries(Realm.REAL, subject=THE_PEOPLE, kinds={EntryKind.PEOPLE}, first=before.next_place)
    return followed(before, kept)


def do(desk: Desk, *acts: Act) -> Roster:
    """Do something to people, all of it or nothing, and return them as they stand then.

    Raises: RefusedByPolicy with the rule that says no; NoSuchRecord, WrongUsage, Overtaken.
    """
    for _ in range(TRIES):
        roster = people_now(desk.log)
        reduce(done, acts, roster)
        try:
            return _keep(desk, acts, roster)
        except Overtaken:
            continue
    raise Overtaken("others change people without a pause; try again")


def follow_claims(desk: Desk, name: str, groups: Mapping[str, bool]) -> Roster:
    """Let somebody be in each group that his identity provider says he is in, and in none it says he is not.

    Raises: RefusedByPolicy for a group that no provider gives.
    """
    for _ in range(TRIES):
        roster = people_now(desk.log)
        now = {group.name for group in roster.account(name).groups}
        acts = [
            Act(
                by=desk.actor,
                verb=Verb.GIVE if is_in else Verb.TAKE,
                of=name,
                right=Right.GROUP,
                value=group,
            )
            for group, is_in in sorted(groups.items())
            if is_in is not (group in now)
        ]
        reduce(claimed, acts, roster)
        try:
            return _keep(desk, acts, roster) if acts else roster
        except Overtaken:
            continue
    raise Overtaken("others change people without a pause; try again")


def begin_people(
    desk: Desk,
    people: People,
    administrator: Newcomer,
    officer: Newcomer,
    *,
    acts_for: str,
    cost: HashCost,
) -> tuple[Enrolment, Enrolment]:
    """Make the first administrator and the first security officer of a home, in one act.

    Raises: RefusedByPolicy when there are accounts already; WrongUsage for a weak password or one person.
    """
    before = people_now(desk.log)
    acts = first_acts(
        before,
        (administrator.name, administrator.person),
        (officer.name, officer.person),
        acts_for=acts_for,
    )
    if administrator.password == officer.password:
        raise WrongUsage("two people have two passwords; let each choose his own")
    for act in acts:
        # Nothing is kept of a name that no account can have.
        before = after(before, act, 0)
    ways = [_way_in(desk.luck, each, acts_for, cost) for each in (administrator, officer)]
    _keep(desk, acts, Roster())
    for each, (secrets, _) in zip((administrator, officer), ways, strict=True):
        people.keep_secrets(each.name, secrets)
    return ways[0][1], ways[1][1]


def add(desk: Desk, people: People, newcomer: Newcomer, *, node: str, cost: HashCost) -> Enrolment:
    """Make an account; it waits until a security officer admits whoever it is for.

    Raises: RefusedByPolicy, WrongUsage.
    """
    act = Act(by=desk.actor, verb=Verb.ADD, of=newcomer.name, value=newcomer.person)
    return _with_new_secrets(desk, people, act, newcomer, node=node, cost=cost)


def reset(desk: Desk, people: People, name: str, password: str, *, node: str, cost: HashCost) -> Enrolment:
    """Give somebody a new password and a new secret for his telephone; his sessions and tokens end.

    Who is given them by somebody else waits until a security officer admits him; who gives them to himself
    does not.

    Raises: RefusedByPolicy, NoSuchRecord, WrongUsage.
    """
    person = people_now(desk.log).account(name).person
    verb = Verb.PASSWORD if desk.actor == name else Verb.RESET
    act = Act(by=desk.actor, verb=verb, of=name)
    newcomer = Newcomer(name=name, person=person, password=password)
    return _with_new_secrets(desk, people, act, newcomer, node=node, cost=cost)


def make_token(desk: Desk, name: str, scopes: Collection[str], *, days: int) -> tuple[ApiToken, str]:
    """Make an API token of whoever acts, and return it with what a program shows: that is told only now.

    Raises: WrongUsage for a scope there is not, or a life that is too long; RefusedByPolicy.
    """
    if not NAME.fullmatch(name):
        raise WrongUsage(f"a token has a name of small letters, figures, . _ or -; not {name!r}")
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise WrongUsage(f"a token lives 1 to {LONGEST_TOKEN_DAYS} days; it was {days}")
    _refuse_scopes(scopes)
    shown = new_api_token(desk.luck)
    token = ApiToken(
        name=name,
        digest=bearer_digest(shown),
        scopes=frozenset(scopes),
        expires_tai_ns=desk.at_tai_ns + days * DAY_NS,
    )
    do(desk, Act(by=desk.actor, verb=Verb.TOKEN, of=desk.actor, value=name, token=token))
    return token, shown


def _refuse_scopes(scopes: Collection[str]) -> None:
    for scope in scopes:
        word, _, noun = scope.partition(":")
        if word not in SCOPE_WORDS or (":" in scope and not NAME.fullmatch(noun)):
            raise WrongUsage(
                f"a scope is read, act, or one of them for a noun, like read:incidents; not {scope!r}"
            )
    if not scopes:
        raise WrongUsage("a token is for something; give --scope read")


def _with_new_secrets(
    desk: Desk, people: People, act: Act, newcomer: Newcomer, *, node: str, cost: HashCost
) -> Enrolment:
    done(people_now(desk.log), act)  # A refusal comes before the work of a hash.
    secrets, enrolment = _way_in(desk.luck, newcomer, node, cost)
    # The entry first: should the rest fail, the account waits, and nobody can come in by it.
    do(desk, act)
    people.keep_secrets(newcomer.name, secrets)
    return enrolment


def _way_in(luck: Luck, who: Newcomer, node: str, cost: HashCost) -> tuple[Secrets, Enrolment]:
    refuse_weak(who.password, {who.name, who.person, node})
    secret, codes = new_one_time_secret(luck), new_recovery_codes(luck)
    secrets = Secrets(
        password=hashed(who.password, luck, cost),
        one_time_secret=secret,
        recovery_digests=frozenset(map(recovery_digest, codes)),
    )
    enrolment = Enrolment(
        account=who.name,
        address=enrolment_address(secret, who.name, node),
        secret=secret_text(secret),
        recovery_codes=codes,
    )
    return secrets, enrolment


def _keep(desk: Desk, acts: Sequence[Act], seen: Roster) -> Roster:
    entries = [
        desk.entry(EntryKind.PEOPLE, THE_PEOPLE, Realm.REAL, *fields_of(act), marking=OF_PEOPLE)
        for act in acts
    ]
    desk.keep(*entries, seen=Seen(subject=THE_PEOPLE, n_entries=seen.n_entries))
    return people_now(desk.log, seen)
