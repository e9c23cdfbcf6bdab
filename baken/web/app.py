"""The application that answers over HTTP: which routes there are, and for whom."""

from collections.abc import Collection

from fastapi import APIRouter, Depends, FastAPI

from baken.web import (
    acknowledgements,
    breakups,
    conjunctions,
    console,
    events,
    evidence,
    incidents,
    log,
    looking_back,
    mechanisms,
    node,
    objects,
    partners,
    people,
    playbooks,
    policies,
    reentries,
    releases,
    reports,
    response_letters,
    response_reading,
    responses,
    rosters,
    session,
    sign_in,
    sky,
    sources,
    statements,
    stream,
    taking,
    toolbox,
    watch,
    weighing,
)
from baken.web.entrance import Entrance, let_in, may_act
from baken.web.guard import guard, tag_answers
from baken.web.limits import Limited
from baken.web.problems import PROBLEMS, describe_problems, tell_problems
from baken.web.service import Service


def application(
    service: Service,
    *,
    hosts: Collection[str],
    version: str,
    only_reports: bool = False,
    entrance: Entrance | None = None,
) -> FastAPI:
    """Return the application of one node; by its entrance people with an account come in.

    ``only_reports`` leaves out all but the doors for reports and acknowledgements, which strangers may use.
    """
    app = FastAPI(
        title="Baken",
        version=version,
        summary="Space security, from observation to warning, with evidence another state can verify",
        openapi_url="/api/v1/openapi.json",
        # Their pages load from elsewhere, and nothing here does.
        docs_url=None,
        redoc_url=None,
        responses=PROBLEMS,
        # Nothing phones home.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.service, app.state.entrance = service, entrance
    app.include_router(reports.router)
    app.include_router(reports.form_router)
    app.include_router(acknowledgements.router)
    app.include_router(acknowledgements.form_router)
    if not only_reports:
        app.include_router(_inside())
        app.include_router(sign_in.router)
        app.include_router(console.router)
    tell_problems(app)
    describe_problems(app)
    let_in(app)
    tag_answers(app)
    guard(app, hosts)
    app.add_middleware(Limited)
    return app


def _inside() -> APIRouter:
    inside = APIRouter(prefix="/api/v1", dependencies=[Depends(may_act)])
    for routes in (
        node,
        objects,
        incidents,
        responses,
        response_letters,
        response_reading,
        looking_back,
        mechanisms,
        rosters,
        playbooks,
        statements,
        toolbox,
        watch,
        weighing,
        events,
        conjunctions,
        evidence,
        breakups,
        reentries,
        log,
        taking,
        sources,
        releases,
        partners,
        policies,
        stream,
        session,
        people,
        sky,
    ):
        inside.include_router(routes.router)
    return inside
