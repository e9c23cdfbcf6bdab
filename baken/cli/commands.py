"""Every command by its name, each brought in when it is asked for: whoever asks one waits for one."""

from collections.abc import Callable, Mapping
from functools import cache

import typer


@cache
def _run() -> typer.Typer:
    from baken.cli.run import run

    return _verb("run", run)


@cache
def _screen() -> typer.Typer:
    from baken.cli.screen import screen

    return _verb("screen", screen)


@cache
def _serve() -> typer.Typer:
    from baken.cli.serve import serve

    return _verb("serve", serve)


@cache
def _convert() -> typer.Typer:
    from baken.cli.convert import convert

    return _verb("convert", convert)


@cache
def _node() -> typer.Typer:
    from baken.cli.node import node

    return _verb("node", node)


@cache
def _validate() -> typer.Typer:
    from baken.cli.validate import validate

    return _verb("validate", validate)


@cache
def _contribution() -> typer.Typer:
    from baken.cli.contribution import contribution

    return _verb("contribution", contribution)


@cache
def _catalogue() -> typer.Typer:
    from baken.cli import catalogue

    return catalogue.app


@cache
def _cdm() -> typer.Typer:
    from baken.cli import cdm

    return cdm.app


@cache
def _event() -> typer.Typer:
    from baken.cli import event, event_accuracy, event_page, event_triage

    event.app.command("page")(event_page.page)
    event.app.command("triage")(event_triage.triage)
    event.app.command("outcome")(event_accuracy.outcome)
    event.app.command("accuracy")(event_accuracy.accuracy)
    return event.app


@cache
def _evidence() -> typer.Typer:
    from baken.cli import evidence, labels, relabel

    evidence.app.command("labels")(labels.labels)
    evidence.app.command("relabel")(relabel.relabel)
    return evidence.app


@cache
def _reentry() -> typer.Typer:
    from baken.cli import reentry

    return reentry.app


@cache
def _fragmentation() -> typer.Typer:
    from baken.cli import fragmentation, fragmentation_simulate

    fragmentation.app.command("simulate")(fragmentation_simulate.simulate)
    return fragmentation.app


@cache
def _determination() -> typer.Typer:
    from baken.cli import determination

    return determination.app


@cache
def _dossier() -> typer.Typer:
    from baken.cli import dossier

    return dossier.app


@cache
def _exercise() -> typer.Typer:
    from baken.cli import exercise

    return exercise.app


@cache
def _hypotheses() -> typer.Typer:
    from baken.cli import hypotheses

    return hypotheses.app


@cache
def _incident() -> typer.Typer:
    from baken.cli import incident, incident_brief, incident_open, incident_report, incident_watch

    incident.app.command("brief")(incident_brief.brief)
    incident.app.command("report")(incident_report.report)
    incident.app.command("handover")(incident_watch.handover)
    incident.app.command("gather")(incident_watch.gather)
    incident.app.command("update")(incident_watch.update)
    incident.app.command("rules")(incident_watch.rules)
    incident.app.command("open")(incident_open.open_case)
    incident.app.command("join")(incident_open.join)
    incident.app.command("leave")(incident_open.leave)
    incident.app.command("receipt")(incident_report.receipt)
    return incident.app


@cache
def _partner() -> typer.Typer:
    from baken.cli import partner, partner_check

    partner.app.command("check")(partner_check.check)
    return partner.app


@cache
def _people() -> typer.Typer:
    from baken.cli import people

    return people.app


@cache
def _policy() -> typer.Typer:
    from baken.cli import policy

    return policy.app


@cache
def _respond() -> typer.Typer:
    from baken.cli import (
        respond,
        respond_after,
        respond_assistance,
        respond_duty,
        respond_letters,
        respond_measures,
        respond_playbook,
        respond_simulate,
        respond_statement,
    )

    respond.app.command("notify")(respond_letters.notify)
    respond.app.command("run")(respond_letters.run_clockwork)
    respond.app.command("simulate")(respond_simulate.simulate)
    respond.app.command("statement")(respond_statement.statement)
    respond.app.command("after-action")(respond_after.after_action)
    respond.app.command("clocks")(respond_after.clocks)
    respond.app.command("situation")(respond_after.situation)
    respond.app.command("lesson")(respond_after.lesson)
    respond.app.command("lesson-close")(respond_after.lesson_close)
    respond.app.command("assistance")(respond_assistance.assistance)
    respond.app.command("measures")(respond_measures.measures)
    respond.app.command("measure")(respond_measures.measure)
    respond.app.command("compare")(respond_measures.compare)
    respond.app.command("worksheet")(respond_measures.worksheet)
    respond.app.command("propose")(respond_measures.propose)
    respond.app.command("outcome")(respond_measures.outcome)
    respond.app.command("roster")(respond_duty.roster)
    respond.app.command("test-call")(respond_duty.try_call)
    respond.app.command("lint")(respond_duty.check)
    respond.app.add_typer(respond_duty.mechanism_app, name="mechanism")
    respond.app.add_typer(respond_playbook.app, name="playbook")
    return respond.app


@cache
def _release() -> typer.Typer:
    from baken.cli import contribution, release, release_saw, release_send, release_sign

    release.app.command("sign")(release_sign.sign)
    release.app.command("send")(release_send.send)
    release.app.command("ledger")(contribution.contribution)
    release.app.command("who-saw")(release_saw.who_saw_it)
    return release.app


def _verb(name: str, command: Callable[..., int]) -> typer.Typer:
    alone = typer.Typer(add_completion=False)
    alone.command(name)(command)
    return alone


VERBS: Mapping[str, Callable[[], typer.Typer]] = {
    "run": _run,
    "screen": _screen,
    "serve": _serve,
    "convert": _convert,
    "node": _node,
    "validate": _validate,
    "contribution": _contribution,
}
NOUNS: Mapping[str, Callable[[], typer.Typer]] = {
    "catalogue": _catalogue,
    "cdm": _cdm,
    "event": _event,
    "evidence": _evidence,
    "reentry": _reentry,
    "fragmentation": _fragmentation,
    "determination": _determination,
    "dossier": _dossier,
    "exercise": _exercise,
    "hypotheses": _hypotheses,
    "incident": _incident,
    "partner": _partner,
    "people": _people,
    "policy": _policy,
    "respond": _respond,
    "release": _release,
}
