"""The form of a report from outside: to be filled in as a file, or asked field by field."""

import typer

from baken.cli.terminal import print_remark
from baken.errors import BadMessage
from baken.incident.outside_report import TLP, report_of
from baken.records.incident import Effect, IncidentKind, Segment

KINDS, SEGMENTS, EFFECTS = (
    ", ".join(each.value for each in words) for words in (IncidentKind, Segment, Effect)
)
FORM = f"""\
# A report of an anomaly, interference or cyber incident. Lines that begin with # may stay as they are.
reporter = ""            # your name
organisation = ""
contact = ""             # where you can be reached now
kind = ""                # {KINDS}
system = ""              # what it happened to
what = ""                # what was seen, in your own words
observed_from_utc = ""   # UTC, like 2026-11-25T09:00:00Z
# observed_to_utc = "2026-11-25T09:40:00Z"
# segment = "link"       # {SEGMENTS}
# effect = "disrupt"     # {EFFECTS}
# frequency_hz = 1575.42e6
# norad_cat_id = 25544
# techniques = ["EX-0016"]       # SPARTA, where you know them
# releasable_to = ["NL"]         # who else may read this; nobody unless you say so
# tlp = "AMBER"                  # your own label, kept as you say it
"""
# What is asked one by one, each with a hint.
NEEDED = {
    "reporter": "your name",
    "organisation": "",
    "contact": "where you can be reached now",
    "kind": KINDS,
    "system": "what it happened to",
    "what": "what was seen, in your own words",
    "observed_from_utc": "UTC, like 2026-11-25T09:00:00Z",
}
WELCOME = {
    "observed_to_utc": "UTC, if it is over",
    "segment": SEGMENTS,
    "effect": EFFECTS,
    "frequency_hz": "in hertz, like 1575.42e6",
    "techniques": "SPARTA, with commas between",
    "releasable_to": "who else may read this, with commas between; nobody if empty",
    "tlp": ", ".join(TLP),
}
LISTS, NUMBERS = frozenset({"techniques", "releasable_to"}), frozenset({"frequency_hz"})


def asked_report(now_tai_ns: int) -> dict[str, object]:
    """Ask for each field at the terminal, and again for one that cannot be; what was said well stays said."""
    answers = {name: _asked(name) for name in (*NEEDED, *WELCOME)}
    while (problem := _problem(answers, now_tai_ns)) is not None:
        print_remark(str(problem))
        answers[problem.field] = _asked(problem.field)
    return _told(answers)


def _asked(name: str) -> object:
    hint = NEEDED.get(name) or WELCOME.get(name, "")
    prompt = f"{name} ({hint})" if hint else name
    text = typer.prompt(prompt, default=None if name in NEEDED else "", show_default=False, err=True).strip()
    if name in LISTS:
        return [word.strip() for word in text.split(",") if word.strip()]
    return _number(text) if name in NUMBERS else text


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _problem(answers: dict[str, object], now_tai_ns: int) -> BadMessage | None:
    try:
        report_of(_told(answers), now_tai_ns=now_tai_ns)
    except BadMessage as problem:
        return problem
    return None


def _told(answers: dict[str, object]) -> dict[str, object]:
    return {name: answer for name, answer in answers.items() if answer}
