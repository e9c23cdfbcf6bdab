"""An incident in words: each moment of its timeline, and each value of it, in English or Dutch."""

from baken.records.incident import Incident, Judgement, Moment
from baken.report.words import Speech

# Values that are names or text of people stand as they were written.
AS_WRITTEN = frozenset({"title", "assigned_to", "acknowledged"})
ANSWERS = frozenset({"unintended", "deliberate", "reversible"})


def value_text(name: str, value: str, say: Speech) -> str:
    """Return a value of an incident in words.

    >>> value_text("severity", "serious", Speech("nl")), value_text("title", "Iets", Speech("nl"))
    ('ernstig', 'Iets')
    """
    if name in AS_WRITTEN or not value:
        return value or say("incident.taken_back")
    return say(f"incident.{'answer' if name in ANSWERS else name}.{value}")


def judgement_text(name: str, judgement: Judgement, say: Speech) -> str:
    """Return what stands, who says so, and what the rule said."""
    stands = value_text(name, judgement.stands, say)
    if judgement.human is None:
        return say("incident.by_rule", value=stands, rule=judgement.because)
    return say(
        "incident.by_person",
        value=stands,
        by=judgement.by,
        because=judgement.human_because,
        automatic=value_text(name, judgement.automatic, say),
        rule=judgement.because,
    )


def decided_text(incident: Incident, name: str, say: Speech) -> str:
    """Return what a person decided of a question, with who and why; unknown until one did."""
    value = value_text(name, str(getattr(incident, name)), say)
    for moment in reversed(incident.timeline):
        said = dict(moment.said)
        if moment.kind == "judged" and said.get("name") == name:
            return say("incident.decided", value=value, by=moment.actor, because=said.get("because", ""))
    return value


def moment_kind(moment: Moment, say: Speech) -> str:
    """Return what kind of moment it is, in one word."""
    return say(f"incident.moment.{moment.kind}")


def moment_text(moment: Moment, say: Speech) -> str:
    """Return what was done or said at a moment; the text of people stands as they wrote it."""
    said = dict(moment.said)
    because = f": {said['because']}" if "because" in said else ""
    if moment.kind == "step":
        return say(f"incident.step.{said['step']}") + because
    if moment.kind == "judged":
        name, value = said.get("name", ""), said.get("value", "")
        if name == "acknowledged":
            return say("incident.acknowledged")
        return f"{say(f'incident.column.{name}')}: {value_text(name, value, say)}" + (
            f" ({said['because']})" if "because" in said else ""
        )
    if moment.kind == "joined":
        what = next(said[name] for name in ("event_id", "entry_id", "object_id") if name in said)
        return say("incident.leaves" if said.get("act") == "leave" else "incident.joins", what=what) + because
    return moment.text
