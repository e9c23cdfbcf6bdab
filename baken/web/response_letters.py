"""Letters of a response over HTTP: shown, approved, withdrawn, told, and sent once a person approved them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends

from baken.errors import WrongUsage
from baken.operations.advance_response import advance_response, engine_of
from baken.operations.desk import Desk
from baken.operations.response_state import begun_response, label_of_response, look_at_response
from baken.operations.send_notices import (
    approve_notices,
    deliver_due,
    label_of_notice,
    told_by_telephone,
    withdraw_notices,
)
from baken.records.incident import IncidentId
from baken.records.response import Directory
from baken.records.response_standing import Notice, ResponseStanding
from baken.respond.deliveries import delivery_of, is_moot
from baken.respond.notice_life import ARRIVED
from baken.web.incidents import Document, Id
from baken.web.response_models import OfLetters, Telling
from baken.web.service import Service, service_of
from baken.wiring.mail import mail_of
from baken.wiring.mechanisms import directory
from baken.wiring.response_documents import notice_document

router = APIRouter(prefix="/incidents/{incident}/response/notices", tags=["response"])
At = Annotated[Service, Depends(service_of)]


@router.get("")
def show(at: At, incident: Id) -> Document:
    """Return the letters, word for word but for their codes."""
    desk = at.desk()
    return _letters(at, desk, look_at_response(desk, incident))


@router.post("/approvals")
def approve(at: At, incident: Id, said: OfLetters) -> Document:
    """Approve letters that were read: they may go."""
    return _done(
        at, incident, lambda desk: approve_notices(desk, incident, said.keys, said.because, seen=said.seen)
    )


@router.post("/withdrawals")
def withdraw(at: At, incident: Id, said: OfLetters) -> Document:
    """Keep letters from going that have not arrived yet."""
    return _done(
        at, incident, lambda desk: withdraw_notices(desk, incident, said.keys, said.because, seen=said.seen)
    )


@router.post("/told")
def tell(at: At, incident: Id, said: Telling) -> Document:
    """Keep that a letter was told over the telephone."""
    return _done(
        at, incident, lambda desk: told_by_telephone(desk, incident, said.key, said.said, seen=said.seen)
    )


@router.post("/deliveries")
def deliver(at: At, incident: Id) -> Document:
    """Send now what is approved and due; only where this home has ways for letters to leave."""
    mail = mail_of(at.home, at.store.node_name())
    if not mail.transports:
        raise WrongUsage("no letter can leave this home; say in its transports.toml how they may")
    engine = engine_of(at.desk())
    sent = deliver_due(engine, incident, mail)
    advance_response(engine, incident, mail.directory)
    tries = [{"key": one.notice_key, "step": one.step.value, "said": one.said} for one in sent]
    return {"tried": tries, **_letters(at, engine, begun_response(engine.log, incident))}


def _done(at: Service, incident: IncidentId, act: Callable[[Desk], object]) -> Document:
    desk, people = at.desk(), directory(at.home)
    act(desk)
    advance_response(engine_of(desk), incident, people)
    return _letters(at, desk, begun_response(desk.log, incident))


def _letters(at: Service, desk: Desk, found: ResponseStanding) -> Document:
    """Return the letters, each with the label it leaves with, the way it goes, and whether it is moot."""
    people, node = at.directory(), at.store.node_name()
    return {
        "incident_id": str(found.incident_id),
        "entries": found.n_entries,
        "notices": [
            {
                **notice_document(notice),
                "leaves_as": label_of_notice(desk, found, notice, node).text,
                "moot": is_moot(found, notice) and notice.stage not in ARRIVED,
                "way": _way(notice, people),
            }
            for notice in found.notices
        ],
        "marking": label_of_response(desk.log, found.incident_id).text,
    }


def _way(notice: Notice, people: Directory) -> Document | None:
    """Return by which way a letter goes next, and to where; None where nobody wrote down how."""
    contacts = people.contacts_of(notice.role_id)
    delivery = delivery_of(notice, contacts)
    contact = delivery.contact if delivery else next(iter(contacts), None)
    return None if contact is None else {"way": contact.way.value, "address": contact.address}
