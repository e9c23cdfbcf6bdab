"""Two worlds that differ only in what one reader may not know of, and every question to ask of both."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from baken.errors import BakenError
from baken.operations import hand_over_watch, work_incident
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint, Seen, Witnessed
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.receive_report import state_of_report
from baken.operations.standing_log import StandingLog
from baken.operations.weigh_hypotheses import matrix
from baken.records.evidence import Content, Entry, EntryKind, entry_id_of
from baken.records.incident import read_incident_id
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.records.reader import Item
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS

FOR_HIM = Marking(owner="NL", releasable_to=frozenset({"DE"}))
NOT_FOR_HIM = Marking(owner="NL")
HIDDEN = "hidden"


class ForGermany:
    """A policy as simple as can be: he sees what names him."""

    def admits(self, item: Item) -> bool:
        return "DE" in item.marking.releasable_to


@dataclass(frozen=True)
class Saying:
    """One entry to be kept.  ``refers_to`` are earlier sayings by number, named in the fields as ``{n}``."""

    kind: EntryKind
    subject: str
    fields: tuple[tuple[str, object], ...] = ()
    is_for_him: bool = True
    content: bytes | None = None
    narrower: tuple[str, ...] = ()
    realm: Realm = Realm.REAL


def world_of(sayings: list[Saying], *, without_hidden: bool, log: EvidenceLog | None = None) -> EvidenceLog:
    """Keep sayings in a log of their own, each under a secret of its own; or only what he may know of.

    What a saying refers to in a list and is not there is left out of the list.
    """
    log, name_of = log or MemoryLog(), {}
    for number, saying in enumerate(sayings):
        if without_hidden and not saying.is_for_him:
            continue
        entry = _entry(log, saying, name_of, number, without_hidden=without_hidden)
        luck: Callable[[int], bytes] = lambda n, number=number: (number + 1).to_bytes(n, "big")  # noqa: E731
        desk = Desk(log=log, actor="officer", at_tai_ns=NOON_TAI_NS + number, luck=luck)
        name_of[number] = desk.keep(entry)[0].entry_id
    return log


def _entry(log, saying, name_of, number, *, without_hidden) -> Entry:
    fields = tuple(
        (name, _named(value, name_of))
        for name, value in saying.fields
        if not (without_hidden and name in saying.narrower)
    )
    content = None
    if saying.content is not None:
        digest = log.keep_content(saying.content)
        content = Content(
            digest=digest, media_type="text/plain", name="a.txt", size_bytes=len(saying.content)
        )
    label = FOR_HIM if saying.is_for_him else NOT_FOR_HIM
    if not without_hidden:
        narrower = tuple((name, NOT_FOR_HIM) for name in sorted(saying.narrower))
        label = replace(label, of_fields=narrower)
    elif "content" in saying.narrower:
        content = None
    return Entry(
        kind=saying.kind,
        subject=saying.subject,
        actor="officer",
        at_tai_ns=NOON_TAI_NS + number,
        fields=fields,
        content=content,
        realm=saying.realm,
        marking=label,
    )


def _named(value, name_of):
    """Put the names of entries where their numbers stand; a list loses those that are not there."""
    if isinstance(value, tuple):
        return tuple(_named(each, name_of) for each in value if _is_there(each, name_of))
    if isinstance(value, str):
        return value.format(*(name_of.get(n, HIDDEN) for n in range(200)))
    return value


def _is_there(value, name_of):
    return HIDDEN not in str(_named(value, name_of)) if isinstance(value, str) else True


def hides_nothing(_realm: Realm, _name: str) -> bool:
    """Say of no event that it is kept from him: of a log with no store beside it."""
    return False


def shows_everything(_realm: Realm, _name: str) -> bool:
    """Say of every event that he may see it: of a log with no store beside it."""
    return True


def log_for_him(log: EvidenceLog) -> ReaderLog:
    """Return a log as he sees it."""
    labels = Labels(policy=ForGermany(), held_by="NL")
    return ReaderLog(StandingLog(log), labels, hides_nothing, shows_everything)


def answer(question: Callable[[], object]) -> object:
    """Return what is answered, a refusal with all its words."""
    try:
        return question()
    except (BakenError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def answers_of(log, subjects: list[str], digests: list[str]) -> dict[str, object]:
    """Ask a log all that can be asked of it, and what stands on it."""
    told: dict[str, object] = {}
    for realm in (Realm.REAL, Realm.EXERCISE):
        told |= _of_a_world(log, realm, subjects)
    for digest in (*digests, "sha256:" + "0" * 64):
        told[f"content {digest}"] = answer(lambda digest=digest: log.content(digest))
    told |= _of_the_whole_log(log)
    return told


def _of_a_world(log, realm, subjects):
    told = {f"size {realm}": log.size(realm)}
    size = log.size(realm)
    for place in range(-1, size + 3):
        told[f"entry {realm} {place}"] = answer(lambda place=place: log.entry(realm, place))
    for subject in (None, *subjects):
        for kinds in (None, {EntryKind.NOTE}, {EntryKind.OPENED, EntryKind.JOINED}, frozenset()):
            asked = {"subject": subject, "kinds": kinds}
            name = f"{realm} {subject} {kinds and sorted(kinds)}"
            told[f"n_entries {name}"] = log.n_entries(realm, **asked)
            for cut in ({}, {"limit": 2}, {"last": 2}, {"first": size // 2}, {"first": 1, "limit": 1}):
                told[f"entries {name} {cut}"] = log.entries(realm, **asked, **cut)
    return told


def _of_the_whole_log(log):
    note = KeptCheckpoint(size=1, note=b"note", kept_at_tai_ns=0)
    seen = Witnessed(origin="baken/XX/real", size=1, root=bytes(32), note=b"")
    return {
        "leaves": answer(lambda: log.leaf_hashes(Realm.REAL)),
        "some leaves": answer(lambda: log.leaf_hashes(Realm.REAL, 1_000)),
        "checkpoints": answer(lambda: log.checkpoints(Realm.REAL)),
        "keep a checkpoint": answer(lambda: log.keep_checkpoint(Realm.REAL, note)),
        "witnessed": answer(lambda: log.witnessed("baken/XX/real")),
        "keep witnessed": answer(lambda: log.keep_witnessed(seen, instead_of=None)),
    }


def work_of(log, cases: list[str]) -> dict[str, object]:
    """Do on a log what an officer does who looks around."""
    desk = Desk(log=log, actor="officer", at_tai_ns=NOON_TAI_NS + 10**12, luck=CountedLuck())
    told = {
        "incidents": answer(lambda: work_incident.incidents(log, Realm.REAL)),
        "watch": answer(lambda: hand_over_watch.watch_state(log, Realm.REAL, now_tai_ns=NOON_TAI_NS)),
    }
    for name in cases:
        case = read_incident_id(name)
        told[f"case {name}"] = answer(lambda case=case: entries_of_case(log, case))
        told[f"matrix {name}"] = answer(lambda case=case: matrix(log, case))
        told[f"look {name}"] = answer(lambda case=case: work_incident.look_at(desk, case))
        told[f"note {name}"] = answer(lambda case=case: work_incident.note(desk, case, "seen"))
        told[f"overtaken {name}"] = answer(lambda case=case: work_incident.note(desk, case, "again", seen=1))
        told[f"seen {name}"] = answer(
            lambda name=name: desk.keep(
                desk.entry(EntryKind.NOTE, name, Realm.REAL, ("text", "x")),
                seen=Seen(subject=name, n_entries=3),
            )
        )
    for place in range(log.size(Realm.REAL)):
        told[f"report {place}"] = answer(lambda place=place: state_of_report(log, entry_id_of(place), "code"))
    return told


def digest_of(sayings: list[Saying]) -> list[str]:
    """Return the digests of all bytes that anybody kept."""
    return [digest_of_bytes(one.content) for one in sayings if one.content is not None]
