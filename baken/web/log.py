"""The log over HTTP: entries of every kind, the newest first, and what it was last signed as."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from baken.errors import RefusedByPolicy
from baken.operations.evidence_ports import KeptCheckpoint
from baken.operations.keep_evidence import THE_LIST, keep_access, known_subject
from baken.operations.partner_entries import standings_among
from baken.operations.sign_log import newest_checkpoint
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.web.evidence import ENTRY_NAME
from baken.web.incidents import Document, entry_sequence
from baken.web.paging import LARGEST_PAGE
from baken.web.service import Service, service_of
from baken.wiring.log_documents import checkpoint_document, log_document

router = APIRouter(prefix="/log", tags=["evidence"])
At = Annotated[Service, Depends(service_of)]
# What was done to people has a page of its own, for auditors.
HERE = frozenset(set(EntryKind) - {EntryKind.PEOPLE})


@router.get("")
def read(
    at: At,
    realm: Realm = Realm.REAL,
    kind: EntryKind | None = None,
    subject: Annotated[str | None, Query(pattern="^[A-Za-z0-9/-]{1,80}$")] = None,
    actor: Annotated[str | None, Query(max_length=80)] = None,
    before: Annotated[str | None, Query(pattern=ENTRY_NAME)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 100,
) -> Document:
    """Return the log of a world, the newest first, page by page; who looked is kept, once an hour."""
    keep_access(
        at.log,
        realm,
        thing=THE_LIST,
        about=known_subject(at.log, realm, subject),
        actor=at.actor,
        at_tai_ns=at.now_tai_ns(),
        luck=at.luck,
    )
    kinds = HERE if kind is None else HERE & {kind}
    end = None if before is None else entry_sequence(before)
    wanted = [
        kept
        for kept in at.log.entries(realm, subject=subject, kinds=kinds)
        if (end is None or kept.sequence < end) and (actor is None or kept.entry.actor == actor)
    ]
    page = wanted[: -limit - 1 : -1]
    following = page[-1].entry_id if len(wanted) > limit else None
    standings = standings_among(at.log, realm, page, at.now_tai_ns())
    return log_document(page, before=following, standings=standings)


@router.get("/head")
def head(at: At, realm: Realm = Realm.REAL) -> Document:
    """Return how long the log is, and its newest signed checkpoint: that one to whoever keeps the home."""
    kept, refused = _newest(at, realm)
    return {
        "size": at.log.size(realm),
        "checkpoint": None if kept is None else checkpoint_document(kept),
        "refused": refused,
    }


def _newest(at: Service, realm: Realm) -> tuple[KeptCheckpoint | None, str]:
    try:
        return newest_checkpoint(at.log, realm), ""
    except RefusedByPolicy as error:
        # A checkpoint counts the whole log; who sees a part of it is told so, and sees the rest.
        return None, str(error)
