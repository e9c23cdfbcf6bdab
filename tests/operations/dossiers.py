"""A dossier of a small case, with a key and a witness, as tests attack it."""

from dataclasses import dataclass

from baken.evidence.keys import new_key
from baken.evidence.signed_note import WITNESS, SigningKey, cosigned, read_note
from baken.operations.build_dossier import Allowed, AskedDossier, BuiltDossier, Held, Seal, build_dossier
from baken.operations.desk import Desk
from baken.operations.sign_log import sign_log, take_cosigned
from baken.records.evidence import Content, EntryKind, KeptEntry
from baken.records.incident import Incident
from baken.records.marking import Marking, Realm
from baken.wiring.case_documents import matrix_document
from tests.memory_log import CountedLuck
from tests.operations.cases import NOON_TAI_NS, desk_of, opened

ORIGIN = "baken/NL/real"
KEY = new_key(ORIGIN, CountedLuck(drawn=1000))
THIEF = new_key(ORIGIN, CountedLuck(drawn=2000))
WITNESS_KEY = new_key("witness.example", CountedLuck(drawn=3000), WITNESS)
VERIFIER = b"# the verifier goes here\n"
FOR_BOTH = Marking(owner="NL", releasable_to=frozenset({"DE", "FR"}))
FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
# A quarter of an hour before the dossier was built.
SEEN_POSIX_S = 1_786_683_800


@dataclass(frozen=True)
class SmallCase:
    desk: Desk
    incident: Incident


def small_case() -> SmallCase:
    """Return a case with something for both, something for one, and something for nobody."""
    desk = desk_of()
    case = opened(desk)
    content = b"line one\nline two\n"
    said = Content(
        digest=desk.log.keep_content(content),
        media_type="text/plain",
        name="server.log",
        size_bytes=len(content),
    )
    subject = str(case.incident_id)
    real, both, one = Realm.REAL, ("title", "for both"), ("title", "for one")
    desk.keep(
        desk.entry(EntryKind.STATEMENT, subject, real, both, ("height_m", 1.5e-7), marking=FOR_BOTH),
        desk.entry(EntryKind.DOCUMENT, subject, real, one, content=said, marking=FOR_DE),
        desk.entry(EntryKind.NOTE, subject, real, ("text", "for nobody")),
    )
    return SmallCase(desk, case)


def built_of(
    case: SmallCase,
    *,
    key: SigningKey = KEY,
    notes=(),
    held: tuple[Held, ...] = (),
    witnessed: bool = True,
    verifier: bytes = VERIFIER,
    recipients=("DE", "FR"),
    same_as: bytes | None = None,
    title: str = "A small case",
) -> BuiltDossier:
    """Sign the log, let it be witnessed, and build the dossier."""
    log = case.desk.log
    kept = sign_log(log, Realm.REAL, key, at_tai_ns=NOON_TAI_NS)
    if witnessed:
        note = cosigned(read_note(kept.note), WITNESS_KEY, posix_s=SEEN_POSIX_S).content
        take_cosigned(log, Realm.REAL, note, [key.verifier], at_tai_ns=NOON_TAI_NS)
    asked = asked_of(case, held=held, verifier=verifier, recipients=recipients, same_as=same_as, title=title)
    return build_dossier(case.desk, asked, Seal(key=key, notes=tuple(notes)), matrix_document)


def as_labelled(kept: KeptEntry, recipient: str) -> Allowed:
    """Let go what is labelled for somebody, as policy does that forbids nothing."""
    marking = kept.entry.marking
    names = frozenset(name for name, _ in kept.entry.disclosable)
    may = recipient in marking.releasable_to or recipient == marking.owner
    return Allowed(names=names if may else frozenset(), because=f"label {marking.text}")


def asked_of(
    case: SmallCase,
    *,
    held: tuple[Held, ...] = (),
    verifier: bytes = VERIFIER,
    recipients=("DE", "FR"),
    same_as: bytes | None = None,
    title: str = "A small case",
) -> AskedDossier:
    """Ask for a dossier of a case."""
    return AskedDossier(
        incident_id=case.incident.incident_id,
        title=title,
        recipients=tuple(recipients),
        verifier=verifier,
        gate=as_labelled,
        held=held,
        same_as=same_as,
    )
