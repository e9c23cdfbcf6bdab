"""The response to a case in a scenario: what the script does of it, and the cast between two acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from baken.errors import UnreadableInput, WrongUsage
from baken.exercise.cast_file import NANOSECONDS_AN_HOUR
from baken.exercise.rehearsal import Cast, rehearse_until
from baken.exercise.scenario import Act
from baken.operations.ask_others import Asking, answer_request, ask
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck
from baken.operations.report_situation import issue_situation, note_lesson
from baken.operations.response_state import response
from baken.operations.send_notices import Mail
from baken.operations.start_response import start_response
from baken.operations.work_on_task import complete_task, drop_task, stand_down
from baken.records.incident import IncidentId
from baken.records.response_standing import Pap, RequestKind


@dataclass(slots=True)
class Responding:
    """A response as it is played: with which mechanism, mail and cast, and how far the clock has run.

    ``request_of`` are the requests by the labels later acts call them by.
    """

    log: EvidenceLog
    luck: Luck
    mechanism_text: str
    mail: Mail
    cast: Cast
    now_tai_ns: int | None = None
    request_of: dict[str, str] = field(default_factory=dict)

    def desk(self, actor: str, at_tai_ns: int) -> Desk:
        """Return somebody's desk; what he says of the response is for its owner only."""
        return Desk(log=self.log, actor=actor, at_tai_ns=at_tai_ns, luck=self.luck)

    def run_on(self, incident_id: IncidentId | None, until_tai_ns: int) -> None:
        """Let the cast and the clocks go on to an instant, once a response was begun."""
        if self.now_tai_ns is None or incident_id is None:
            return
        rehearse_until(self.desk, incident_id, self.mail, self.cast, self.now_tai_ns, until_tai_ns)
        self.now_tai_ns = until_tai_ns

    def do(self, act: Act, incident_id: IncidentId, entry_ids: Sequence[str], object_id: str) -> None:
        """Do what an act of the script says.

        Raises: UnreadableInput or WrongUsage for what cannot be done now, for instance since the cast did it.
        """
        if act.do != "respond" and self.now_tai_ns is None:
            raise WrongUsage('no response was begun yet; put an act with do = "respond" before it')
        desk = self.desk(act.who, act.at_tai_ns)
        if act.do == "request":
            self._ask(desk, act, incident_id, object_id)
        elif act.do == "answer":
            self._answer(desk, act, incident_id, tuple(entry_ids))
        else:
            DONE[act.do](self, desk, incident_id, act)
        self.now_tai_ns = act.at_tai_ns

    def _ask(self, desk: Desk, act: Act, incident_id: IncidentId, object_id: str) -> None:
        hour = NANOSECONDS_AN_HOUR
        has_span = act.told.has("from_h") or act.told.has("to_h")
        asking = Asking(
            kind=RequestKind(act.text("kind")),
            of=act.text("of"),
            purpose=act.text("purpose"),
            due_at_tai_ns=act.at_tai_ns + round(act.number_of("due_h", 0.0) * hour),
            pap=Pap(act.text("pap", Pap.RED.value)),
            noticeable=act.text("noticeable"),
            object_id=object_id,
            from_tai_ns=act.at_tai_ns + round(act.number_of("from_h", 0.0) * hour) if has_span else None,
            to_tai_ns=act.at_tai_ns + round(act.number_of("to_h", 0.0) * hour) if has_span else None,
            priority=round(act.number_of("priority", 3)),
        )
        found = ask(desk, incident_id, asking, self.mail.directory, plan_id=act.text("plan"))
        self.request_of[act.label or found.requests[-1].request_id] = found.requests[-1].request_id

    def _answer(self, desk: Desk, act: Act, incident_id: IncidentId, entry_ids: tuple[str, ...]) -> None:
        name = act.text("request")
        if name not in self.request_of:
            known = ", ".join(sorted(self.request_of)) or "none"
            raise UnreadableInput(f"{act.place} request: nothing asked is called {name!r}; there are {known}")
        answer_request(
            desk,
            incident_id,
            self.request_of[name],
            act.text("step", "answer"),
            act.text("text"),
            entry_ids=entry_ids,
        )


def _respond(part: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    start_response(
        desk,
        incident_id,
        part.mechanism_text,
        act.text("because"),
        plan_id=act.text("plan"),
        approve_call_outs=act.truth("approve_call_outs"),
    )


def _complete(_: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    complete_task(
        desk,
        incident_id,
        act.text("task"),
        act.text("because"),
        outcome=act.text("outcome"),
        plan_id=act.text("plan"),
    )


def _drop(_: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    drop_task(desk, incident_id, act.text("task"), act.text("because"), plan_id=act.text("plan"))


def _situation(part: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    number = round(act.number_of("number", 0))
    called = [one.number for plan in response(part.log, incident_id).plans for one in plan.situations]
    if number not in called:
        raise WrongUsage(f"situation report {number} is not called for yet; it comes half an hour before")
    issue_situation(desk, incident_id, act.text("text"), part.mail.directory, plan_id=act.text("plan"))


def _lesson(_: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    note_lesson(desk, incident_id, act.text("text"), owner=act.text("owner"), due_on=act.text("due_on"))


def _stand_down(_: Responding, desk: Desk, incident_id: IncidentId, act: Act) -> None:
    stand_down(desk, incident_id, act.text("because"), plan_id=act.text("plan"))


DONE: Mapping[str, Callable[[Responding, Desk, IncidentId, Act], None]] = {
    "respond": _respond,
    "complete": _complete,
    "drop": _drop,
    "situation": _situation,
    "lesson": _lesson,
    "stand down": _stand_down,
}
