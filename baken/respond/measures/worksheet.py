"""What people said of measures in one case, as it follows from the entries: weighed, proposed, decided."""

from collections.abc import Iterable

from baken.records.evidence import Entry, KeptEntry
from baken.records.measure import MeasureAct, Outcome, Said, Weighing, Worksheet


def worksheet_of(measure_id: str, entries: Iterable[KeptEntry]) -> Worksheet:
    """Return all that was said of one measure; of two answers to one question, the later stands."""
    about = [kept for kept in _in_order(entries) if kept.entry.text("measure_id") == measure_id]
    weighed = {
        asked: _said(kept, asked.value)
        for kept in about
        for asked in Weighing
        if _act(kept.entry) is MeasureAct.WEIGH and kept.entry.text(asked.value)
    }
    return Worksheet(
        measure_id=measure_id,
        weighed=tuple((asked, weighed[asked]) for asked in Weighing if asked in weighed),
        proposals=tuple(_said(kept, "because") for kept in about if _act(kept.entry) is MeasureAct.PROPOSE),
        decisions=tuple(_said(kept, "because") for kept in about if _act(kept.entry) is MeasureAct.DECIDE),
    )


def _in_order(entries: Iterable[KeptEntry]) -> list[KeptEntry]:
    return sorted(entries, key=lambda kept: kept.sequence)


def _act(entry: Entry) -> MeasureAct:
    return MeasureAct(entry.text("act"))


def _said(kept: KeptEntry, name: str) -> Said:
    outcome = kept.entry.text("outcome")
    return Said(
        text=kept.entry.text(name),
        by=kept.entry.actor,
        at_tai_ns=kept.entry.at_tai_ns,
        entry_sequence=kept.sequence,
        outcome=Outcome(outcome) if outcome else None,
        decider=kept.entry.text("decider"),
    )
