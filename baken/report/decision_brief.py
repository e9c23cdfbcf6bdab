"""A case on one page, for whoever has to decide; no sentence without the entries that carry it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from baken.records.determination import SignedDetermination
from baken.records.evidence import EVIDENCE_KINDS, Entry, EntryKind, KeptEntry, entry_id_of
from baken.records.hypothesis import Hypothesis, Matrix, Remark
from baken.records.incident import Answer, Incident, Judgement
from baken.records.marking import Marking, strictest
from baken.report.finding_sentence import finding_sentence
from baken.report.moments import minute_text
from baken.report.words import Speech

# Says whether a person's own words may stand on a page; the names given stand for objects, never for states.
MaySay: TypeAlias = Callable[[str, tuple[str, ...]], bool]
# Enough to know what it is about; the whole of it stands in the log.
LONGEST_QUOTE = 220
# Of a finding alone: what an outsider calls his system may be a sentence about somebody.
NAME_FIELDS = ("name", "primary_name", "secondary_name", "parent_name", "region")

ANSWERED = frozenset({"unintended", "deliberate", "reversible"})
DECIDED_BY_PEOPLE = ANSWERED | {"effect", "segment"}


class Section(StrEnum):
    """The parts of a brief, in the order in which they stand."""

    ESTABLISHED = "established"
    EXPLAINED = "explained"
    JUDGED = "judged"
    UNKNOWN = "unknown"
    DETERMINED = "determined"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of a brief and the entries of the log that carry it."""

    section: Section
    text: str
    carried_by: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.carried_by:
            raise ValueError(
                f"a sentence of a brief is carried by at least one entry; this one is not: {self.text}"
            )

    @property
    def references(self) -> str:
        """The entries that carry it, as they are called."""
        return ", ".join(map(entry_id_of, self.carried_by))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What a brief is made from: nothing in it comes from anywhere else."""

    incident: Incident
    entries: tuple[KeptEntry, ...]
    matrix: Matrix
    determinations: tuple[SignedDetermination, ...]
    as_of_tai_ns: int
    log_size: int
    code_version: str = ""

    @property
    def marking(self) -> Marking:
        """What all entries of the case allow together."""
        return strictest(frozenset(kept.marking for kept in self.entries))

    @property
    def evidence(self) -> tuple[KeptEntry, ...]:
        return tuple(kept for kept in self.entries if kept.entry.kind in EVIDENCE_KINDS)


def claims_of(case: CaseFile, say: Speech, may_say: MaySay) -> tuple[Claim, ...]:
    """Return every sentence of a brief, section by section."""
    return (
        *established(case, say, may_say),
        *_explained(case, say, may_say),
        *_judged(case, say, may_say),
        *_unknown(case, say, may_say),
        *_determined(case, say),
        *_done(case, say, may_say),
    )


def title_of(case: CaseFile, say: Speech, may_say: MaySay) -> str:
    """Return what a case is called on paper: its own title where that may be printed, else its kind."""
    title = case.incident.title
    return title if may_say(title, _names(case.entries)) else say(f"incident.kind.{case.incident.kind}")


def established(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    """Return what the evidence of a case says, a sentence for each piece, with how it was graded."""
    graded = {row.entry_sequence: row.grade for row in case.matrix.rows if row.grade.by}
    for looks in looks_of(case.evidence):
        newest = looks[-1]
        text = evidence_text(newest.entry, say, may_say)
        grade = graded.get(newest.sequence)
        weighed = say("decide.graded", grade=grade.text) if grade else say("decide.ungraded")
        earlier = f" {say('decide.looks', count=len(looks))}" if len(looks) > 1 else ""
        yield Claim(
            section=Section.ESTABLISHED,
            text=f"{text}{earlier} {weighed}",
            carried_by=tuple(kept.sequence for kept in reversed(looks)),
        )


def looks_of(evidence: Sequence[KeptEntry]) -> list[list[KeptEntry]]:
    """Return pieces of evidence, the looks at one event together and the newest last."""
    found: dict[str, list[KeptEntry]] = {}
    for kept in evidence:
        event_id = kept.entry.text("event_id") if kept.entry.kind is EntryKind.FINDING else ""
        found.setdefault(event_id or kept.entry_id, []).append(kept)
    return list(found.values())


def evidence_text(entry: Entry, say: Speech, may_say: MaySay) -> str:
    """Return what one piece of evidence says; what may not be printed is said to be left out."""
    if entry.kind is EntryKind.FINDING and (
        sentence := finding_sentence(entry, say, lambda name: _may_name(name, may_say))
    ):
        return sentence
    names = names_of(entry)
    said = entry.text("what") or entry.text("text")
    told = say(
        f"decide.evidence.{entry.kind}",
        what=_quoted(entry.text("title"), names, say, may_say),
        when=minute_text(entry.at_tai_ns, say),
    )
    return f"{told} {_quoted(said, names, say, may_say)}." if said else told


def _may_name(name: str, may_say: MaySay) -> bool:
    """Say whether an object may be called so on a page: by anything that names no state, or with a number."""
    return may_say(name, ()) or any(character.isdigit() for character in name)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"


def _explained(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    matrix = case.matrix
    rated = tuple(row.entry_sequence for row in matrix.rows if any(row.fits))
    if not rated:
        return
    unweighed = [each.hypothesis for each in matrix.standings if each.n_unrated == len(matrix.rows)]
    if unweighed:
        # The others may lead only because nobody looked at these.
        text = say("decide.unweighed", all=_listed(unweighed, say, may_say))
    else:
        first = _listed(matrix.first, say, may_say)
        text = say("decide.first" if len(matrix.first) == 1 else "decide.level", first=first)
    yield Claim(section=Section.EXPLAINED, text=text, carried_by=rated)
    against = [standing for standing in matrix.standings if standing.n_against]
    if against:
        worst = [standing.hypothesis for standing in against if standing.hypothesis not in matrix.first]
        if worst:
            yield Claim(
                section=Section.EXPLAINED,
                text=say("decide.against", all=_listed(worst, say, may_say)),
                carried_by=rated,
            )
    settled = say("decide.settled" if matrix.settled else "decide.unsettled")
    yield Claim(section=Section.EXPLAINED, text=settled, carried_by=rated)
    for _root, pieces in matrix.circular:
        named = ", ".join(map(entry_id_of, pieces))
        yield Claim(section=Section.EXPLAINED, text=say("decide.one_voice", pieces=named), carried_by=pieces)
    for carrier in matrix.carriers:
        yield Claim(
            section=Section.EXPLAINED,
            text=say("decide.carrier", pieces=", ".join(map(entry_id_of, carrier.entry_sequences))),
            carried_by=carrier.entry_sequences,
        )


def _judged(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    texts = {each.hypothesis_id: _explanation(each, say, may_say) for each in case.matrix.hypotheses}
    for estimate in case.matrix.estimates:
        low, high = estimate.band_percent
        yield Claim(
            section=Section.JUDGED,
            text=say(
                "decide.estimate",
                by=_person(estimate.by, say, may_say),
                explanation=texts[estimate.hypothesis_id],
                likelihood=say(f"likelihood.{estimate.likelihood}"),
                low=low,
                high=high,
                confidence=say(f"confidence.{estimate.confidence}"),
                because=_quoted(estimate.because, _names(case.entries), say, may_say),
            ),
            carried_by=(estimate.entry_sequence,),
        )
    yield from _decided(case, say, may_say)
    for remark in case.matrix.dissent:
        yield _remarked(Section.JUDGED, "decide.dissent", remark, case, say, may_say)


def _decided(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    """Tell what a person decided of the questions that only people decide, the last time each."""
    last = {
        kept.entry.text("name"): kept
        for kept in case.entries
        if kept.entry.kind is EntryKind.JUDGED and kept.entry.text("name") in DECIDED_BY_PEOPLE
    }
    for name, kept in last.items():
        words = "answer" if name in ANSWERED else name
        yield Claim(
            section=Section.JUDGED,
            text=say(
                "decide.decided",
                by=_person(kept.entry.actor, say, may_say),
                what=say(f"incident.{name}"),
                value=say(f"incident.{words}.{kept.entry.text('value')}"),
            ),
            carried_by=(kept.sequence,),
        )


def _unknown(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    for remark in case.matrix.gaps:
        yield _remarked(Section.UNKNOWN, "decide.gap", remark, case, say, may_say)
    opened = case.entries[0].sequence
    for name in ("unintended", "deliberate"):
        if getattr(case.incident, name) is Answer.UNKNOWN:
            yield Claim(section=Section.UNKNOWN, text=say(f"decide.open.{name}"), carried_by=(opened,))


def _remarked(
    section: Section, name: str, remark: Remark, case: CaseFile, say: Speech, may_say: MaySay
) -> Claim:
    said = _quoted(remark.text, _names(case.entries), say, may_say)
    text = say(name, by=_person(remark.by, say, may_say), text=said)
    return Claim(section=section, text=text, carried_by=(remark.entry_sequence,))


def _determined(case: CaseFile, say: Speech) -> Iterator[Claim]:
    """Quote each determination in its own words: the one place where an actor may be named."""
    for signed in case.determinations:
        said = signed.determination
        yield Claim(
            section=Section.DETERMINED,
            text=say(
                "decide.determination",
                state=said.state,
                organ=said.organ,
                when=said.decided_on,
                wording=said.wording,
                public=say("decide.public" if said.is_public else "decide.not_public"),
                key=signed.signed_by.partition("+")[0],
            ),
            carried_by=(signed.entry_sequence,),
        )


def _done(case: CaseFile, say: Speech, may_say: MaySay) -> Iterator[Claim]:
    for kept in case.entries:
        entry = kept.entry
        if entry.kind in (EntryKind.OPENED, EntryKind.STEP, EntryKind.DECISION):
            because = _quoted(entry.text("because"), _names(case.entries), say, may_say)
            yield Claim(
                section=Section.DONE,
                text=say(
                    f"decide.done.{entry.kind}",
                    when=minute_text(entry.at_tai_ns, say),
                    by=_person(entry.actor, say, may_say),
                    step=say(f"incident.step.{entry.text('step')}"),
                    because=because,
                ),
                carried_by=(kept.sequence,),
            )


def judgement_text(name: str, judgement: Judgement, say: Speech, may_say: MaySay) -> str:
    """Return a value of an incident with who or what gave it."""
    stands = say(f"incident.{name}.{judgement.stands}")
    if judgement.human is None:
        return say("decide.by_rule", value=stands, rule=judgement.because)
    return say("decide.by_person", value=stands, by=_person(judgement.by, say, may_say))


def _explanation(hypothesis: Hypothesis, say: Speech, may_say: MaySay) -> str:
    if hypothesis.standing:
        return say(f"hypothesis.{hypothesis.hypothesis_id}")
    return hypothesis.text if may_say(hypothesis.text, ()) else say("decide.not_printed")


def _listed(hypotheses: Iterable[Hypothesis], say: Speech, may_say: MaySay) -> str:
    return "; ".join(f"“{_explanation(each, say, may_say)}”" for each in hypotheses)


def _person(name: str, say: Speech, may_say: MaySay) -> str:
    return name if may_say(name, ()) else say("decide.somebody")


def _quoted(text: str, names: tuple[str, ...], say: Speech, may_say: MaySay) -> str:
    if not text:
        return say("decide.no_words")
    # The whole is judged before it is cut: what is left over may not be half a name.
    return f"“{_cut(text).rstrip('.')}”" if may_say(text, names) else say("decide.not_printed")


def _names(entries: Sequence[KeptEntry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for kept in entries for name in names_of(kept.entry)))


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return what a finding calls its objects and its region."""
    if entry.kind is not EntryKind.FINDING:
        return ()
    return tuple(entry.text(name) for name in NAME_FIELDS if entry.text(name))
