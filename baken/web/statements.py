"""Draft statements over HTTP.  Nothing sends or approves them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from baken.operations.draft_statement import draft_statement
from baken.operations.work_incident import look_at
from baken.report.statement import StatementKind
from baken.report.words import Speech
from baken.web.incidents import Document, Id
from baken.web.service import Service, service_of
from baken.wiring.statement_documents import statement_document

router = APIRouter(prefix="/incidents/{incident}/statement", tags=["response"])


@router.get("")
def draft(
    at: Annotated[Service, Depends(service_of)],
    incident: Id,
    kind: StatementKind,
    audience: Annotated[str, Query(min_length=1, max_length=200)],
    language: Annotated[str, Query(pattern="^(en|nl)$")] = "en",
) -> Document:
    """Return a draft for an audience, and apart from it what was left out; who looked is kept."""
    look_at(at.desk(), incident)
    return statement_document(draft_statement(at.log, incident, kind, audience, say=Speech(language)))
