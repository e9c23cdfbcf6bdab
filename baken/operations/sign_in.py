"""Come in, be known again, and leave: by password and one-time code, or through an identity provider.

Whoever is refused is told the same, after the same work, whatever was wrong: also that there is such a name
is nobody's business.  Who came in and who was refused stands in the log, under the subject ``door``.
"""

import hmac
from dataclasses import dataclass, field, replace

from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.desk import Desk
from baken.operations.manage_people import do
from baken.operations.people_ports import People
from baken.people.acts import Act, Roster, Verb
from baken.people.bearer import bearer_digest, new_bearer
from baken.people.one_time import recovery_digest, step_of
from baken.people.passwords import hashed, is_it, nobodys, refuse_weak
from baken.people.patience import counted_as
from baken.people.telling import OF_PEOPLE
from baken.records.account import Account, ApiToken
from baken.records.evidence import EntryKind, Field
from baken.records.marking import Realm
from baken.records.sign_in import HashCost, PasswordHash, Secrets, Session, Way

THE_DOOR = "door"
SECOND_NS = 1_000_000_000
IDLE_NS = 30 * 60 * SECOND_NS
LONGEST_NS = 12 * 3_600 * SECOND_NS
MOST_VISITS = 5
# Every request would write otherwise.
SEEN_EVERY_NS = 60 * SECOND_NS
# No account can be called so.
NOBODY = "-"
NOBODYS_SECRET = bytes(20)
LONGEST_SHOWN = 500


class SignInRefused(RefusedByPolicy):
    """Whoever asks did not show who he is."""

    def __init__(self) -> None:
        super().__init__(
            "the name, the password or the code is not right, or the account waits to be admitted"
        )


class TooOften(RefusedByPolicy):
    """Too many guesses; the next one is for later."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too many tries; wait {wait_s} s")
        self.wait_s = wait_s


class FirstPassword(RefusedByPolicy):
    """Whoever asks showed who he is with a password that somebody else gave him."""

    def __init__(self) -> None:
        super().__init__("this password was given to you; take one of your own with your next code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody shows at the door; ``code`` is a one-time code, of his telephone or on paper.

    With ``new_password`` he takes another password as he comes in.
    """

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str
    new_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody who came in, and what his browser shows from now on: told only now."""

    account: Account
    session: Session
    shown: str = field(repr=False)


def sign_in(desk: Desk, people: People, roster: Roster, shown: Shown, *, cost: HashCost) -> SignedIn:
    """Let somebody in by password and one-time code.

    Raises: SignInRefused, whatever was wrong; TooOften; FirstPassword until he takes one of his own;
    WrongUsage when that is weak.
    """
    account = _showed_himself(desk, people, roster, shown, cost)
    if shown.new_password:
        roster = _take_password(desk, people, account, shown.new_password, cost)
        account = roster.account(account.name)
    elif account.first_password:
        raise FirstPassword
    secrets = people.secrets(account.name)
    if secrets is not None and not shown.new_password and secrets.password.cost != cost:
        again = hashed(shown.password, desk.luck, cost)
        people.keep_password(account.name, again, instead_of=secrets.password)
    return begin_session(desk, people, roster, account, Way.PASSWORD, shown.address)


def change_password(desk: Desk, people: People, roster: Roster, shown: Shown, *, cost: HashCost) -> None:
    """Let somebody who shows once more who he is take another password; every visit of his ends.

    Raises: SignInRefused, TooOften; WrongUsage for a weak password, or the same.
    """
    _take_password(desk, people, _showed_himself(desk, people, roster, shown, cost), shown.new_password, cost)


def _take_password(desk: Desk, people: People, account: Account, password: str, cost: HashCost) -> Roster:
    refuse_weak(password, {account.name, account.person})
    secrets = people.secrets(account.name)
    if secrets is None:
        raise SignInRefused
    if is_it(password, secrets.password):
        raise WrongUsage("this is the password you had; take another")
    his = replace(desk, actor=account.name)
    changed = do(his, Act(by=account.name, verb=Verb.PASSWORD, of=account.name))
    people.keep_password(account.name, hashed(password, desk.luck, cost), instead_of=secrets.password)
    return changed


def begin_session(
    desk: Desk, people: People, roster: Roster, account: Account, way: Way, address: str
) -> SignedIn:
    """Begin a visit of somebody who showed who he is."""
    shown = new_bearer(desk.luck)
    session = Session(
        digest=bearer_digest(shown),
        account=account.name,
        way=way,
        begun_tai_ns=desk.at_tai_ns,
        seen_tai_ns=desk.at_tai_ns,
        as_of=roster.next_place,
    )
    keep_at_door(desk, "signed in", account.name, address, ("way", way.value))
    people.begin_session(session, most=MOST_VISITS)
    return SignedIn(account=account, session=session, shown=shown)


def visitor(people: People, roster: Roster, shown: str, at_tai_ns: int) -> Account | None:
    """Return whose visit this is; None when it is nobody's, or over.

    It is over half an hour after it was last heard of, twelve hours after it began, and as soon as its person
    is suspended, reset, or has other rights than when he came in.
    """
    session = _session(people, shown)
    account = roster.accounts.get(session.account) if session else None
    if session is None or account is None or not account.is_active:
        return None
    if _is_over(session, account, at_tai_ns):
        people.end_session(session.digest)
        return None
    if at_tai_ns >= session.seen_tai_ns + SEEN_EVERY_NS:
        people.see_session(session.digest, at_tai_ns)
    return account


def visits_of(people: People, account: Account, at_tai_ns: int) -> tuple[Session, ...]:
    """Return somebody's visits that are not over, the newest first."""
    kept = people.sessions_of(account.name)
    return tuple(session for session in kept if not _is_over(session, account, at_tai_ns))


