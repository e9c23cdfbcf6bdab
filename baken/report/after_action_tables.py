"""The tables of an after-action report: everything in order of time, and what was learnt."""

from baken.records.response_review import Happened, ReviewMoment
from baken.report.after_action import AfterAction, late_text, letter_name
from baken.report.moments import short_minute_text
from baken.report.response_names import BAKEN, Names

COLUMNS = ("when", "what", "who", "due", "late")
LESSON_COLUMNS = ("id", "text", "owner", "due", "state")
ABOUT_REPORTS = frozenset({Happened.REPORTED, Happened.NOT_REPORTED})
ABOUT_REQUESTS = frozenset({Happened.REQUESTED, Happened.ANSWERED, Happened.NOT_ANSWERED})
ABOUT_LETTERS = frozenset({Happened.ARRIVED_LATE, Happened.NOT_ARRIVED})


def chronicle_rows(told: AfterAction, names: Names) -> list[tuple[str, ...]]:
    """Return a row for each moment: when, what, who, when it was due, and how late it was."""
    say = names.say
    rows: list[tuple[str, ...]] = [
        (
            short_minute_text(moment.at_tai_ns, say),
            _what(told, moment, names),
            _who(moment, names),
            "" if moment.due_at_tai_ns is None else short_minute_text(moment.due_at_tai_ns, say),
            "" if moment.late_s is None else late_text(moment.late_s, say),
        )
        for moment in told.review.chronicle
    ]
    return rows


def lesson_rows(told: AfterAction, names: Names) -> list[tuple[str, ...]]:
    """Return a row for each lesson: what was learnt, who takes it up, by when, and how it ended."""
    rows: list[tuple[str, ...]] = []
    for lesson in told.found.lessons:
        state = names.say("after.lesson.open")
        if lesson.closed_at_tai_ns is not None:
            when = short_minute_text(lesson.closed_at_tai_ns, names.say)
            state = names.say("after.lesson.closed", when=when, because=names.quoted(lesson.closed_because))
        owner = names.who(lesson.owner) if lesson.owner else names.say("after.nobody")
        rows.append((lesson.lesson_id, names.quoted(lesson.text), owner, lesson.due_on or "–", state))
    return rows


def _what(told: AfterAction, moment: ReviewMoment, names: Names) -> str:
    text = names.say(
        f"after.happened.{moment.happened}",
        what="; ".join(_named(told, moment, name, names) for name in moment.names),
        missed=names.say(f"respond.missed.{moment.missed}") if moment.missed else "",
        outcome=_outcome(moment, names),
        tries=moment.n_tries,
    )
    # What Baken gives as its reason is nobody's own words.
    is_said = moment.said and moment.who != BAKEN
    return f"{text}. {names.quoted(moment.said)}" if is_said else text


def _named(told: AfterAction, moment: ReviewMoment, name: str, names: Names) -> str:
    if moment.happened in ABOUT_REPORTS | ABOUT_REQUESTS:
        return name
    if moment.happened in ABOUT_LETTERS:
        return letter_name(name, told.found, names)
    what = names.task(moment.plan_id, name)
    due_at_tai_ns = names.standing(moment.plan_id, name).due_at_tai_ns
    if moment.happened is not Happened.ASKED or due_at_tai_ns is None:
        return what
    return names.say("after.happened.asked.by", what=what, due=short_minute_text(due_at_tai_ns, names.say))


def _outcome(moment: ReviewMoment, names: Names) -> str:
    if moment.happened is Happened.DECIDED:
        return names.outcome(moment.plan_id, moment.names[0], moment.outcome)
    if moment.happened is Happened.ANSWERED:
        return names.say(f"respond.request.stage.{moment.outcome}")
    return names.say(f"after.way.{moment.outcome}") if moment.happened in ABOUT_LETTERS else ""


def _who(moment: ReviewMoment, names: Names) -> str:
    if moment.happened is Happened.LAPSED:
        return ""
    if moment.happened is Happened.ASKED and not moment.who:
        return names.say("after.open_role")
    return names.who(moment.who)
