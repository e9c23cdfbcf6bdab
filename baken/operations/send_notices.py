"""Let letters go: approved by a person, tried until they arrive, acknowledged by whoever got them.

That a letter is tried is kept before, and how it ended after.  Whoever is killed in between sends it again
with the same key, so that it arrives at least once, and its receiver can tell that he has it already.
"""

import hmac
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from baken.errors import LetterRefused, NoSuchRecord, OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Overtaken
from baken.operations.released_facts import label_of
from baken.operations.response_ports import Transport
from baken.operations.response_state import (
    begun_response,
    keep_and_read,
    keep_response,
    mechanism_of,
    response,
    response_entry,
)
from baken.operations.write_notices import plain_code
from baken.records.evidence import Entry, EntryKind
from baken.records.incident import IncidentId
from baken.records.letter import Letter, write_letter
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import (
    Notice,
    NoticeKind,
    NoticeStage,
    ResponseStanding,
    TaskStage,
)
from baken.report.response_letters import with_code
from baken.respond.deliveries import deliveries_of
from baken.respond.notice_life import NoticeStep, advance_notice
from baken.respond.task_life import TaskStep

KEY_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What letters are sent with: who speaks, whom he can reach how, and the ways there are."""

    sender: str
    node: str
    directory: Directory
    transports: Mapping[str, Transport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one try: of which letter, by which contact, and what the other side said."""

    notice_key: str
    contact: Contact
    step: NoticeStep
    said: str


def approve_notices(
    desk: Desk,
    incident_id: IncidentId,
    keys: Collection[str],
    because: str,
    *,
    seen: int | None = None,
) -> ResponseStanding:
    """Approve letters that were drafted: whoever acts has read them and lets them go.

    Raises: NoSuchRecord for a letter there is not; NoticeStepNotAllowed for one that waits for no approval.
    """
    if not because.strip():
        raise WrongUsage("an approval has a reason; give --because")
    return _each(desk, incident_id, keys, NoticeStep.APPROVE, because, seen)


def withdraw_notices(
    desk: Desk,
    incident_id: IncidentId,
    keys: Collection[str],
    because: str,
    *,
    seen: int | None = None,
) -> ResponseStanding:
    """Keep letters from going that have not arrived yet."""
    if not because.strip():
        raise WrongUsage("what is withdrawn is withdrawn for a reason; give --because")
    return _each(desk, incident_id, keys, NoticeStep.WITHDRAW, because, seen)


def told_by_telephone(
    desk: Desk,
    incident_id: IncidentId,
    key: str,
    said: str,
    *,
    seen: int | None = None,
) -> ResponseStanding:
    """Keep that whoever acts told a letter over the telephone, and what he heard."""
    found = begun_response(desk.log, incident_id, seen=seen)
    notice = _notice(found, key)
    advance_notice(notice.stage, NoticeStep.ARRIVE)
    fields = (("act", NoticeStep.ARRIVE.value), ("key", key), ("way", Way.TELEPHONE.value), ("said", said))
    return keep_and_read(desk, found, [response_entry(desk, found, EntryKind.NOTICE, *fields)])


def acknowledge_by_code(desk: Desk, incident_id: IncidentId, code: str, who: str) -> ResponseStanding:
    """Keep that a letter was acknowledged by whoever holds its code; a task it asked for is taken on by that.

    ``desk.actor`` took it down; the entries stand under the role, with the name that was given.
    Raises: NoSuchRecord alike for a wrong code, for no response and no incident.
    """
    unknown = NoSuchRecord("no letter has this code; read it once more, ten letters and figures")
    try:
        found = response(desk.log, incident_id)
    except NoSuchRecord:
        raise unknown from None
    # Every code is compared, so that how long it takes does not tell how near a guess was.
    notices = [each for each in found.notices if _is_code(each, code)]
    if not notices:
        raise unknown
    notice = notices[0]
    if notice.stage is NoticeStage.ACKNOWLEDGED:
        return found
    advance_notice(notice.stage, NoticeStep.ACKNOWLEDGE)
    of_role = Desk(
        log=desk.log,
        actor=_as_role(notice, who),
        at_tai_ns=desk.at_tai_ns,
        luck=desk.luck,
        marking=desk.marking,
    )
    return keep_and_read(of_role, found, list(_acknowledged(of_role, found, notice)))


def deliver_due(desk: Desk, incident_id: IncidentId, mail: Mail) -> tuple[Sent, ...]:
    """Try every approved letter whose time has come, once each, and return what became of each try.

    A way that is not set up here refuses.  Letters that have to be told by telephone wait for a person.
    Raises: NoSuchRecord when no response was begun.
    """
    done: list[Sent] = []
    tried: set[str] = set()
    while True:
        found = begun_response(desk.log, incident_id)
        due = next((each for each in _due(desk, found, mail) if each[0].key not in tried), None)
        if due is None:
            return tuple(done)
        notice, contact = due
        tried.add(notice.key)
        number = len(notice.attempts) + 1
        fields = (
            ("act", NoticeStep.TRY.value),
            ("key", notice.key),
            ("way", contact.way.value),
            ("address", contact.address),
        )
        try:
            keep_response(desk, found, [response_entry(desk, found, EntryKind.NOTICE, *fields)])
        except Overtaken:
            # Somebody else changed something, perhaps tried this very letter: read it all again.
            tried.discard(notice.key)
            continue
        step, said = _tried(_letter(desk, found, notice, contact, mail), contact, mail)
        ended = (("act", step.value), ("key", notice.key), ("number", number), ("said", said))
        desk.keep(response_entry(desk, found, EntryKind.NOTICE, *ended))
        done.append(Sent(notice_key=notice.key, contact=contact, step=step, said=said))


