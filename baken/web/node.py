"""Whom one speaks with, and as whom; and whatever bears a name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from baken.astro.time import utc_text
from baken.operations.find_named import find_named
from baken.records.account import Account
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.web.entrance import account_of_request, entrance_of
from baken.web.incidents import Document
from baken.web.roles import MAY
from baken.web.service import Service, service_of
from baken.wiring.house_files import RULES_FILE
from baken.wiring.rule_documents import rules_document

router = APIRouter(tags=["node"])
At = Annotated[Service, Depends(service_of)]
MOST_FOUND = 20


@router.get("/node")
def show(at: At, request: Request) -> Document:
    """Return what this node is called, what time it is there, who asks, what he may do, in which worlds."""
    account = account_of_request(request)
    entrance = entrance_of(request)
    return {
        "node": at.store.node_name(),
        "version": request.app.version,
        "now_utc": utc_text(at.now_tai_ns(), 3),
        "reader": _reader(at, account),
        "may": [_route(key) for key, roles in MAY.items() if account is None or account.all_roles & roles],
        "acts": {_route(key): sorted(roles) for key, roles in MAY.items()},
        "realms": [_world(at, realm) for realm in Realm],
        "has_accounts": entrance is not None and bool(entrance.roster().accounts),
    }


@router.get("/rules")
def rules(at: At) -> Document:
    """Return the rules in force here: when to look and act, what is grave, which mechanisms there are."""
    people = at.directory()
    return rules_document(
        at.home,
        at.mechanism_texts(),
        tells_own=at.may_read_files(RULES_FILE),
        has_directory=bool(people.contacts or people.shifts),
    )


@router.get("/names")
def find(
    at: At,
    words: Annotated[str, Query(min_length=1, max_length=60)],
    realm: Realm = Realm.REAL,
) -> Document:
    """Find objects, events, incidents and releases by a part of a name, a number or an id."""
    sky = at.skies.of(at.store, at.log, realm, now_tai_ns=at.now_tai_ns())
    found = find_named(at.store, at.log, sky.identities, words, realm, most=MOST_FOUND)
    return {"found": [{"id": each.id, "kind": each.kind, "text": each.text} for each in found]}


def _reader(at: Service, account: Account | None) -> Document:
    return {
        "name": at.actor,
        "person": account.person if account else at.actor,
        "is_keeper": account is None,
        "roles": sorted(account.all_roles) if account else [],
        "acts_for": account.acts_for if account else "",
    }


def _world(at: Service, realm: Realm) -> Document:
    return {
        "realm": realm.value,
        "n_events": len(at.store.events(realm)),
        "n_incidents": at.log.n_entries(realm, kinds={EntryKind.OPENED}),
        "n_objects": len(at.skies.of(at.store, at.log, realm, now_tai_ns=at.now_tai_ns()).identities),
    }


def _route(key: tuple[str, str]) -> str:
    return " ".join(key)
