"""Taking evidence in over HTTP: what somebody says, and files as they came."""

from typing import Annotated

from fastapi import APIRouter, Depends

from baken.operations.desk import has_what_its_label_names
from baken.operations.keep_evidence import keep
from baken.operations.take_evidence import Taken, entry_of_content, entry_of_statement
from baken.records.evidence import Entry, EntryKind
from baken.web.evidence_models import Bringing, Stating
from baken.web.labels import asked_marking
from baken.web.models import Kept
from baken.web.service import Service, service_of
from baken.wiring.files import media_type

router = APIRouter(prefix="/evidence", tags=["evidence"])
At = Annotated[Service, Depends(service_of)]


@router.post("", status_code=201)
def state(at: At, stating: Stating) -> Kept:
    """Keep what somebody says as evidence; it is never changed."""
    return _kept(at, entry_of_statement(_taken(at, stating)))


@router.post("/files", status_code=201)
def bring(at: At, bringing: Bringing) -> Kept:
    """Keep a file as evidence, in the bytes in which it came."""
    taken, content = _taken(at, bringing), bringing.content_bytes()
    # The bytes before the entry: no entry ever speaks of what is not there.
    at.log.keep_content(content)
    entry = entry_of_content(
        content,
        name=bringing.name,
        media_type=media_type(bringing.name),
        kind=EntryKind(bringing.kind.value),
        taken=taken,
    )
    return _kept(at, entry)


def _taken(at: Service, said: Stating) -> Taken:
    return Taken(
        subject=said.about,
        actor=at.actor,
        at_tai_ns=at.now_tai_ns(),
        title=said.title,
        text=said.text,
        source=said.source,
        source_time_utc=said.checked_time(),
        realm=said.realm,
        marking=asked_marking(at, said.label),
    )


def _kept(at: Service, entry: Entry) -> Kept:
    kept = keep(at.log, [has_what_its_label_names(entry)], at_tai_ns=at.now_tai_ns(), luck=at.luck)
    return Kept(entry_ids=[each.entry_id for each in kept])
