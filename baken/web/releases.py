"""Releases over HTTP: explained, proposed, signed elsewhere, recalled; sent from where the key lies."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.operations.approve_release import approve_release
from baken.operations.explain_release import Wish
from baken.operations.propose_release import propose_release
from baken.operations.recall_release import recall_release, reject_release
from baken.operations.release_desk import Sharing, labels_of_releases, look_at_release, releases
from baken.operations.release_wish import SaidOfRelease, explained_to, wishes_of
from baken.operations.who_saw_what import who_saw
from baken.records.marking import Marking, Realm, strictest
from baken.records.release import ReleaseId, ReleaseStanding, read_release_id
from baken.share.release_history import as_of
from baken.web.incidents import At, Document
from baken.web.instants import instant_asked
from baken.web.paging import LARGEST_PAGE, page_of
from baken.web.release_models import Deciding, Signing, Wanting
from baken.web.service import Service
from baken.wiring.release_documents import release_document, sighting_document, view_document
from baken.wiring.sharing import sharing_of

router = APIRouter(prefix="/releases", tags=["releases"])


def release_id(
    release: Annotated[str, Path(pattern=r"^[A-Z]{2,8}-RL[0-9]{2}-[0-9]{4,9}$")],
) -> ReleaseId:
    """Read the name in a path."""
    return read_release_id(release)


Id = Annotated[ReleaseId, Depends(release_id)]


@router.get("")
def list_releases(
    at: At,
    realm: Realm = Realm.REAL,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> Document:
    """Return the releases of a world, newest name last, page by page."""
    page, following = page_of(releases(at.log, realm), cursor, limit)
    labels = labels_of_releases(at.log, realm)
    shown = [labels[str(one.release_id)] for one in page]
    return {
        "releases": [_told(at, one, label) for one, label in zip(page, shown, strict=True)],
        "next_cursor": following,
        "marking": strictest(frozenset(shown)).text,
    }


@router.post("/explanations")
def explain(at: At, wanting: Wanting) -> Document:
    """Say what each recipient would see, field by field, and which rule decides it; nothing is released."""
    sharing = _sharing(at)
    views = [explained_to(at.desk(), sharing, wish) for wish in _wishes(at, sharing, wanting)]
    return {"explained": [view_document(view) for view in views]}


@router.post("", status_code=201)
def propose(at: At, wanting: Wanting, response: Response) -> Document:
    """Propose a release to each recipient, under a name of its own; what policy forbids is not proposed."""
    sharing = _sharing(at)
    desk = at.desk()
    proposed = [propose_release(desk, sharing, wish) for wish in _wishes(at, sharing, wanting)]
    response.headers["Location"] = f"/api/v1/releases/{proposed[0].release_id}"
    return {"releases": [_document(at, one) for one in proposed]}


@router.get("/sightings")
def sightings(
    at: At,
    what: Annotated[str, Query(pattern="^[A-Za-z0-9-]{1,60}$")],
    at_utc: str | None = None,
    realm: Realm = Realm.REAL,
) -> Document:
    """Say who saw what of something: releases, dossiers, letters that arrived, and looks at this node."""
    found = who_saw(at.log, what, realm, until_tai_ns=instant_asked(at_utc, "at_utc"))
    labels = [at.log.entry(realm, each.entry_sequence).marking for each in found]
    seen = [
        {**sighting_document(each), "marking": label.text} for each, label in zip(found, labels, strict=True)
    ]
    return {"what": what, "seen": seen, "marking": strictest(frozenset(labels)).text}


@router.get("/{release}")
def show(at: At, release: Id) -> Document:
    """Return one release with the statement to sign; who looked is kept, once an hour."""
    return _document(at, look_at_release(at.desk(), release))


@router.post("/{release}/approvals")
def approve(at: At, release: Id, signing: Signing) -> Document:
    """Keep that whoever asks signed a release, with the key of an authority of this node."""
    signed = approve_release(
        at.desk(), _sharing(at), release, signing.note.encode(), signing.because, seen=signing.seen
    )
    return _document(at, signed)


@router.post("/{release}/rejections")
def reject(at: At, release: Id, deciding: Deciding) -> Document:
    """Say no to a release that was proposed."""
    return _document(at, reject_release(at.desk(), release, deciding.because, seen=deciding.seen))


@router.post("/{release}/recalls")
def recall(at: At, release: Id, deciding: Deciding) -> Document:
    """Take a release back: what has not gone does not go; what went is asked back."""
    return _document(at, recall_release(at.desk(), release, deciding.because, seen=deciding.seen))


def _sharing(at: Service) -> Sharing:
    return sharing_of(at.home, at.store.node_name())


def _document(at: Service, standing: ReleaseStanding) -> Document:
    return _told(at, standing, labels_of_releases(at.log, standing.offer.realm)[str(standing.release_id)])


def _told(at: Service, standing: ReleaseStanding, label: Marking) -> Document:
    return {**release_document(as_of(standing, at.now_tai_ns())), "marking": label.text}


def _wishes(at: Service, sharing: Sharing, wanting: Wanting) -> list[Wish]:
    said = SaidOfRelease(
        what=wanting.what,
        because=wanting.because,
        precision=wanting.precision,
        purpose=wanting.purpose,
        expires_tai_ns=instant_asked(wanting.until_utc, "until_utc"),
        onward=wanting.onward,
        licence=wanting.licence,
        consents=tuple(sorted(wanting.consents.items())),
        title=wanting.title,
        realm=wanting.realm,
    )
    return wishes_of(at.desk(), at.store, sharing, said, list(wanting.recipients))