def token_holder(roster: Roster, shown: str) -> tuple[Account, ApiToken] | None:
    """Return whose API token this is; None when it is nobody's, or of somebody who may not come in."""
    digest = bearer_digest(shown)
    found = None
    for account in roster.accounts.values():
        for token in account.tokens:
            # All are compared, so that how long it takes says nothing.
            if hmac.compare_digest(token.digest, digest) and account.is_active:
                found = account, token
    return found


def sign_out(desk: Desk, people: People, shown: str, address: str) -> None:
    """End a visit."""
    session = _session(people, shown)
    if session is not None:
        people.end_session(session.digest)
        keep_at_door(desk, "signed out", session.account, address)


def keep_at_door(desk: Desk, what: str, of: str, address: str, *also: Field) -> None:
    """Keep what happened at the door; of a name that nobody has, not even the name: it may be a password."""
    fields = (("title", f"{what} {of}".strip()), ("act", what), ("of", of), ("address", address), *also)
    at_door = replace(desk, actor=of or "outside", marking=OF_PEOPLE)
    desk.keep(at_door.entry(EntryKind.PEOPLE, THE_DOOR, Realm.REAL, *fields))


def _showed_himself(desk: Desk, people: People, roster: Roster, shown: Shown, cost: HashCost) -> Account:
    name = shown.name.strip().lower()
    account = roster.accounts.get(name)
    counted = counted_as(name, is_known=account is not None, address=shown.address)
    if wait_s := people.count_attempt(counted, desk.at_tai_ns):
        raise TooOften(wait_s)
    # Asked for every name: what is done for one that nobody has is the same.
    secrets = people.secrets(name if account is not None else NOBODY)
    is_right = _is_right(people, name, secrets, shown, desk.at_tai_ns, cost)
    if account is None or not is_right or not account.is_active:
        state = (("state", account.state.value),) if account is not None else ()
        keep_at_door(desk, "refused", account.name if account else "", shown.address, *state)
        raise SignInRefused
    people.forgive_attempt(*counted)
    return account


def _is_over(session: Session, account: Account, at_tai_ns: int) -> bool:
    return (
        at_tai_ns >= session.seen_tai_ns + IDLE_NS
        or at_tai_ns >= session.begun_tai_ns + LONGEST_NS
        or session.as_of < account.sessions_since
    )


def _session(people: People, shown: str) -> Session | None:
    if not shown or len(shown) > LONGEST_SHOWN:
        return None
    digest = bearer_digest(shown)
    found = people.session(digest)
    return found if found is not None and hmac.compare_digest(found.digest, digest) else None


def _is_right(
    people: People, name: str, secrets: Secrets | None, shown: Shown, at_tai_ns: int, cost: HashCost
) -> bool:
    """Say whether somebody showed who he is; as much is done for a name that nobody has."""
    kept: PasswordHash = nobodys(cost) if secrets is None else secrets.password
    knows = is_it(shown.password, kept) and secrets is not None
    secret = NOBODYS_SECRET if secrets is None else secrets.one_time_secret
    step = step_of(shown.code, secret, at_tai_ns)
    if step is not None:
        return knows and people.spend_step(name, step)
    # Only who knows the password can spend a code.
    return knows and people.spend_recovery(name, recovery_digest(shown.code))
