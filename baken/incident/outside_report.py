"""What an operator reports from outside: taken down as said, checked for form, believed by nobody yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage
from baken.records.evidence import Field
from baken.records.incident import Effect, IncidentKind, Segment
from baken.records.marking import Marking

# SPARTA (The Aerospace Corporation, sparta.aerospace.org) names techniques like EX-0014, parts of them like
# EX-0014.03, by its nine tactics.  Only the form is checked: the vocabulary grows, and is theirs.
TECHNIQUE = re.compile(r"(?:REC|RD|IA|EX|PER|DE|LM|EXF|IMP)-\d{4}(?:\.\d{2})?")
TEXTS = ("reporter", "organisation", "contact", "system", "what")
LONGEST = 10_000
# The Traffic Light Protocol of FIRST, version 2.0, as reporters know it.
TLP = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
FOR_NOBODY_ELSE = frozenset({"RED", "AMBER+STRICT"})
KNOWN = frozenset(
    {
        *TEXTS,
        "kind",
        "observed_from_utc",
        "observed_to_utc",
        "segment",
        "effect",
        "frequency_hz",
        "techniques",
    }
    | {"releasable_to", "tlp", "norad_cat_id"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReport:
    """A report as it was checked: who says what, of which system, from when until when.

    ``releasable_to`` are the audiences the reporter allows; empty for nobody but whoever receives it.
    ``tlp`` is the label in the words of the reporter's own house; it is kept as said, and widens nothing.
    """

    reporter: str
    organisation: str
    contact: str
    system: str
    what: str
    kind: IncidentKind
    observed_from_tai_ns: int
    observed_to_tai_ns: int | None = None
    segment: Segment = Segment.UNKNOWN
    effect: Effect = Effect.UNKNOWN
    frequency_hz: float | None = None
    techniques: tuple[str, ...] = ()
    norad_cat_id: int | None = None
    releasable_to: frozenset[str] = frozenset()
    tlp: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The report as fields of an entry."""
        return (
            ("title", self.system.partition("\n")[0]),
            *((name, getattr(self, name)) for name in TEXTS),
            ("kind_of_incident", self.kind.value),
            ("observed_from_tai_ns", str(self.observed_from_tai_ns)),
            ("observed_to_tai_ns", None if self.observed_to_tai_ns is None else str(self.observed_to_tai_ns)),
            ("segment", self.segment.value),
            ("effect", self.effect.value),
            ("frequency_hz", self.frequency_hz),
            ("techniques", self.techniques),
            ("norad_cat_id", self.norad_cat_id),
            ("tlp", self.tlp or None),
        )


def report_of(told: Mapping[str, object], *, now_tai_ns: int) -> OutsideReport:
    """Return a report as it was filled in, each field checked.

    Raises: BadMessage that names the field, and what to write there.
    """
    for name in sorted(set(told) - KNOWN):
        # A stranger's word is shown as plain letters, and not at any length.
        shown = ascii(name[:40])
        raise BadMessage("there is no such field", field=shown, next_step=f"use {', '.join(sorted(KNOWN))}")
    start = _instant(told, "observed_from_utc")
    if start is None:
        raise BadMessage(
            "is missing", field="observed_from_utc", next_step="say since when, like 2026-11-25T09:00:00Z"
        )
    end = _instant(told, "observed_to_utc")
    if end is not None and end < start:
        raise BadMessage(
            "lies before observed_from_utc", field="observed_to_utc", next_step="exchange the two"
        )
    if start > now_tai_ns:
        raise BadMessage("lies in the future", field="observed_from_utc", next_step="report what was seen")
    return OutsideReport(
        **{name: _text(told, name) for name in TEXTS},
        kind=IncidentKind(_one_of(told, "kind", [kind.value for kind in IncidentKind])),
        observed_from_tai_ns=start,
        observed_to_tai_ns=end,
        segment=Segment(_one_of({"segment": "unknown", **told}, "segment", [each.value for each in Segment])),
        effect=Effect(_one_of({"effect": "unknown", **told}, "effect", [each.value for each in Effect])),
        frequency_hz=_frequency(told.get("frequency_hz")),
        techniques=_techniques(told.get("techniques", ())),
        norad_cat_id=_number(told.get("norad_cat_id")),
        releasable_to=_audience(told),
        tlp=_tlp(told),
    )


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadMessage("is missing, or no text", field=name, next_step="fill it in")
    return plain_text(value, name)


def plain_text(value: str, name: str) -> str:
    """Return what somebody outside wrote, if it is only text.

    Raises: BadMessage for more than fits a form, and for what would steer a terminal or turn text around.
    """
    if len(value) > LONGEST:
        raise BadMessage(f"has more than {LONGEST:,} characters", field=name, next_step="attach a document")
    for place, character in enumerate(value):
        if not character.isprintable() and character not in "\n\t":
            raise BadMessage(
                f"character {place + 1} is {character!a}", field=name, next_step="write plain text"
            )
    return value.strip()


def _one_of(told: Mapping[str, object], name: str, known: list[str]) -> str:
    value = told.get(name)
    if value not in known:
        raise BadMessage(f"is {value!r}", field=name, next_step=f"choose one of {', '.join(known)}")
    return str(value)


def _instant(told: Mapping[str, object], name: str) -> int | None:
    value = told.get(name)
    if value is None:
        return None
    try:
        return tai_ns_from_utc(str(value))
    except ValueError as error:
        raise BadMessage(str(error), field=name, next_step="write UTC like 2026-11-25T09:00:00Z") from error


def _frequency(value: object) -> float | None:
    if value is None:
        return None
    # Nothing in use for satellites lies outside; a frequency in MHz would.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1e6 <= value <= 1e12:
        raise BadMessage(f"is {value!r}", field="frequency_hz", next_step="write hertz, like 1575.42e6")
    return float(value)


def _number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999_999_999:
        raise BadMessage(f"is {value!r}", field="norad_cat_id", next_step="write a catalogue number, or none")
    return value


def _techniques(value: object) -> tuple[str, ...]:
    words = _words(value, "techniques")
    for word in words:
        if not TECHNIQUE.fullmatch(word):
            raise BadMessage(
                f"{word!r} is no SPARTA technique", field="techniques", next_step="write like EX-0014.03"
            )
    return words


def _tlp(told: Mapping[str, object]) -> str:
    if told.get("tlp") is None:
        return ""
    tlp = _one_of(told, "tlp", list(TLP))
    if tlp in FOR_NOBODY_ELSE and told.get("releasable_to"):
        raise BadMessage(
            f"is {tlp}, yet releasable_to names others", field="tlp", next_step="take one of the two away"
        )
    return tlp


def _audience(told: Mapping[str, object]) -> frozenset[str]:
    words = frozenset(_words(told.get("releasable_to", ()), "releasable_to"))
    try:
        return Marking(releasable_to=words).releasable_to
    except ValueError as error:
        raise BadMessage(str(error), field="releasable_to", next_step='write like ["NL", "DE"]') from error


def _words(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(word, str) and word.strip() for word in value
    ):
        raise BadMessage("is no list of words", field=name, next_step='write like ["NL", "DE"]')
    return tuple(value)
