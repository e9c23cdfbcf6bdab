"""Evidence over HTTP: what stands in the log, each look of it kept."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.errors import NoSuchRecord
from baken.operations.keep_evidence import THE_LIST, keep_access, known_subject
from baken.operations.keep_keys import key_periods
from baken.operations.partner_entries import standings_among
from baken.operations.sign_log import covering_checkpoint, prove_entry
from baken.records.evidence import EVIDENCE_KINDS
from baken.records.marking import Realm
from baken.web.incidents import Document, entry_sequence
from baken.web.paging import LARGEST_PAGE, page_of
from baken.web.service import Service, service_of
from baken.wiring.entry_documents import entry_document
from baken.wiring.evidence_documents import proof_document

router = APIRouter(prefix="/evidence", tags=["evidence"])
ENTRY_NAME = r"^EV-[0-9]{1,12}$"
BYTES = "application/octet-stream"
At = Annotated[Service, Depends(service_of)]


@router.get("")
def list_evidence(
    at: At,
    realm: Realm = Realm.REAL,
    about: Annotated[str | None, Query(pattern="^[A-Za-z0-9-]{1,60}$")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> Document:
    """Return the evidence of a world, in order of place, page by page; who looked is kept, once an hour."""
    _looked(at, realm, THE_LIST, known_subject(at.log, realm, about))
    kept = at.log.entries(realm, subject=about, kinds=EVIDENCE_KINDS)
    page, following = page_of(kept, cursor, limit)
    standings = standings_among(at.log, realm, page, at.now_tai_ns())
    return {"evidence": [entry_document(each, standings) for each in page], "next_cursor": following}


@router.get("/{entry}")
def show(at: At, entry: Annotated[str, Path(pattern=ENTRY_NAME)], realm: Realm = Realm.REAL) -> Document:
    """Return one entry of the log; who looked is kept, once an hour."""
    kept = at.log.entry(realm, entry_sequence(entry))
    _looked(at, realm, kept.entry_id, kept.entry.subject)
    return entry_document(kept, standings_among(at.log, realm, [kept], at.now_tai_ns()))


@router.get("/{entry}/content", response_class=Response, responses={200: {"content": {BYTES: {}}}})
def content(at: At, entry: Annotated[str, Path(pattern=ENTRY_NAME)], realm: Realm = Realm.REAL) -> Response:
    """Return the bytes that belong to an entry, to be kept and never to be run; who took them is kept."""
    kept = at.log.entry(realm, entry_sequence(entry))
    if kept.entry.content is None:
        raise NoSuchRecord(f"{kept.entry_id} has no content")
    given = at.log.content(kept.entry.content.digest)
    _looked(at, realm, f"the content of {kept.entry_id}", kept.entry.subject)
    # Whatever leaves says of which world it is; what it claims to be is a stranger's word.
    name = quote(f"{realm}-{kept.entry_id}-{kept.entry.content.name}", safe="")
    return Response(
        given,
        media_type=BYTES,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.get("/{entry}/proof")
def prove(at: At, entry: Annotated[str, Path(pattern=ENTRY_NAME)], realm: Realm = Realm.REAL) -> Document:
    """Return a proof that an entry is in the log, to be checked by anyone; who asked for it is kept."""
    kept = at.log.entry(realm, entry_sequence(entry))
    checkpoint = covering_checkpoint(at.log, realm, kept.sequence + 1)
    proof = prove_entry(at.log, realm, kept.sequence, checkpoint)
    keys = [period.key for period in key_periods(at.log, realm)]
    _looked(at, realm, f"a proof of {kept.entry_id}", kept.entry.subject)
    return proof_document(kept, proof, checkpoint, keys)


def _looked(at: Service, realm: Realm, thing: str, about: str) -> None:
    keep_access(
        at.log,
        realm,
        thing=thing,
        about=about,
        actor=at.actor,
        at_tai_ns=at.now_tai_ns(),
        luck=at.luck,
    )
