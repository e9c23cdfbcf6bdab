"""Weighing competing explanations: the one with least against it stands first, and may fall tomorrow."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from baken.incident.admiralty import weight, weight_bounds
from baken.incident.likelihood import band_percent
from baken.incident.roots import roots_of
from baken.records.bundle import AnswerKind
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, KeptEntry, read_entry_id
from baken.records.hypothesis import (
    Carrier,
    Confidence,
    Credibility,
    Estimate,
    Fit,
    Grade,
    Hypothesis,
    Likelihood,
    Matrix,
    Reliability,
    Remark,
    Row,
    Standing,
)

# Whoever looks for an enemy finds one; these are on every list and no one can take them off.
STANDING_HYPOTHESES = (
    Hypothesis(hypothesis_id="equipment", text="Equipment failed", benign=True, standing=True),
    Hypothesis(hypothesis_id="space-weather", text="Space weather", benign=True, standing=True),
    Hypothesis(hypothesis_id="accident", text="An accident of operation", benign=True, standing=True),
    Hypothesis(hypothesis_id="debris", text="Debris or a meteoroid", benign=True, standing=True),
    Hypothesis(
        hypothesis_id="our-error", text="An error of ours, in data or analysis", benign=True, standing=True
    ),
    Hypothesis(hypothesis_id="deliberate", text="A deliberate act", benign=False, standing=True),
)
# Heuer (1999), chapter 8: what fits an explanation proves nothing, what does not fit counts against it.
AGAINST = {
    Fit.VERY_CONSISTENT: 0.0,
    Fit.CONSISTENT: 0.0,
    Fit.NEUTRAL: 0.0,
    Fit.INCONSISTENT: 1.0,
    Fit.VERY_INCONSISTENT: 2.0,
}
LEAN = {
    Fit.VERY_CONSISTENT: 2.0,
    Fit.CONSISTENT: 1.0,
    Fit.NEUTRAL: 0.0,
    Fit.INCONSISTENT: -1.0,
    Fit.VERY_INCONSISTENT: -2.0,
}
LARGEST_SPREAD = 4.0
MOST_AGAINST = 2.0


def matrix_of(subject: str, entries: Iterable[KeptEntry], withheld: Collection[int] = ()) -> Matrix:
    """Return everything weighed about an incident, as far as the entries given tell.

    Assumes pieces of evidence that share a root say one thing: of each root only what speaks most against an
    explanation counts.  A later grade or rating of the same thing replaces the earlier; a rating of a piece
    that is ``withheld`` from the reader is not used, and the piece is counted.  What he does not see may turn
    the order over, so for him nothing is settled.
    Source: Heuer, Psychology of Intelligence Analysis (1999), chapter 8; weights in ``incident.admiralty``.
    """
    told = sorted(entries, key=lambda kept: kept.sequence)
    seen = [kept for kept in told if kept.sequence not in set(withheld)]
    hypotheses = _hypotheses(seen)
    rows = _rows(seen, hypotheses)
    standings = _standings(hypotheses, rows)
    return Matrix(
        subject=subject,
        standings=standings,
        hypotheses=hypotheses,
        rows=rows,
        carriers=_carriers(hypotheses, rows),
        circular=_circular(rows),
        estimates=_estimates(seen, hypotheses),
        gaps=_remarks(seen, EntryKind.GAP),
        dissent=(*_remarks(seen, EntryKind.DISSENT), *_dissents_of_partners(seen)),
        settled=len(seen) == len(told) and _is_settled(standings),
        n_withheld=sum(kept.entry.kind in EVIDENCE_KINDS for kept in told) - len(rows),
    )


def _hypotheses(entries: Sequence[KeptEntry]) -> tuple[Hypothesis, ...]:
    added = {
        kept.entry.text("hypothesis_id"): Hypothesis(
            hypothesis_id=kept.entry.text("hypothesis_id"),
            text=kept.entry.text("text"),
            benign=bool(kept.entry.value("benign")),
            by=kept.entry.actor,
        )
        for kept in _of_kind(entries, EntryKind.HYPOTHESIS)
    }
    standing = {hypothesis.hypothesis_id for hypothesis in STANDING_HYPOTHESES}
    return (
        *STANDING_HYPOTHESES,
        *(hypothesis for name, hypothesis in added.items() if name not in standing),
    )


def _rows(entries: Sequence[KeptEntry], hypotheses: Sequence[Hypothesis]) -> tuple[Row, ...]:
    grades = {_piece(kept): _grade(kept) for kept in _of_kind(entries, EntryKind.GRADE)}
    fits = {
        (_piece(kept), kept.entry.text("hypothesis_id")): Fit(kept.entry.text("fit"))
        for kept in _of_kind(entries, EntryKind.RATING)
    }
    evidence = [kept for kept in entries if kept.entry.kind in EVIDENCE_KINDS]
    roots = roots_of(evidence, {piece: grade.independence_group for piece, grade in grades.items()})
    return tuple(
        _row(kept, grades.get(kept.sequence, Grade()), roots[kept.sequence], fits, hypotheses)
        for kept in evidence
    )


def _row(
    kept: KeptEntry,
    grade: Grade,
    root: str,
    fits: Mapping[tuple[int, str], Fit],
    hypotheses: Sequence[Hypothesis],
) -> Row:
    own = tuple(fits.get((kept.sequence, hypothesis.hypothesis_id)) for hypothesis in hypotheses)
    leans = [LEAN[fit] for fit in own if fit is not None]
    spread = (max(leans) - min(leans)) / LARGEST_SPREAD if leans else 0.0
    return Row(
        entry_sequence=kept.sequence,
        title=kept.entry.text("title") or kept.entry.kind.value,
        grade=grade,
        root=root,
        fits=own,
        diagnosticity=weight(grade) * spread,
        marking=kept.marking,
    )


def _standings(hypotheses: Sequence[Hypothesis], rows: Sequence[Row]) -> tuple[Standing, ...]:
    standings = [_standing(column, hypothesis, rows) for column, hypothesis in enumerate(hypotheses)]
    return tuple(sorted(standings, key=lambda standing: standing.inconsistency))


def _standing(column: int, hypothesis: Hypothesis, rows: Sequence[Row]) -> Standing:
    against = [_against(voice, column) for voice in _voices(rows)]
    return Standing(
        hypothesis=hypothesis,
        # Rounded so that sums in another order stay level.
        inconsistency=round(sum(each.as_said for each in against), 9),
        low=round(sum(each.low for each in against), 9),
        high=round(sum(each.high for each in against), 9),
        n_against=sum(each.as_said > 0.0 for each in against),
        n_unrated=sum(row.fits[column] is None for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Against:
    as_said: float
    low: float
    high: float


def _against(voice: Sequence[Row], column: int) -> _Against:
    """Return what one root says against an explanation: its strongest piece, not their sum."""
    as_said, low, high = zip(*(_piece_against(row, column) for row in voice), strict=True)
    return _Against(max(as_said), max(low), max(high))


def _piece_against(row: Row, column: int) -> tuple[float, float, float]:
    fit = row.fits[column]
    lightest, heaviest = weight_bounds(row.grade)
    if fit is None:
        return 0.0, 0.0, MOST_AGAINST * heaviest
    return AGAINST[fit] * weight(row.grade), AGAINST[fit] * lightest, AGAINST[fit] * heaviest


def _voices(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    by_root = sorted(rows, key=lambda row: row.root)
    return tuple(tuple(voice) for _, voice in groupby(by_root, key=lambda row: row.root))


def _is_settled(standings: Sequence[Standing]) -> bool:
    return all(standings[0].high < standing.low for standing in standings[1:])


def _carriers(hypotheses: Sequence[Hypothesis], rows: Sequence[Row]) -> tuple[Carrier, ...]:
    """Return each root whose absence would put another explanation first."""
    with_all = _first(_standings(hypotheses, rows))
    carriers = []
    for voice in _voices(rows):
        root = voice[0].root
        without = _first(_standings(hypotheses, [row for row in rows if row.root != root]))
        if without != with_all:
            sequences = tuple(row.entry_sequence for row in voice)
            carriers.append(Carrier(root=root, entry_sequences=sequences, first_without=without))
    return tuple(carriers)


def _first(standings: Sequence[Standing]) -> tuple[str, ...]:
    least = standings[0].inconsistency
    return tuple(
        sorted(standing.hypothesis.hypothesis_id for standing in standings if standing.inconsistency == least)
    )


def _circular(rows: Sequence[Row]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple(
        (voice[0].root, tuple(row.entry_sequence for row in voice))
        for voice in _voices(rows)
        if len(voice) > 1
    )


def _estimates(entries: Sequence[KeptEntry], hypotheses: Sequence[Hypothesis]) -> tuple[Estimate, ...]:
    known = {hypothesis.hypothesis_id for hypothesis in hypotheses}
    newest = {
        (kept.entry.text("hypothesis_id"), kept.entry.actor): kept
        for kept in _of_kind(entries, EntryKind.ESTIMATE)
    }
    return tuple(
        Estimate(
            hypothesis_id=hypothesis_id,
            likelihood=Likelihood(kept.entry.text("likelihood")),
            band_percent=band_percent(Likelihood(kept.entry.text("likelihood"))),
            confidence=Confidence(kept.entry.text("confidence")),
            because=kept.entry.text("because"),
            by=by,
            entry_sequence=kept.sequence,
        )
        for (hypothesis_id, by), kept in newest.items()
        if hypothesis_id in known
    )


def _remarks(entries: Sequence[KeptEntry], kind: EntryKind) -> tuple[Remark, ...]:
    return tuple(
        Remark(text=kept.entry.text("text"), by=kept.entry.actor, entry_sequence=kept.sequence)
        for kept in _of_kind(entries, kind)
    )


def _dissents_of_partners(entries: Sequence[KeptEntry]) -> tuple[Remark, ...]:
    """Return what partners said against something of this case that went to them: theirs, beside ours."""
    return tuple(
        Remark(text=kept.entry.text("text"), by=kept.entry.text("partner"), entry_sequence=kept.sequence)
        for kept in _of_kind(entries, EntryKind.PARTNER)
        if kept.entry.text("answer") == AnswerKind.DISSENT
    )


def _of_kind(entries: Iterable[KeptEntry], kind: EntryKind) -> Iterable[KeptEntry]:
    return (kept for kept in entries if kept.entry.kind is kind)


def _piece(kept: KeptEntry) -> int:
    return read_entry_id(kept.entry.text("piece"))


def _grade(kept: KeptEntry) -> Grade:
    return Grade(
        reliability=Reliability(kept.entry.text("reliability")),
        credibility=Credibility(kept.entry.text("credibility")),
        independence_group=kept.entry.text("independence_group"),
        by=kept.entry.actor,
    )
