"""What came of releases on the way: in which bundle each went, and what its recipient said of it since."""

from collections.abc import Mapping, Sequence

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import What, answer_of
from baken.records.bundle import AnswerKind
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.marking import Realm
from baken.records.release import Heard
from baken.share.exchange import ReleaseStep

# Neither changes how far a release is; a dissent stands beside it.
IN_A_BUNDLE, SAYS = "bundle", "says"
STEP_OF: Mapping[AnswerKind, str] = {
    AnswerKind.TAKEN: ReleaseStep.RECEIVE.value,
    AnswerKind.RECALL_DONE: ReleaseStep.ANSWER.value,
    AnswerKind.RECALL_REFUSED: ReleaseStep.ANSWER.value,
}


def heard_of_items(log: EvidenceLog, realm: Realm) -> Mapping[tuple[str, str], tuple[Heard, ...]]:
    """Return what came of everything that went to partners, by partner and the name it bears there.

    What a partner says of an item that went to another is about nothing of his.
    """
    heard: dict[tuple[str, str], list[Heard]] = {}
    bundles: dict[str, dict[str, int]] = {}
    for kept in log.entries(realm, kinds={EntryKind.PARTNER}):
        code = kept.entry.text("partner")
        for item_id, one in _told(kept, bundles.setdefault(code, {})):
            heard.setdefault((code, item_id), []).append(one)
    return {whose: tuple(told) for whose, told in heard.items()}


def _told(kept: KeptEntry, went: dict[str, int]) -> Sequence[tuple[str, Heard]]:
    """Return what one entry about a partner tells of items; ``went`` are those he was sent, by bundle."""
    entry, what = kept.entry, kept.entry.text("what")
    if what == What.SENT:
        number = int(entry.text("number"))
        items, recalls = _words(entry, "items"), _words(entry, "recalls")
        went.update(dict.fromkeys(items, number))
        steps = [(item, IN_A_BUNDLE) for item in items] + [
            (item, ReleaseStep.CARRY.value) for item in recalls
        ]
        return [(item, _heard(kept, step, f"bundle {number}", number)) for item, step in steps]
    if what == What.BUNDLE and entry.value("taken"):
        taken_to, refused = int(entry.text("taken_to")), {int(each) for each in _words(entry, "refused")}
        taken = [item for item, number in went.items() if number <= taken_to and number not in refused]
        # What he took he says again with every bundle; once is enough.
        for item in taken:
            del went[item]
        return [(item, _heard(kept, ReleaseStep.RECEIVE.value, "")) for item in taken]
    if what == What.ANSWER:
        answer = answer_of(entry)
        told = f"{answer.kind}: {answer.text}" if answer.text else answer.kind.value
        return [(answer.item_id, _heard(kept, STEP_OF.get(answer.kind, SAYS), told))]
    return []


def _heard(kept: KeptEntry, step: str, told: str, bundle_number: int | None = None) -> Heard:
    return Heard(
        entry_sequence=kept.sequence,
        step=step,
        by=kept.entry.text("partner"),
        at_tai_ns=kept.kept_at_tai_ns,
        told=told,
        bundle_number=bundle_number,
    )


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    value = entry.value(name)
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
