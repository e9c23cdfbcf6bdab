"""Try a plan on an invented case in a home that is thrown away, and tell what came of it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from baken.astro.time import tai_ns_from_utc
from baken.exercise.cast_file import NANOSECONDS_AN_HOUR, refuse_strangers, with_outages, with_silent
from baken.exercise.play import SeededLuck
from baken.exercise.rehearsal import Cast
from baken.exercise.trial import Trial, try_plan
from baken.records.incident import Severity
from baken.report.response_timeline import Happening, late, left_over, timeline, unanswered
from baken.report.words import Speech
from baken.respond.mechanism_file import read_mechanism
from baken.respond.standing import plan_for
from baken.wiring.files import said_of
from baken.wiring.mechanisms import text_of_mechanism
from baken.wiring.priority_rules import priority_rules
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence_of_its_own

# Any day will do, and always the same one: what is tried twice tells the same.
BEGINS_UTC = "2026-01-05T09:00:00Z"
SEED = 1


def run_trial(
    home: Path,
    mechanism: str,
    plan_id: str,
    severity: Severity,
    *,
    silent: Sequence[str],
    outages: Sequence[str],
    hours: float,
) -> Trial:
    """Play a plan of a mechanism, by its name or its file.  Nothing is sent, and nothing is kept.

    Raises: UnreadableInput, WrongUsage, NoSuchRecord for what cannot be played.
    """
    text = text_of_mechanism(home, mechanism)
    start_tai_ns = tai_ns_from_utc(BEGINS_UTC)
    with said_of(mechanism):
        read = read_mechanism(text)
    cast = with_outages(with_silent(Cast(), silent), outages, start_tai_ns)
    refuse_strangers(cast, read)
    with TemporaryDirectory() as folder, open_evidence_of_its_own(Path(folder), THE_NODE) as (_, log):
        return try_plan(
            log,
            read,
            text,
            plan_for(read, plan_id),
            severity,
            cast,
            rules=priority_rules(home),
            luck=SeededLuck(SEED),
            start_tai_ns=start_tai_ns,
            end_tai_ns=start_tai_ns + round(hours * NANOSECONDS_AN_HOUR),
        )


def noticed_of(trial: Trial, say: Speech) -> tuple[str, ...]:
    """Return what came late, and what nobody answered."""
    return (
        *late(trial.found, trial.start_tai_ns, say),
        *unanswered(trial.found, trial.mechanism, trial.end_tai_ns, say),
    )


def left_of(trial: Trial, say: Speech) -> tuple[str, ...]:
    """Return what was left to do at the end."""
    return tuple(left_over(trial.found, trial.mechanism, trial.end_tai_ns, trial.start_tai_ns, say))


def happened_in(trial: Trial, say: Speech) -> tuple[Happening, ...]:
    """Return all that happened, in order of time."""
    return tuple(timeline(trial.entries, trial.found, trial.mechanism, say))


def trial_document(trial: Trial, say: Speech) -> dict[str, object]:
    """Return a trial as JSON, told alike at the command line and over HTTP."""
    return {
        "plan": trial.found.plans[0].plan.plan_id,
        "happened": [
            {
                "after_s": (one.at_tai_ns - trial.start_tai_ns) / 1e9,
                "what": one.what,
                "task": one.task_id,
                "who": list(one.who),
            }
            for one in happened_in(trial, say)
        ],
        "noticed": noticed_of(trial, say),
        "left": left_of(trial, say),
    }
