"""What is sent in over HTTP: one shape an act, nothing unknown let through."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from baken.incident.lifecycle import Step
from baken.records.evidence import EntryKind
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.incident import IncidentKind
from baken.records.marking import Realm

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


Seen = Annotated[
    int | None, Field(ge=0, description="How many entries of the incident were read; more by now is a 409.")
]


class Strict(BaseModel):
    """A body that says nothing but what is asked."""

    model_config = ConfigDict(extra="forbid")


class Labelled(Strict):
    """Something said under a label; what nobody labels is its owner's only."""

    label: Annotated[
        str, Field(max_length=500, description="Who else may see it, and what it asks: DE, FR; TLP:GREEN")
    ] = ""


class Opening(Labelled):
    """A new incident, with what it begins with."""

    title: Line
    kind: IncidentKind
    because: Words
    event_ids: list[Line] = Field(default_factory=list, max_length=100)
    realm: Realm = Realm.REAL


class Advance(Labelled):
    """One step further, and why."""

    step: Step
    because: Words
    seen: Seen = None


class Joining(Labelled):
    """Either an event or a piece of evidence, by name."""

    name: Line
    because: Annotated[str, StringConstraints(max_length=10_000)] = ""
    seen: Seen = None


class Leaving(Labelled):
    """What leaves an incident again, by name, and why."""

    name: Line
    because: Words
    seen: Seen = None


class Judging(Labelled):
    """A person's judgement of one thing, beside what a rule said."""

    name: Line
    value: Annotated[str, StringConstraints(max_length=200)]
    because: Annotated[str, StringConstraints(max_length=10_000)] = ""
    seen: Seen = None


class Acknowledging(Strict):
    """Taking on what was assigned."""

    seen: Seen = None


class OpeningFromReport(Labelled):
    """A report from outside that an officer finds worth following."""

    entry_id: Line
    because: Annotated[str, StringConstraints(max_length=10_000)] = ""
    realm: Realm = Realm.REAL


class Offering(Strict):
    """The watch, offered to somebody, with what he has to know."""

    to: Line
    note: Annotated[str, StringConstraints(max_length=10_000)] = ""
    realm: Realm = Realm.REAL


class Taking(Strict):
    """The watch of a world, taken by whoever it was offered to."""

    realm: Realm = Realm.REAL


class AddingToReport(Strict):
    """What a reporter says later."""

    text: Words


class Noting(Labelled):
    """A note, or one in place of an earlier note, which stays readable."""

    text: Words
    replaces: Annotated[str, StringConstraints(pattern=r"^(EV-[0-9]{1,12})?$")] = ""
    seen: Seen = None


class Adding(Labelled):
    """One more explanation for the list."""

    hypothesis_id: Line
    text: Words
    benign: bool


class Grading(Labelled):
    """How reliable a source is, and how credible what it says."""

    entry_id: Line
    reliability: Reliability
    credibility: Credibility
    independence_group: Annotated[str, StringConstraints(max_length=200)] = ""


class Rating(Labelled):
    """How a piece of evidence sits with explanations."""

    entry_id: Line
    fits: dict[str, Fit] = Field(min_length=1, max_length=100)


class Estimating(Labelled):
    """How likely an explanation is and, apart from that, on how good a basis."""

    hypothesis_id: Line
    likelihood: Likelihood
    confidence: Confidence
    because: Words


class Remarking(Labelled):
    """What is not known, or who judges otherwise."""

    kind: EntryKind
    text: Words


class Recording(Strict):
    """A signed determination, and the keys of authorities whose signature is accepted."""

    note: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    keys: list[Line] = Field(min_length=1, max_length=20)


class Reporting(Strict):
    """What an operator reports from outside."""

    reporter: Words
    organisation: Words
    contact: Words
    kind: IncidentKind
    system: Words
    what: Words
    observed_from_utc: Line
    observed_to_utc: Line | None = None
    segment: Line = "unknown"
    effect: Line = "unknown"
    frequency_hz: float | None = None
    norad_cat_id: int | None = None
    techniques: list[Line] = Field(default_factory=list, max_length=50)
    releasable_to: list[Line] = Field(default_factory=list, max_length=100)


class Receipted(BaseModel):
    """The name of a report, and the code by which its reporter asks after it."""

    report: str
    code: str


class Added(BaseModel):
    """To which report something was added."""

    report: str


class Kept(BaseModel):
    """The names under which entries were kept."""

    entry_ids: list[str]
