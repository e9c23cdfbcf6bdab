"""Keep the rules beside the decisions that name them: a digest alone tells nobody what was asked."""

from dataclasses import dataclass

from baken.errors import NoSuchRecord
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import THE_LOG
from baken.records.evidence import Entry, EntryKind, Field, KeptEntry
from baken.records.marking import Marking, Realm
from baken.share.policy import Policies, read_policies

RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All rules as they were when somebody first decided something under them; ``texts`` by set."""

    digest: str
    at_tai_ns: int
    by: str
    texts: tuple[tuple[str, str], ...]
    marking: Marking


def keep_policies(desk: Desk, policies: Policies, realm: Realm) -> None:
    """Keep the text of all rules, unless the log of a world has them already."""
    if policies.digest in {entry.text("policy_digest") for entry in _kept(desk.log, realm)}:
        return
    fields: tuple[Field, ...] = (
        ("title", "the rules of sharing"),
        ("act", RULES),
        ("policy_digest", policies.digest),
        ("rules", tuple((each.name, each.text) for each in policies.sets)),
        ("schema", policies.sets[0].schema if policies.sets else ""),
        ("policy_errors", policies.broken),
    )
    desk.keep(desk.entry(EntryKind.POLICY, THE_LOG, realm, *fields))


def kept_policies(log: EvidenceLog, realm: Realm, digest: str) -> Policies:
    """Return the rules of which a decision gave the digest, or its beginning; they can be asked once more.

    Raises: NoSuchRecord when none were kept under it, or what was kept is not what the digest says.
    """
    for entry in _kept(log, realm):
        if digest and entry.text("policy_digest").startswith(digest):
            return _read(entry)
    raise NoSuchRecord(f"no rules were kept under {digest!r}; 'baken policy kept' shows those there are")


def digests_kept(log: EvidenceLog, realm: Realm) -> tuple[tuple[str, int], ...]:
    """Return the digest of all rules that were ever kept, each with the moment, oldest first."""
    return tuple((entry.text("policy_digest"), entry.at_tai_ns) for entry in _kept(log, realm))


def policies_kept(log: EvidenceLog, realm: Realm) -> tuple[Kept, ...]:
    """Return all rules that were ever kept, with who first decided something under them, oldest first."""
    return tuple(
        Kept(
            digest=kept.entry.text("policy_digest"),
            at_tai_ns=kept.entry.at_tai_ns,
            by=kept.entry.actor,
            texts=_texts(kept.entry),
            marking=kept.marking,
        )
        for kept in _all_kept(log, realm)
    )


def _kept(log: EvidenceLog, realm: Realm) -> list[Entry]:
    return [kept.entry for kept in _all_kept(log, realm)]


def _all_kept(log: EvidenceLog, realm: Realm) -> list[KeptEntry]:
    told = log.entries(realm, subject=THE_LOG, kinds={EntryKind.POLICY})
    return [kept for kept in told if kept.entry.text("act") == RULES]


def _read(entry: Entry) -> Policies:
    broken = entry.value("policy_errors")
    assert isinstance(broken, tuple)
    read = read_policies(dict(_texts(entry)), entry.text("schema"))
    held = Policies(sets=read.sets, broken=tuple(map(str, broken)))
    if read.broken or held.digest != entry.text("policy_digest"):
        raise NoSuchRecord("the rules that were kept are not those their digest says; trust neither")
    return held


def _texts(entry: Entry) -> tuple[tuple[str, str], ...]:
    rules = entry.value("rules")
    assert isinstance(rules, tuple)
    return tuple((str(name), str(text)) for name, text in rules)  # type: ignore[misc,str-unpack]
