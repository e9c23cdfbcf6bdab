"""People over HTTP: who there is, what is done to them, and for auditors all that was done.

Making accounts and giving ways to come in is for the command line, where a telephone reads a picture.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field, StringConstraints

from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.keep_evidence import THE_LOG, keep_access
from baken.operations.manage_people import do
from baken.operations.sign_in import keep_at_door
from baken.people.acts import DONE_BY, GIVEN_BY, Act, Verb, roles_that_may
from baken.people.telling import OF_PEOPLE, title_of
from baken.records.account import LONGEST_TEXT, NAME, Account, Right
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.marking import Realm
from baken.web.entrance import Entrance, account_of_request, address_of
from baken.web.incidents import Document
from baken.web.models import Strict
from baken.web.paging import LARGEST_PAGE, page_of
from baken.web.service import Service, node_of, service_of
from baken.web.session import entrance_there
from baken.wiring.classifications import refuse_unknown_levels
from baken.wiring.entry_documents import entry_document
from baken.wiring.people_documents import account_document

router = APIRouter(prefix="/people", tags=["people"])
At = Annotated[Entrance, Depends(entrance_there)]
Who = Annotated[Account | None, Depends(account_of_request)]
PLACE = frozenset({"entry_id", "sequence"})
OVER_HTTP = frozenset(set(Verb) - {Verb.ADD, Verb.RESET, Verb.PASSWORD, Verb.TOKEN})


class Acting(Strict):
    """One thing that is done to somebody, or to a group."""

    verb: Verb
    of: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    right: Right | None = None
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)] = ""


@router.get("")
def list_people(at: At) -> Document:
    """Return every account and group as it stands, and which roles may give and do what."""
    roster = at.roster()
    return {
        "marking": OF_PEOPLE.text,
        "given_by": {right.value: sorted(roles) for right, roles in GIVEN_BY.items()},
        "done_by": {verb.value: sorted(roles) for verb, roles in DONE_BY.items() if verb in OVER_HTTP},
        "accounts": [account_document(roster.accounts[name]) for name in sorted(roster.accounts)],
        "groups": [
            {
                "name": name,
                "roles": sorted(group.roles),
                "audiences": sorted(group.audiences),
                "given_by": sorted(roles_that_may(roster, _let_into(name))),
            }
            for name, group in sorted(roster.groups.items())
        ],
    }


@router.get("/log")
def read_log(
    at: At,
    who: Who,
    his: Annotated[Service, Depends(service_of)],
    realm: Realm = Realm.REAL,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> Document:
    """Return what was done to people, who came in and was refused, who looked at what; the newest first.

    Who looked at what the asker may not know of is not told, nor where in the log anything stands, since that
    would count what is kept from him; that he asked is kept, once an hour.
    """
    desk = at.desk(who.name if who else at.keeper.name)
    keep_access(
        at.log,
        realm,
        thing="the log of people",
        about=THE_LOG,
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        luck=at.luck,
    )
    of_people = at.log.entries(realm, kinds={EntryKind.PEOPLE})
    looks = his.log.entries(realm, kinds={EntryKind.ACCESS})
    told = sorted((*of_people, *looks), key=lambda kept: kept.kept_at_tai_ns)[::-1]
    page, following = page_of(told, cursor, limit)
    return {"entries": list(map(_without_place, page)), "next_cursor": following}


def _let_into(group: str) -> Act:
    return Act(by="", verb=Verb.GIVE, of="", right=Right.GROUP, value=group)


def _without_place(kept: KeptEntry) -> Document:
    document = entry_document(kept)
    return {name: value for name, value in document.items() if name not in PLACE}


@router.post("/acts", status_code=201)
def act(at: At, who: Who, request: Request, said: Acting) -> Document:
    """Do something to somebody, or to a group, if it is yours to do; that it was not is kept as well."""
    if who is None:
        raise RefusedByPolicy("people are managed by people with an account; sign in first")
    if said.verb not in OVER_HTTP:
        raise WrongUsage(f"{said.verb} is not done over HTTP; see 'baken people'")
    if (said.verb, said.right) == (Verb.GIVE, Right.CLEARANCE):
        refuse_unknown_levels(node_of(request).home, [said.value])
    done = Act(by=who.name, verb=said.verb, of=said.of, right=said.right, value=said.value)
    try:
        roster = do(at.desk(who.name), done)
    except RefusedByPolicy as error:
        about = (("about", title_of(done)), ("because", str(error)))
        keep_at_door(at.desk(who.name), "not allowed", who.name, address_of(request), *about)
        raise
    changed = roster.accounts.get(said.of)
    return {"done": said.verb.value, "account": account_document(changed) if changed else None}
