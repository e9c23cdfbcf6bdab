"""What is sent in over HTTP about a response: one shape an act, nothing unknown let through."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, WithJsonSchema

from baken.astro.time import tai_ns_from_utc
from baken.records.incident import Severity
from baken.records.measure import Outcome
from baken.records.response import Way
from baken.records.response_standing import Pap, RequestKind
from baken.web.models import Line, Seen, Strict, Words


def _instant_tai_ns(text: object) -> int:
    if not isinstance(text, str):
        raise ValueError("write UTC like 2026-11-22T09:00:00Z")
    return tai_ns_from_utc(text)


Utc = Annotated[
    int,
    BeforeValidator(_instant_tai_ns),
    WithJsonSchema({"type": "string", "examples": ["2026-11-22T09:00:00Z"]}),
]
PlanName = Annotated[str, StringConstraints(max_length=200)]


class Beginning(Strict):
    """A plan to begin: the one named, else the one that holds for the incident's kind and severity."""

    because: Words
    mechanism: Line = "nl"
    plan: PlanName = ""
    approve_call_outs: bool = False


class Acting(Strict):
    """Something done about a response: of one plan, where there are more."""

    plan: PlanName = ""
    seen: Seen = None


class Completing(Acting):
    """What was done; of a decision, how it went."""

    because: Words
    outcome: Annotated[str, StringConstraints(max_length=200)] = ""


class Reasoned(Acting):
    """Something done for a reason."""

    because: Words


class OfLetters(Strict):
    """Letters by their keys, and why."""

    keys: list[Line] = Field(min_length=1, max_length=200)
    because: Words
    seen: Seen = None


class Telling(Strict):
    """A letter that was told by telephone, and what was heard."""

    key: Line
    said: Words
    seen: Seen = None


class AskingFor(Acting):
    """What is asked of whom: of which object in which span, for what, and what may be noticed."""

    kind: RequestKind
    of: Line
    purpose: Words
    noticeable: Words
    due_at_tai_ns: Utc = Field(alias="due_utc")
    pap: Pap = Pap.RED
    object_id: Annotated[str, StringConstraints(max_length=200)] = ""
    from_tai_ns: Utc | None = Field(default=None, alias="from_utc")
    to_tai_ns: Utc | None = Field(default=None, alias="to_utc")
    priority: Annotated[int, Field(ge=1, le=5)] = 3


class AnswerAct(StrEnum):
    """What may come of a request."""

    ACCEPT = "accept"
    ANSWER = "answer"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Answering(Strict):
    """What came of a request, with the entries that came as answer."""

    act: AnswerAct
    because: Words
    entry_ids: list[Line] = Field(default_factory=list, max_length=100)
    seen: Seen = None


class ReportingSituation(Acting):
    """A situation report, in the words of whoever makes it."""

    text: Words


class PuttingOff(Reasoned):
    """Until when the report that is due is put off, and why."""

    until_tai_ns: Utc = Field(alias="until_utc")


class Learning(Strict):
    """Something to do better, who takes it up, and by which day."""

    text: Words
    owner: Annotated[str, StringConstraints(max_length=200)] = ""
    due_on: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    seen: Seen = None


class Closing(Strict):
    """What was done with a lesson."""

    because: Words
    seen: Seen = None


class AcknowledgingByCode(Strict):
    """The code of a letter, of which incident, and who says it."""

    incident: Annotated[str, StringConstraints(max_length=60)]
    code: Annotated[str, StringConstraints(max_length=100)]
    who: Line


class TakingDown(Strict):
    """The code of a letter and who said it, as somebody heard it over the telephone."""

    code: Annotated[str, StringConstraints(max_length=100)]
    who: Line


class Acknowledged(BaseModel):
    """What stood in the letter: nothing else is told."""

    letter: str
    taken_on: bool
    task: str = ""
    due_utc: str | None = None


class Proposing(Strict):
    """Why a measure is proposed."""

    because: Words


class Deciding(Strict):
    """How those who may decide of a measure decided, who they are, and why."""

    outcome: Outcome
    decider: Line
    because: Words


class GivenAnswer(Strict):
    """What somebody answers to one question."""

    question: Line
    text: Words


class AnsweringQuestions(Strict):
    """Answers to questions of a checklist, each kept."""

    answers: list[GivenAnswer] = Field(min_length=1, max_length=100)


class Trying(Strict):
    """A plan to play on an invented case: how grave, who is silent, which letters fail when, for how long."""

    severity: Severity = Severity.SERIOUS
    silent: list[Line] = Field(default_factory=list, max_length=100)
    outages: list[Line] = Field(default_factory=list, max_length=20)
    hours: Annotated[float, Field(ge=0.1, le=72.0)] = 24.0
    language: Annotated[str, StringConstraints(pattern="^(en|nl)$")] = "en"


class Calling(Strict):
    """A contact to try: of which role, by which way, the first when none is said."""

    role: Line
    way: Way | None = None


class Reaching(Calling):
    """A contact somebody reached himself, and who answered."""

    who: Line


class AnsweringCall(Strict):
    """The code of a test call, and who said it."""

    code: Annotated[str, StringConstraints(max_length=100)]
    who: Annotated[str, StringConstraints(max_length=200)] = ""


class BringingPlaybook(Strict):
    """A CACAO 2.0 playbook, as text."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500_000)]
