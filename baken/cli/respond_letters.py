"""``baken respond notify`` and ``run``: letters shown, approved and sent, and the clockwork behind them."""

import time
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit, error_line
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import Because, By, Place, World, machine_work, working
from baken.cli.respond_view import show_notices
from baken.cli.setting import (
    Setting,
    is_told_all,
    log_console,
    refuse_other_role,
    table_console,
    tell_kept,
    who_reads,
)
from baken.errors import BakenError, NoSuchRecord, WrongUsage
from baken.operations import work_on_task
from baken.operations.advance_response import advance_response, engine_of
from baken.operations.response_state import begun_response, look_at_response, open_responses
from baken.operations.send_notices import (
    Mail,
    Sent,
    approve_notices,
    deliver_due,
    label_of_notice,
    told_by_telephone,
    withdraw_notices,
)
from baken.records.incident import IncidentId
from baken.records.marking import Realm
from baken.records.reader import Role
from baken.records.response_standing import Notice, NoticeStage, ResponseStanding
from baken.report.words import Speech
from baken.respond.notice_life import NoticeStep
from baken.wiring.mail import mail_of
from baken.wiring.mechanisms import directory
from baken.wiring.people import actor
from baken.wiring.response_documents import notice_document

ALL = "all"


def notify(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    show: Annotated[str, typer.Option(metavar="LETTER", help="Show one letter, word for word.")] = "",
    approve: Annotated[
        list[str] | None, typer.Option(metavar="LETTER|all", help="Approve letters: they may go.")
    ] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option(metavar="LETTER", help="Keep letters from going.")
    ] = None,
    told: Annotated[str, typer.Option(metavar="LETTER", help="You told it by telephone.")] = "",
    call_outs: Annotated[
        bool, typer.Option("--call-outs", help="Approve beforehand all call-outs of a plan.")
    ] = False,
    send: Annotated[bool, typer.Option("--send", help="Send now what is approved.")] = False,
    because: Because = "",
    plan: Annotated[str, typer.Option(metavar="PLAN", help="For --call-outs, where there are more.")] = "",
    by: By = None,
) -> int:
    """Show the letters of a response: to whom, what, why.  Nothing goes out without --approve and --send."""
    setting: Setting = context.obj
    case = asked_incident(incident)
    with working(context, by) as place:
        found = look_at_response(place.desk, case)
        if approve:
            refuse_other_role(who_reads(setting, by), Role.COORDINATOR, Role.RELEASE_AUTHORITY)
            keys = _waiting(found) if approve == [ALL] else approve
            found = approve_notices(place.desk, case, keys, because)
        if withdraw:
            found = withdraw_notices(place.desk, case, withdraw, because)
        if told:
            found = told_by_telephone(place.desk, case, told, because or "told by telephone")
        if call_outs:
            found = work_on_task.approve_call_outs(place.desk, case, because, plan_id=plan)
        if send:
            _tell_sent(
                setting,
                deliver_due(engine_of(place.desk), case, mail_of(setting.home, place.store.node_name())),
            )
            found = begun_response(place.desk.log, case)
        if show:
            return _word_for_word(setting, place, found, show)
    if setting.as_json:
        print_json({"notices": [notice_document(notice) for notice in found.notices]})
    else:
        say = Speech(setting.language)
        show_notices(table_console(), found, found.notices, directory(setting.home), say)
    return Exit.DONE


def run_clockwork(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One turn, then stop.")] = False,
    every_s: Annotated[
        float, typer.Option("--every", min=1.0, metavar="SECONDS", help="Between turns.")
    ] = 30.0,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Let the clocks of all responses run: make what is due, and send what a person approved.

    What goes wrong with one response is told, and keeps no other from going on.
    """
    setting: Setting = context.obj
    while not once:
        try:
            _turn_of_all(context, realm, by)
        except BakenError as error:
            # A file that somebody is editing right now stops the turn, not the clock.
            log_console(setting).print(Text(error_line(error)))
        time.sleep(every_s)
    turns = _turn_of_all(context, realm, by)
    if not is_told_all(setting, by):
        tell_kept(setting)
    elif setting.as_json:
        print_json({"turn": turns})
    return Exit.DOES_NOT_HOLD if any("error" in turn for turn in turns) else Exit.DONE


def _turn_of_all(context: typer.Context, realm: Realm, by: str | None) -> list[dict[str, object]]:
    setting: Setting = context.obj
    turns, in_full = [], is_told_all(setting, by)
    with machine_work(context, actor(by)) as place:
        mail = mail_of(setting.home, place.store.node_name())
        for case in open_responses(place.desk.log, realm):
            try:
                turns.append(_turn(setting, place, case, mail, in_full=in_full))
            except BakenError as error:
                if in_full:
                    log_console(setting).print(Text(f"{case}: {error_line(error)}"))
                turns.append({"incident_id": str(case), "error": str(error)})
    return turns


def _turn(
    setting: Setting, place: Place, case: IncidentId, mail: Mail, *, in_full: bool
) -> dict[str, object]:
    engine = engine_of(place.desk)
    moves = advance_response(engine, case, mail.directory)
    sent = deliver_due(engine, case, mail)
    # What arrived may end a task, and begin others.
    moves = (*moves, *advance_response(engine, case, mail.directory))
    arrived = [one for one in sent if one.step is NoticeStep.ARRIVE]
    if in_full and (moves or sent) and not setting.as_json:
        told = Speech(setting.language)(
            "run.moves",
            incident=str(case),
            moves=len(moves),
            sent=len(arrived),
            failed=len(sent) - len(arrived),
        )
        table_console().print(Text(told))
    if in_full:
        _tell_sent(setting, [one for one in sent if one.step is not NoticeStep.ARRIVE])
    return {
        "incident_id": str(case),
        "moves": [move.key for move in moves],
        "sent": [one.notice_key for one in arrived],
        "not_sent": [{"key": one.notice_key, "said": one.said} for one in sent if one not in arrived],
    }


def _tell_sent(setting: Setting, sent: "tuple[Sent, ...] | list[Sent]") -> None:
    for one in sent:
        line = f"{one.notice_key} → {one.contact.way} {one.contact.address}: {one.step}, {one.said}"
        log_console(setting).print(Text(line))


def _waiting(found: ResponseStanding) -> list[str]:
    waiting = [notice.key for notice in found.notices if notice.stage is NoticeStage.DRAFTED]
    if not waiting:
        raise WrongUsage(f"no letter of {found.incident_id} waits for approval")
    return waiting


def _word_for_word(setting: Setting, place: Place, found: ResponseStanding, key: str) -> int:
    notice = next((each for each in found.notices if each.key == key), None)
    if notice is None:
        raise NoSuchRecord(f"no letter of {found.incident_id} is called {key!r}")
    if setting.as_json:
        print_json(notice_document(notice))
        return Exit.DONE
    console = table_console()
    for line in _letter_lines(place, found, notice):
        console.print(Text(line))
    return Exit.DONE


def _letter_lines(place: Place, found: ResponseStanding, notice: Notice) -> tuple[str, ...]:
    label = label_of_notice(place.desk, found, notice, place.store.node_name())
    return (notice.subject, f"[{found.realm} / {label.text}]", "", notice.text)