def next_delivery_tai_ns(found: ResponseStanding, directory: Directory) -> int | None:
    """Return when the next letter is to be tried, or ``None``."""
    coming = (each.not_before_tai_ns for each in deliveries_of(found, directory) if not each.by_hand)
    return min(coming, default=None)


def letter_key(incident_id: IncidentId, notice: Notice, contact: Contact) -> str:
    """Return the key under which a letter leaves for one address: the same however often it goes there."""
    told = f"{notice.key} {contact.way} {contact.address}"
    digest = digest_of_bytes(told.encode()).removeprefix("sha256:")
    return f"{incident_id}.{digest[:KEY_DIGITS]}"


def label_of_notice(desk: Desk, found: ResponseStanding, notice: Notice, node: str) -> Marking:
    """Return the label a letter leaves with: that of the entries it carries, else its recipient's own."""
    carried = label_of(desk.log, found.incident_id, notice.carried_by)
    # Facts released to two audiences of one recipient, each by another label, are his all the same.
    if carried is not None and not carried.is_most_restrictive:
        return carried
    plan = found.plan(notice.plan_id)
    organisation = mechanism_of(desk.log, plan).organisation_of(notice.role_id) if plan else None
    if organisation is None:
        return Marking(owner=node)
    audiences = organisation.audiences or (organisation.organisation_id,)
    return Marking(owner=node, releasable_to=frozenset(audiences))


def _each(
    desk: Desk,
    incident_id: IncidentId,
    keys: Collection[str],
    step: NoticeStep,
    because: str,
    seen: int | None,
) -> ResponseStanding:
    found = begun_response(desk.log, incident_id, seen=seen)
    entries = []
    for key in dict.fromkeys(keys):
        notice = _notice(found, key)
        advance_notice(notice.stage, step)
        if step is NoticeStep.APPROVE and not notice.text:
            raise RefusedByPolicy(f"{key} is not for you to read, and nobody approves what he did not read")
        fields = (("act", step.value), ("key", key), ("approved_by", desk.actor), ("because", because))
        entries.append(response_entry(desk, found, EntryKind.NOTICE, *fields))
    return keep_and_read(desk, found, entries)


def _notice(found: ResponseStanding, key: str) -> Notice:
    notice = next((each for each in found.notices if each.key == key), None)
    if notice is None:
        raise NoSuchRecord(
            f"no letter is called {key!r}; 'baken respond notify {found.incident_id}' shows them"
        )
    return notice


def _is_code(notice: Notice, code: str) -> bool:
    is_same = hmac.compare_digest(plain_code(notice.code).encode(), plain_code(code).encode())
    return is_same and notice.code != ""


def _as_role(notice: Notice, who: str) -> str:
    name = " ".join(who.split())[:80]
    return f"{name} ({notice.role_id})" if name else notice.role_id


def _acknowledged(desk: Desk, found: ResponseStanding, notice: Notice) -> Iterator[Entry]:
    fields = (("act", NoticeStep.ACKNOWLEDGE.value), ("key", notice.key), ("by_code", True))
    yield response_entry(desk, found, EntryKind.NOTICE, *fields)
    plan = found.plan(notice.plan_id)
    if notice.kind is not NoticeKind.CALL_OUT or plan is None or not notice.task_id:
        return
    task = plan.of(notice.task_id)
    is_asked_anew = not task.is_over and task.is_unanswered and task.asked[-1:] == (notice.role_id,)
    if plan.stood_down_at_tai_ns is None and (task.stage is TaskStage.RUNNING or is_asked_anew):
        taken = (
            ("act", TaskStep.TAKE.value),
            ("plan", notice.plan_id),
            ("task", notice.task_id),
            ("because", "acknowledged by code"),
        )
        yield response_entry(desk, found, EntryKind.RESPONSE, *taken)


def _due(desk: Desk, found: ResponseStanding, mail: Mail) -> Iterator[tuple[Notice, Contact]]:
    for delivery in deliveries_of(found, mail.directory):
        # Whoever may not read a letter has none to send.
        if delivery.notice.text and not delivery.by_hand and delivery.not_before_tai_ns <= desk.at_tai_ns:
            yield delivery.notice, delivery.contact


def _letter(
    desk: Desk, found: ResponseStanding, notice: Notice, contact: Contact, mail: Mail
) -> Callable[[], Letter]:
    return lambda: write_letter(
        key=letter_key(found.incident_id, notice, contact),
        sender=mail.sender,
        to=contact.address,
        subject=notice.subject,
        text=with_code(notice.text, notice.code),
        realm=found.realm,
        marking=label_of_notice(desk, found, notice, mail.node),
        language=notice.language,
        # A letter that goes again is the same letter, down to its date.
        at_tai_ns=notice.drafted_at_tai_ns,
    )


def _tried(make: Callable[[], Letter], contact: Contact, mail: Mail) -> tuple[NoticeStep, str]:
    transport = mail.transports.get(contact.way.value)
    if transport is None:
        return NoticeStep.REFUSE, f"no way called {contact.way} is set up here; see transports.toml"
    try:
        return NoticeStep.ARRIVE, transport.send(make())
    except OutsideServiceFailed as error:
        return NoticeStep.FAIL, str(error)
    except (LetterRefused, ValueError) as error:
        return NoticeStep.REFUSE, str(error)
