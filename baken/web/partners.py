"""Partners over HTTP: with whom this node shares, what passed, and what each would get today."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from baken.operations.partner_entries import look_at_partner
from baken.records.marking import Realm
from baken.records.reader import Keeper, Reader
from baken.web.entrance import reader_of_request
from baken.web.incidents import At, Document
from baken.web.service import Service
from baken.wiring.partner_overview import (
    Overview,
    overview,
    partner_overview,
    partners_overview,
    refuse_unknown,
)

router = APIRouter(prefix="/partners", tags=["partners"])
Who = Annotated[Reader | Keeper, Depends(reader_of_request)]
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


@router.get("")
def list_partners(at: At, who: Who, realm: Realm = Realm.REAL) -> Document:
    """Return one line for each partner; the files of partners are for whoever acts for this node."""
    return partners_overview(_overview(at, who, realm))


@router.get("/{partner}")
def show(at: At, who: Who, partner: Code, realm: Realm = Realm.REAL) -> Document:
    """Return all there is to know of one partner; who looked is kept, once an hour."""
    told = _overview(at, who, realm)
    refuse_unknown(told, partner)
    return partner_overview(told, partner, look_at_partner(at.desk(), realm, partner))


def _overview(at: Service, who: Reader | Keeper, realm: Realm) -> Overview:
    return overview(at.home, at.log, who, at.store.node_name(), realm, at.now_tai_ns())
