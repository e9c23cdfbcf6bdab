"""The command line: what Baken can be asked, and how a refusal is told."""

import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from baken.cli import (
    catalogue,
    cdm,
    contribution,
    convert,
    determination,
    dossier,
    event,
    event_accuracy,
    event_page,
    event_triage,
    evidence,
    exercise,
    fragmentation,
    fragmentation_simulate,
    hypotheses,
    incident,
    incident_brief,
    incident_open,
    incident_report,
    incident_watch,
    labels,
    node,
    partner,
    partner_check,
    people,
    policy,
    reentry,
    relabel,
    release,
    release_saw,
    release_send,
    respond,
    respond_after,
    respond_assistance,
    respond_duty,
    respond_letters,
    respond_measures,
    respond_playbook,
    respond_simulate,
    respond_statement,
    run,
    screen,
    serve,
    validate,
)
from baken.cli.exits import Exit, error_line, exit_of
from baken.cli.setting import Setting
from baken.errors import BakenError
from baken.wiring.home import home_folder

app = typer.Typer(
    name="baken",
    help="Space security: from observation to warning, with evidence another state can verify.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# People type these where they think of them.
FOR_EVERY_COMMAND = frozenset({"--json", "--quiet", "-q", "--debug"})

app.command("run")(run.run)
app.command("screen")(screen.screen)
app.command("serve")(serve.serve)
app.command("convert")(convert.convert)
app.command("node")(node.node)
app.command("validate")(validate.validate)
app.command("contribution")(contribution.contribution)
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(cdm.app, name="cdm")
app.add_typer(event.app, name="event")
app.add_typer(evidence.app, name="evidence")
app.add_typer(reentry.app, name="reentry")
app.add_typer(fragmentation.app, name="fragmentation")
app.add_typer(determination.app, name="determination")
app.add_typer(dossier.app, name="dossier")
app.add_typer(exercise.app, name="exercise")
app.add_typer(hypotheses.app, name="hypotheses")
app.add_typer(incident.app, name="incident")
app.add_typer(partner.app, name="partner")
app.add_typer(people.app, name="people")
app.add_typer(policy.app, name="policy")
app.add_typer(respond.app, name="respond")
app.add_typer(release.app, name="release")
release.app.command("send")(release_send.send)
release.app.command("ledger")(contribution.contribution)
release.app.command("who-saw")(release_saw.who_saw_it)
evidence.app.command("labels")(labels.labels)
evidence.app.command("relabel")(relabel.relabel)
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
partner.app.command("check")(partner_check.check)
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
fragmentation.app.command("simulate")(fragmentation_simulate.simulate)
event.app.command("page")(event_page.page)
event.app.command("triage")(event_triage.triage)
event.app.command("outcome")(event_accuracy.outcome)
event.app.command("accuracy")(event_accuracy.accuracy)


@app.callback()
def remember(
    context: typer.Context,
    home: Annotated[str | None, typer.Option(help="Where Baken keeps things; else $BAKEN_HOME.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error arose.")] = False,
    language: Annotated[str, typer.Option("--language", help="en or nl, for what people read.")] = "en",
) -> None:
    """Remember what was said before the command."""
    context.obj = Setting(
        home=home_folder(home), as_json=as_json, quiet=quiet, debug=debug, language=language
    )


def answer(arguments: list[str]) -> int:
    """Answer one command line; refusals become one line on standard error, and a number."""
    try:
        result = app(said_first(arguments), standalone_mode=False)
    except TyperException as error:
        told = getattr(error, "format_message", error.__str__)()
        if not told:  # the help was asked for by asking nothing
            return Exit.WRONG_USAGE_OR_INPUT
        return _refuse(f"{told}; see 'baken --help'", Exit.WRONG_USAGE_OR_INPUT)
    except BakenError as error:
        if "--debug" in arguments:
            raise
        return _refuse(error, exit_of(error))
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        # Whoever read along has seen enough.
        sys.stderr.close()
        return Exit.DONE
    except Exception as error:
        # The last door: whoever asked gets a line that says whose mistake it is, not a stack.
        if "--debug" in arguments:
            raise
        ours = f"a mistake of Baken's own, {type(error).__name__}: {error}"
        return _refuse(f"{ours}; ask again with --debug and report what it says", Exit.OWN_MISTAKE)
    # Typer turns an interrupt into its exit code and says nothing.
    return _interrupted() if result == Exit.INTERRUPTED else int(result or Exit.DONE)


def said_first(arguments: list[str]) -> list[str]:
    """Return the words of a command line, those that hold for every command moved to its front.

    >>> said_first(["screen", "--days", "1", "--json"])
    ['--json', 'screen', '--days', '1']
    """
    ends = arguments.index("--") if "--" in arguments else len(arguments)
    general = [word for word in arguments[:ends] if word in FOR_EVERY_COMMAND]
    return general + [word for word in arguments[:ends] if word not in FOR_EVERY_COMMAND] + arguments[ends:]


def _interrupted() -> int:
    return _refuse("interrupted; what was kept before stays kept, ask again to go on", Exit.INTERRUPTED)


def _refuse(error: BaseException | str, code: Exit) -> int:
    sys.stderr.write(error_line(error if isinstance(error, BaseException) else BakenError(error)) + "\n")
    return code
