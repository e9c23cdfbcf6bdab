"""Requests as they follow from the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from baken.errors import WrongUsage
from baken.records.evidence import Entry
from baken.records.response_standing import Pap, Request, RequestKind, RequestStage

ASK = "ask"
# An answer may be given with or without a promise before it.
NEXT: Mapping[RequestStage, Mapping[str, RequestStage]] = {
    RequestStage.ASKED: {
        "accept": RequestStage.ACCEPTED,
        "answer": RequestStage.ANSWERED,
        "decline": RequestStage.DECLINED,
        "withdraw": RequestStage.WITHDRAWN,
    },
    RequestStage.ACCEPTED: {
        "answer": RequestStage.ANSWERED,
        "decline": RequestStage.DECLINED,
        "withdraw": RequestStage.WITHDRAWN,
    },
    RequestStage.ANSWERED: {},
    RequestStage.DECLINED: {},
    RequestStage.WITHDRAWN: {},
}


@dataclass(slots=True)
class Requests:
    """The requests of one response, by name."""

    by_id: dict[str, Request] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Let one more entry about a request be said.

        Raises: ValueError for one nobody made; WrongUsage for what cannot happen to it any more.
        """
        name = entry.text("request")
        if entry.text("act") == ASK:
            if name in self.by_id:
                raise ValueError(f"the request {name} was made before")
            self.by_id[name] = _asked(entry)
            return
        if name not in self.by_id:
            raise ValueError(f"no request is called {name}")
        self.by_id[name] = _answered(self.by_id[name], entry)


def advance_request(stage: RequestStage, act: str) -> RequestStage:
    """Return the stage that follows.

    Raises: WrongUsage with what there is.
    """
    if act not in NEXT[stage]:
        offered = " or ".join(NEXT[stage]) or "nothing any more"
        raise WrongUsage(f"a request that is {stage} cannot {act}; it can {offered}")
    return NEXT[stage][act]


def _asked(entry: Entry) -> Request:
    return Request(
        request_id=entry.text("request"),
        kind=RequestKind(entry.text("kind_of_request")),
        of=entry.text("role"),
        object_id=entry.text("object_id"),
        from_tai_ns=_instant(entry, "from_tai_ns"),
        to_tai_ns=_instant(entry, "to_tai_ns"),
        purpose=entry.text("purpose"),
        priority=int(entry.text("priority")),
        pap=Pap(entry.text("pap")),
        noticeable=entry.text("noticeable"),
        asked_by=entry.actor,
        asked_at_tai_ns=entry.at_tai_ns,
        due_at_tai_ns=int(entry.text("due_at_tai_ns")),
    )


def _answered(request: Request, entry: Entry) -> Request:
    answered_by_entries = entry.value("entry_ids") or ()
    if not isinstance(answered_by_entries, tuple):
        raise ValueError("an answer names its entries as a list")
    return replace(
        request,
        stage=advance_request(request.stage, entry.text("act")),
        answer=entry.text("text"),
        answered_by=entry.actor,
        answered_at_tai_ns=entry.at_tai_ns,
        answer_entry_ids=tuple(map(str, answered_by_entries)),
    )


def _instant(entry: Entry, name: str) -> int | None:
    return int(entry.text(name)) if entry.text(name) else None
