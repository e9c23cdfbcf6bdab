"""A response as a person reads it at a terminal: its board, its letters, its tasks, who is on duty."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.records.response import Directory, Mechanism
from baken.records.response_standing import (
    Notice,
    NoticeStage,
    RequestStage,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.report.moments import minute_text
from baken.report.response_board import Board, BoardRow, Pressing, left_text, role_text
from baken.report.words import Speech
from baken.respond.deliveries import Delivery, delivery_of, is_moot
from baken.respond.finding import Finding
from baken.respond.notice_life import ARRIVED
from baken.respond.roster import Gap, is_stale, on_duty, verified_tai_ns

# Colour is never alone: the words say the same.
STYLES = {
    Pressing.OVERDUE: "bold red",
    Pressing.UNANSWERED: "yellow",
    Pressing.OPEN: "yellow",
    Pressing.RUNNING: "",
    Pressing.WAITING: "dim",
    Pressing.OVER: "dim",
}


def show_board(console: Console, found: ResponseStanding, board: Board, now_tai_ns: int, say: Speech) -> None:
    """Print the board of one plan, with its letters and requests beneath."""
    console.print(Text(f"{found.incident_id}  {board.title}", style="bold"))
    counts = say("board.counts", done=board.n_done, count=len(board.rows), overdue=board.n_overdue)
    console.print(Text(f"{say(f'realm.{found.realm}')}  ·  {minute_text(now_tai_ns, say)}  ·  {counts}"))
    if board.illustrative:
        console.print(Text(say("board.illustrative"), style="dim"))
    lead = Text(f"{say('board.lead')}: {board.responsible}", style="yellow" if board.is_lead_open else "")
    console.print(lead)
    for line in board.parts:
        console.print(Text(line, style="dim"))
    for line in filter(None, (board.stood_down, board.next_report)):
        console.print(Text(line))
    if board.call_outs_approved_by:
        console.print(Text(say("board.approved", by=board.call_outs_approved_by), style="dim"))
    console.print(_board_table(board, say))
    for line in (_letters_line(found, say), *_request_lines(found, now_tai_ns, say)):
        console.print(Text(line))


def _board_table(board: Board, say: Speech) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, ratio in (("state", 2), ("when", 3), ("what", 6), ("who", 4), ("told", 4)):
        table.add_column(say(f"board.{name}"), ratio=ratio, overflow="fold")
    table.expand = True
    for row in board.rows:
        table.add_row(*_cells(row), style=STYLES[row.pressing])
    return table


def _cells(row: BoardRow) -> tuple[Text, ...]:
    return (
        Text(row.state),
        Text("\n".join(filter(None, (row.by_when.removesuffix(" UTC"), row.left)))),
        Text.assemble(row.what, "\n", (row.task_id, "dim")),
        Text("\n".join((row.who, *row.gone_on))),
        Text("\n".join(row.told)),
    )


def _letters_line(found: ResponseStanding, say: Speech) -> str:
    stages = [notice.stage for notice in found.notices if not is_moot(found, notice)]
    unsent = sum(
        stage in (NoticeStage.APPROVED, NoticeStage.SENDING, NoticeStage.FAILED, NoticeStage.REFUSED)
        for stage in stages
    )
    return say("board.letters", drafted=stages.count(NoticeStage.DRAFTED), unsent=unsent)


def _request_lines(found: ResponseStanding, now_tai_ns: int, say: Speech) -> list[str]:
    return [
        say(
            "board.request",
            request=request.request_id,
            what=say(f"respond.request.{request.kind}"),
            of=request.of,
            stage=say(f"respond.request.stage.{request.stage}"),
            when=left_text(request.due_at_tai_ns, now_tai_ns, say)
            if request.stage in (RequestStage.ASKED, RequestStage.ACCEPTED)
            else request.answer,
        )
        for request in found.requests
    ]


def tasks_table(
    found: Sequence[ResponseStanding],
    mechanisms: Mapping[str, Mechanism],
    role: str,
    now_tai_ns: int,
    say: Speech,
) -> Table | str:
    """Return what is open over several incidents, the soonest deadline first."""
    rows = [
        (one, mechanisms[plan.mechanism_digest], task)
        for one in found
        for plan in one.plans
        if plan.stood_down_at_tai_ns is None
        for task in plan.tasks
        if task.stage in (TaskStage.RUNNING, TaskStage.TAKEN) and (not role or role in task.asked)
    ]
    if not rows:
        return say("tasks.none")
    table = Table(title=say("tasks.title"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("when", "incident", "what", "who", "state"):
        table.add_column(
            say(f"board.{name}" if name != "incident" else "incident.column.incident"), overflow="fold"
        )
    for one, mechanism, task in sorted(rows, key=lambda row: _deadline(row[2])):
        table.add_row(*_task_cells(one, mechanism, task, now_tai_ns, say))
    return table


def _deadline(task: TaskStanding) -> float:
    return float("inf") if task.due_at_tai_ns is None else float(task.due_at_tai_ns)


def _task_cells(
    one: ResponseStanding, mechanism: Mechanism, task: TaskStanding, now_tai_ns: int, say: Speech
) -> tuple[Text, ...]:
    due = task.due_at_tai_ns
    when = "–" if due is None else f"{minute_text(due, say)}\n{left_text(due, now_tai_ns, say)}"
    state = (
        say("respond.stage.overdue") if task.is_overdue(now_tai_ns) else say(f"respond.stage.{task.stage}")
    )
    who = task.taken_by or (role_text(mechanism, task.asked[-1], say) if task.asked else say("board.nobody"))
    style = "bold red" if task.is_overdue(now_tai_ns) else ""
    what = task.task.what.read_in(say.language)
    cells = (when, str(one.incident_id), f"{what}\n{task.task.task_id}", who, state)
    return tuple(Text(cell, style=style) for cell in cells)


def show_notices(
    console: Console, found: ResponseStanding, notices: Sequence[Notice], directory: Directory, say: Speech
) -> None:
    """Print letters: to whom, what, why, with which facts, by which way, and how far each is."""
    if not notices:
        console.print(Text(say("notify.none")))
        return
    title = say("notify.title", incident=str(found.incident_id))
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for name, ratio in (("state", 3), ("who", 3), ("what", 5), ("why", 5), ("facts", 2), ("way", 3)):
        header = "board.state" if name == "state" else f"notify.{name}"
        table.add_column(say(header), ratio=ratio, overflow="fold")
    for notice in notices:
        table.add_row(*_notice_cells(found, notice, directory, say))
    console.print(table)


def _notice_cells(
    found: ResponseStanding, notice: Notice, directory: Directory, say: Speech
) -> tuple[Text, ...]:
    is_left = is_moot(found, notice) and notice.stage not in ARRIVED
    state = say("respond.letter.moot" if is_left else f"respond.letter.{notice.stage}")
    if notice.attempts and notice.stage not in ARRIVED:
        state += f"\n{say('notify.tried', count=len(notice.attempts))}: {notice.attempts[-1].said}"
    delivery = delivery_of(notice, directory.contacts_of(notice.role_id))
    return (
        Text(state),
        Text(notice.role_id),
        Text.assemble(say(f"respond.notice.{notice.kind}"), "\n", (notice.key, "dim")),
        Text(notice.because),
        Text(", ".join(notice.carried_by) or say("notify.no_facts")),
        Text(_way(notice, delivery, directory, say)),
    )


def _way(notice: Notice, delivery: Delivery | None, directory: Directory, say: Speech) -> str:
    if notice.stage in ARRIVED:
        return notice.attempts[-1].way.value if notice.attempts else "–"
    contacts = directory.contacts_of(notice.role_id)
    if not contacts:
        return say("notify.no_way")
    contact = delivery.contact if delivery else contacts[0]
    return f"{contact.way} {contact.address}"


def roster_table(
    mechanism: Mechanism,
    directory: Directory,
    tried: Mapping[tuple[str, str], int],
    at_tai_ns: int,
    say: Speech,
) -> Table:
    """Return who holds each role at an instant, how he is reached, and how long ago somebody made sure."""
    title = say("roster.title", when=minute_text(at_tai_ns, say))
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for name, ratio in (("role", 5), ("on_duty", 3), ("reached", 5), ("verified", 3)):
        table.add_column(say(f"roster.{name}"), ratio=ratio, overflow="fold")
    for role in mechanism.roles:
        contacts = directory.contacts_of(role.role_id)
        people = on_duty(directory, role.role_id, at_tai_ns)
        verified = [verified_tai_ns(contact, tried) for contact in contacts]
        is_empty = not people and not contacts
        table.add_row(
            Text.assemble(role_text(mechanism, role.role_id, say), "\n", (role.role_id, "dim")),
            Text(say("roster.nobody") if is_empty else ", ".join(people) or "–"),
            Text("\n".join(f"{contact.way} {contact.address}" for contact in contacts) or "–"),
            Text("\n".join(_verified(directory, each, at_tai_ns, say) for each in verified) or "–"),
            style="yellow" if is_empty else "",
        )
    return table


def _verified(directory: Directory, at: int | None, now_tai_ns: int, say: Speech) -> str:
    if at is None:
        return say("roster.never")
    day = utc_text(at, 0)[:10]
    return f"{day} ({say('roster.stale')})" if is_stale(directory, at, now_tai_ns) else day


def gap_lines(gaps: Sequence[Gap], say: Speech) -> list[str]:
    """Return the spans in which nobody is on duty, in words."""
    return [
        say(
            "roster.gap",
            role=gap.role_id,
            start=minute_text(gap.from_tai_ns, say),
            end=minute_text(gap.to_tai_ns, say),
        )
        for gap in gaps
    ]


def show_findings(console: Console, findings: Sequence[Finding], say: Speech) -> None:
    """Print what a check of a mechanism found, problems first."""
    n_problems = sum(finding.is_problem for finding in findings)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for finding in sorted(findings, key=lambda each: not each.is_problem):
        mark, style = ("!", "bold red") if finding.is_problem else ("·", "dim")
        table.add_row(
            Text(mark, style=style),
            Text(finding.place),
            Text(finding.text.read_in(say.language), style=style),
        )
    if findings:
        console.print(table)
    counts = say("lint.counts", problems=n_problems, remarks=len(findings) - n_problems)
    console.print(Text(counts if findings else say("lint.none")))
