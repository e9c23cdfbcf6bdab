"""A draft of what could be told to one audience: sentences whose every slot a released entry fills."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from baken.records.determination import SignedDetermination
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, KeptEntry
from baken.records.incident import Incident
from baken.records.marking import OWNER_ONLY, Marking, Realm, strictest
from baken.report.decision_brief import MaySay, evidence_text, looks_of, names_of
from baken.report.moments import minute_text
from baken.report.words import Speech


class StatementKind(StrEnum):
    """What a draft is for."""

    PUBLIC = "public-statement"
    PARTNERS = "notice-to-partners"
    OPERATOR = "question-to-operator"
    DEMARCHE = "demarche"


# The sentences of each kind, in order.  What asks something rests on all that stands above it.
TEMPLATES: Mapping[StatementKind, tuple[str, ...]] = {
    StatementKind.PUBLIC: ("opened", "evidence", "effect", "determination"),
    StatementKind.PARTNERS: (
        *("opened", "title", "severity", "stage", "evidence", "effect", "segment"),
        *("determination", "ask_partners"),
    ),
    StatementKind.OPERATOR: ("opened", "evidence", "effect", "segment", "ask_operator"),
    StatementKind.DEMARCHE: ("opened", "evidence", "effect", "determination", "consult"),
}
ASKS = frozenset({"ask_partners", "ask_operator", "consult"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a draft and the entries that carry it."""

    part: str
    text: str
    carried_by: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.carried_by:
            raise ValueError(
                f"a sentence of a statement is carried by an entry; this one is not: {self.text}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A sentence that could not be made, and why: for whoever drafts, never for the audience."""

    part: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A draft for one audience; ``left_out`` is no part of what it says."""

    kind: StatementKind
    incident_id: str
    audience: str
    language: str
    realm: Realm
    marking: Marking
    sentences: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a draft is made from: a case, the entries its audience may have, and what was determined."""

    incident: Incident
    audience: str
    entries: tuple[KeptEntry, ...]
    released: frozenset[str]
    determinations: tuple[SignedDetermination, ...]
    say: Speech
    may_say: MaySay

    def about(self, *kinds: EntryKind) -> list[KeptEntry]:
        """Return what was said of the incident itself, in order."""
        subject = str(self.incident.incident_id)
        return [kept for kept in self.entries if kept.entry.subject == subject and kept.entry.kind in kinds]


Part: TypeAlias = Sentence | LeftOut
Maker: TypeAlias = Callable[[Told], Iterator[Part]]


def statement_of(told: Told, kind: StatementKind) -> Statement:
    """Return a draft of one kind; a sentence with a slot that nothing released fills is left out."""
    parts: list[Part] = []
    for part in TEMPLATES[kind]:
        parts += [_asked(part, parts, told.say)] if part in ASKS else MAKERS[part](told)
    sentences = tuple(part for part in parts if isinstance(part, Sentence))
    carried = {name for sentence in sentences for name in sentence.carried_by}
    labels = frozenset(kept.marking for kept in told.entries if kept.entry_id in carried)
    return Statement(
        kind=kind,
        incident_id=str(told.incident.incident_id),
        audience=told.audience,
        language=told.say.language,
        realm=told.incident.realm,
        marking=strictest(labels) if labels else OWNER_ONLY,
        sentences=sentences,
        left_out=tuple(part for part in parts if isinstance(part, LeftOut)),
    )


def _asked(part: str, above: Sequence[Part], say: Speech) -> Part:
    carried = dict.fromkeys(name for each in above if isinstance(each, Sentence) for name in each.carried_by)
    if not carried:
        return LeftOut(part=part, because=say("statement.why.nothing"))
    return Sentence(part=part, text=say(f"statement.{part}"), carried_by=tuple(carried))


def _made(part: str, text: str, by: Sequence[KeptEntry], told: Told) -> Part:
    """Return a sentence, unless an entry that carries it is withheld or its words may not be said."""
    say = told.say
    withheld = ", ".join(kept.entry_id for kept in by if kept.entry_id not in told.released)
    if withheld:
        because = say("statement.why.withheld", entries=withheld, audience=told.audience)
        return LeftOut(part=part, because=because)
    names = tuple(name for kept in by for name in names_of(kept.entry))
    if say("decide.not_printed") in text or not told.may_say(text, names):
        return LeftOut(part=part, because=say("statement.why.wording"))
    return Sentence(part=part, text=text, carried_by=tuple(kept.entry_id for kept in by))


def _opened(told: Told) -> Iterator[Part]:
    (opening, *_) = told.about(EntryKind.OPENED)
    by = list(dict.fromkeys((opening, *_standing("kind", told))))
    kind = told.say(f"incident.kind.{told.incident.kind}")
    text = told.say("statement.opened", when=minute_text(opening.entry.at_tai_ns, told.say), kind=kind)
    yield _made("opened", text, by, told)


def _title(told: Told) -> Iterator[Part]:
    text = told.say("statement.title", title=told.incident.title)
    yield _made("title", text, _standing("title", told), told)


def _stage(told: Told) -> Iterator[Part]:
    newest = told.about(EntryKind.OPENED, EntryKind.STEP)[-1]
    text = told.say("statement.stage", value=told.say(f"incident.stage.{told.incident.stage}"))
    yield _made("stage", text, [newest], told)


def _severity(told: Told) -> Iterator[Part]:
    text = told.say(
        "statement.severity", value=told.say(f"incident.severity.{told.incident.severity.stands}")
    )
    yield _made("severity", text, _standing("severity", told), told)


def _valued(part: str) -> Maker:
    """Return what makes the sentence of a value that only people give."""

    def made(told: Told) -> Iterator[Part]:
        value = getattr(told.incident, part)
        if value == "unknown":
            yield LeftOut(part=part, because=told.say("statement.why.unsaid"))
            return
        text = told.say(f"statement.{part}", value=told.say(f"incident.{part}.{value}"))
        yield _made(part, text, _standing(part, told), told)

    return made


def _standing(name: str, told: Told) -> list[KeptEntry]:
    """Return what makes a value stand now: the newest entry; where a person took his back, the rule's too."""
    said = [kept for kept in told.about(EntryKind.JUDGED) if kept.entry.text("name") == name]
    people = [kept for kept in said if not kept.entry.value("by_rule")]
    if people and people[-1].entry.text("value"):
        return people[-1:]
    rules = [*told.about(EntryKind.OPENED), *(kept for kept in said if kept.entry.value("by_rule"))]
    return [rules[-1], *people[-1:]]


def _evidence(told: Told) -> Iterator[Part]:
    """Tell each piece of evidence as it was seen last; an older look at the same is not told."""
    found = looks_of([kept for kept in told.entries if kept.entry.kind in EVIDENCE_KINDS])
    for newest in (looks[-1] for looks in found):
        yield _made("evidence", evidence_text(newest.entry, told.say, told.may_say), [newest], told)
    if not found:
        yield LeftOut(part="evidence", because=told.say("statement.why.unsaid"))


def _determination(told: Told) -> Iterator[Part]:
    """Quote public determinations in their own words, the one place where an actor may be named."""
    entries = {kept.sequence: kept for kept in told.entries}
    for signed in told.determinations:
        kept, said = entries[signed.entry_sequence], signed.determination
        if not said.is_public:
            because = told.say("statement.why.not_public", entries=kept.entry_id)
            yield LeftOut(part="determination", because=because)
            continue
        text = told.say(
            "statement.determination",
            organ=said.organ,
            state=said.state,
            when=said.decided_on,
            wording=said.wording,
        )
        yield _made("determination", text, [kept], replace(told, may_say=_in_its_own_words))


def _in_its_own_words(_text: str, _names: tuple[str, ...]) -> bool:
    return True


MAKERS: Mapping[str, Maker] = {
    "opened": _opened,
    "title": _title,
    "severity": _severity,
    "stage": _stage,
    "effect": _valued("effect"),
    "segment": _valued("segment"),
    "evidence": _evidence,
    "determination": _determination,
}
