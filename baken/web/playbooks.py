"""Plans as files over HTTP: a mechanism to edit, a plan as a playbook (CACAO 2.0) out, and one in to read.

Nothing that comes in is put in place: a person reads it, corrects it, and puts it there himself.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.formats.cacao import read_cacao, write_cacao
from baken.respond.lint import lint
from baken.respond.mechanism_text import write_mechanism
from baken.respond.playbook import playbook_of
from baken.respond.playbook_import import mechanism_from
from baken.web.incidents import Document
from baken.web.response_models import BringingPlaybook
from baken.web.service import Service, service_of
from baken.wiring.files import said_of
from baken.wiring.mechanisms import text_among
from baken.wiring.response_documents import finding_documents

router = APIRouter(tags=["mechanisms"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(max_length=200)]
Level = Literal["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"]
TOML, JSON = "application/toml", "application/json"


@router.get("/mechanisms/{name}/text", response_class=Response, responses={200: {"content": {TOML: {}}}})
def text(at: At, name: Name) -> Response:
    """Return a mechanism as the file that people edit."""
    return Response(text_among(at.mechanism_texts(), name), media_type=TOML)


@router.get("/playbooks/{name}/{plan}", response_class=Response, responses={200: {"content": {JSON: {}}}})
def export(
    at: At,
    name: Name,
    plan: Name,
    tlp: Annotated[Level, Query()] = "TLP:RED",
    language: Annotated[str, Query(pattern="^(en|nl)$")] = "en",
) -> Response:
    """Return a plan as a playbook: each task a manual step.  It names roles and nobody's telephone."""
    playbook = playbook_of(
        at.mechanism(name),
        plan,
        made_tai_ns=at.now_tai_ns(),
        tlp_level=tlp,
        language=language,
    )
    return Response(write_cacao(playbook), media_type=JSON)


@router.post("/playbooks")
def bring(at: At, said: BringingPlaybook) -> Document:
    """Return a playbook as a mechanism file with one plan of manual tasks, and what a check finds in it."""
    with said_of("the playbook"):
        taken = mechanism_from(read_cacao(said.text))
    tasks = taken.plans[0].tasks
    return {
        "mechanism": taken.mechanism_id,
        "text": write_mechanism(taken),
        "tasks": len(tasks),
        "open": sum(not task.by for task in tasks),
        "to_be_confirmed": sum(task.to_be_confirmed for task in tasks),
        "findings": finding_documents(lint(taken, at.directory(), at.now_tai_ns())),
    }
