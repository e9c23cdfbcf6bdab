"""The rules of sharing over HTTP: what each says, how it is written, and which were asked before."""

from typing import Annotated

from fastapi import APIRouter, Depends

from baken.records.marking import Realm
from baken.records.reader import Keeper, Reader
from baken.web.entrance import reader_of_request
from baken.web.incidents import At, Document
from baken.wiring.house_files import POLICY_FILE, may_read_files
from baken.wiring.policies import policies, shipped_policies
from baken.wiring.policy_documents import policies_document

router = APIRouter(prefix="/policies", tags=["policies"])


@router.get("")
def show(
    at: At, who: Annotated[Reader | Keeper, Depends(reader_of_request)], realm: Realm = Realm.REAL
) -> Document:
    """Return the rules that hold here; those of a state are for whoever acts for this node.

    Baken's own ship with it and are no secret: everybody else is told of those alone.
    """
    node = at.store.node_name()
    is_for_him = may_read_files(at.home, who, POLICY_FILE, node=node, realm=realm)
    held = policies(at.home) if is_for_him else shipped_policies()
    return policies_document(held, at.log, realm, node)
