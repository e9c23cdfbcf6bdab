"""Try whether a contact still answers: a letter that asks for nothing but its code."""

import hmac
from collections.abc import Mapping

from baken.errors import NoSuchRecord, OutsideServiceFailed, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.send_notices import Mail
from baken.operations.write_notices import new_code, plain_code
from baken.records.evidence import EntryKind
from baken.records.letter import write_letter
from baken.records.marking import Marking, Realm
from baken.records.response import Contact, Mechanism
from baken.report.response_letters import Answering, Draft, trial_call, with_code
from baken.report.words import Speech

DIRECTORY = "directory"
CALL, ANSWER = "call", "answer"


def contact_to_try(mail: Mail, mechanism: Mechanism, role_id: str, way: str) -> Contact:
    """Return the contact of a role that is meant: the first, or the first of a way.

    Raises: NoSuchRecord when there is none.
    """
    if mechanism.role(role_id) is None:
        known = ", ".join(sorted(role.role_id for role in mechanism.roles))
        raise NoSuchRecord(f"no role is called {role_id!r}; there are {known}")
    contacts = [one for one in mail.directory.contacts_of(role_id) if way in ("", one.way.value)]
    if not contacts:
        raise NoSuchRecord(f"the directory has no contact of {role_id}{f' by {way}' if way else ''}")
    return contacts[0]


def trial(desk: Desk, mechanism: Mechanism) -> tuple[Draft, str]:
    """Return the letter of a test call, and its code; nothing is sent or kept."""
    code = new_code(desk)
    return trial_call(Answering(code=code), Speech(mechanism.language)), code


def call_contact(desk: Desk, mail: Mail, mechanism: Mechanism, contact: Contact) -> str:
    """Send a test call, keep that it was made, and return what the other side said.

    Raises: OutsideServiceFailed, LetterRefused when it did not arrive; WrongUsage for a telephone, and for a
    way that is not set up.
    """
    transport = mail.transports.get(contact.way.value)
    if transport is None:
        raise WrongUsage(
            f"{contact.way} {contact.address}: no letter goes this way here; call, then say that you did"
        )
    draft, code = trial(desk, mechanism)
    key = f"test.{plain_code(code)}"
    fields = (
        ("act", CALL),
        ("key", key),
        ("role", contact.role_id),
        ("way", contact.way.value),
        ("address", contact.address),
        ("code", code),
    )
    desk.keep(desk.entry(EntryKind.CONTACT, DIRECTORY, Realm.REAL, *fields))
    organisation = mechanism.organisation_of(contact.role_id)
    letter = write_letter(
        key=key,
        sender=mail.sender,
        to=contact.address,
        subject=draft.subject,
        text=with_code(draft.text, code),
        realm=Realm.REAL,
        marking=Marking(
            owner=mail.node,
            releasable_to=frozenset({organisation.organisation_id} if organisation else ()),
        ),
        language=mechanism.language,
        at_tai_ns=desk.at_tai_ns,
    )
    try:
        return transport.send(letter)
    except OutsideServiceFailed as error:
        raise OutsideServiceFailed(f"{contact.way} {contact.address}: {error}") from error


def answer_call(desk: Desk, code: str, who: str) -> str:
    """Keep that a test call was answered with its code, and return the role that answers.

    Raises: NoSuchRecord when no test call has this code.
    """
    for kept in desk.log.entries(Realm.REAL, subject=DIRECTORY, kinds={EntryKind.CONTACT}):
        entry = kept.entry
        mine, theirs = plain_code(entry.text("code")), plain_code(code)
        if entry.text("act") == CALL and hmac.compare_digest(mine.encode(), theirs.encode()):
            fields = (
                ("act", ANSWER),
                ("key", entry.text("key")),
                ("role", entry.text("role")),
                ("way", entry.text("way")),
                ("address", entry.text("address")),
                ("who", " ".join(who.split())[:80]),
            )
            desk.keep(desk.entry(EntryKind.CONTACT, DIRECTORY, Realm.REAL, *fields))
            return entry.text("role")
    raise NoSuchRecord("no test call has this code; read it once more, ten letters and figures")


def answered_by_hand(desk: Desk, contact: Contact, who: str) -> None:
    """Keep that whoever acts reached a contact himself, and who spoke."""
    if not who.strip():
        raise WrongUsage("say who answered")
    fields = (
        ("act", ANSWER),
        ("role", contact.role_id),
        ("way", contact.way.value),
        ("address", contact.address),
        ("who", who),
    )
    desk.keep(desk.entry(EntryKind.CONTACT, DIRECTORY, Realm.REAL, *fields))


def last_answers(log: EvidenceLog) -> Mapping[tuple[str, str], int]:
    """Return when each contact last answered a test call, by role and address."""
    return {
        (kept.entry.text("role"), kept.entry.text("address")): kept.entry.at_tai_ns
        for kept in log.entries(Realm.REAL, subject=DIRECTORY, kinds={EntryKind.CONTACT})
        if kept.entry.text("act") == ANSWER
    }
