"""The watch in words: what whoever takes it has to know, line by line, to be read aloud and to be kept."""

from collections.abc import Iterator

from baken.astro.time import utc_text
from baken.records.incident import Incident
from baken.records.watch import Clock, WatchState
from baken.report.incident_text import moment_kind, moment_text, value_text
from baken.report.quantities import duration_text
from baken.report.words import Speech

# What happened longest ago is left to the timeline of the incident.
LAST_MOMENTS = 5


def watch_lines(state: WatchState, say: Speech) -> tuple[str, ...]:
    """Return what is open, whose clock runs, what changed, what nobody knows, and what waits."""
    return tuple(line for section in watch_sections(state, say) for line in (section[0], *section[1]))


def watch_sections(state: WatchState, say: Speech) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sections of a hand-over: a heading, and its lines, none without any."""
    nothing = (f"  {say('watch.nothing')}",)
    for heading, lines in (
        (_open_heading(state, say), [_open_line(one, say) for one in state.open_incidents]),
        (say("watch.clocks"), [_clock_line(one, state.now_tai_ns, say) for one in state.clocks]),
        (_changed_heading(state, say), list(_changed_lines(state, say))),
        (say("watch.questions"), [f"{q.incident_id}  {q.text} ({q.asked_by})" for q in state.questions]),
        (
            say("watch.reports"),
            [f"{r.entry_id}  {utc_text(r.received_at_tai_ns, 0)}  {r.title}" for r in state.reports],
        ),
    ):
        yield heading, tuple(f"  {line}" for line in lines) or nothing


def _open_heading(state: WatchState, say: Speech) -> str:
    return say("watch.open", count=len(state.open_incidents))


def _open_line(one: Incident, say: Speech) -> str:
    who = one.assigned_to or say("watch.nobody")
    asked = "" if one.acknowledged or not one.assigned_to else f" ({say('watch.not_acknowledged')})"
    urgency = value_text("urgency", one.urgency.stands, say)
    severity = value_text("severity", one.severity.stands, say)
    stage = say(f"incident.stage.{one.stage}")
    return f"{one.incident_id}  {urgency} / {severity}  {stage}  {one.title}  [{who}{asked}]"


def _clock_line(clock: Clock, now_tai_ns: int, say: Speech) -> str:
    left = duration_text((clock.at_tai_ns - now_tai_ns) / 1e9)
    what = say(f"watch.clock.{clock.what}", event=clock.event_id)
    return f"{utc_text(clock.at_tai_ns, 0)}  {say('watch.in', left=left)}  {clock.incident_id}  {what}"


def _changed_heading(state: WatchState, say: Speech) -> str:
    since = say("watch.never") if state.since_tai_ns is None else utc_text(state.since_tai_ns, 0)
    return say("watch.changed", since=since)


def _changed_lines(state: WatchState, say: Speech) -> Iterator[str]:
    for changed in state.changed:
        left_out = len(changed.moments) - LAST_MOMENTS
        if left_out > 0:
            yield f"{changed.incident_id}  {say('watch.earlier', count=left_out)}"
        for moment in changed.moments[-LAST_MOMENTS:]:
            yield (
                f"{changed.incident_id}  {utc_text(moment.at_tai_ns, 0)}  {moment.actor}  "
                f"{moment_kind(moment, say)}: {moment_text(moment, say)}"
            )
