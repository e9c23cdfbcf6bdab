"""Trying over HTTP whether a contact still answers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from baken.operations.send_notices import Mail
from baken.operations.try_contact import answer_call, answered_by_hand, call_contact, contact_to_try
from baken.records.response import Contact, Mechanism
from baken.web.guesses import guessing
from baken.web.incidents import Document
from baken.web.response_models import AnsweringCall, Calling, Reaching
from baken.web.service import Service, service_of
from baken.wiring import mechanisms
from baken.wiring.mail import mail_of

router = APIRouter(prefix="/mechanisms/{name}/calls", tags=["mechanisms"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(max_length=200)]


@router.post("", status_code=201)
def call(at: At, name: Name, said: Calling) -> Document:
    """Send a contact a letter that asks for nothing but its code, and return what the other side said."""
    mechanism, mail, contact = _meant(at, name, said)
    return {"role": said.role, "said": call_contact(at.desk(), mail, mechanism, contact)}


@router.post("/answers", status_code=201)
def answer(at: At, name: Name, said: AnsweringCall) -> Document:
    """Keep that a test call was answered with its code, and return the role that answers."""
    desk = at.desk()
    with guessing(at.guesses, f"calls of {name}", desk.at_tai_ns):
        return {"role": answer_call(desk, said.code, said.who), "said": "answered"}


@router.post("/by-hand", status_code=201)
def reached(at: At, name: Name, said: Reaching) -> Document:
    """Keep that whoever acts reached a contact himself, and who spoke."""
    _, _, contact = _meant(at, name, said)
    answered_by_hand(at.desk(), contact, said.who)
    return {"role": said.role, "said": "answered"}


def _meant(at: Service, name: str, said: Calling) -> tuple[Mechanism, Mail, Contact]:
    mechanism, mail = mechanisms.mechanism(at.home, name), mail_of(at.home, at.store.node_name())
    return mechanism, mail, contact_to_try(mail, mechanism, said.role, said.way.value if said.way else "")
