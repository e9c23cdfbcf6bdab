"""One event of any kind in a few words: when, who, what and how likely."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import nan

from baken.astro.time import utc_text
from baken.records.event import EventKind, Finding
from baken.report.quantities import UNKNOWN, distance_text, duration_text, probability_text, speed_text
from baken.report.urgency import figure, told_kind, urgency_of
from baken.report.words import Speech

SECONDS_AN_HOUR = 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a list says of one event; each cell is one or two lines."""

    kind: str
    when: str
    who: str
    what: str
    likely: str
    why: str


def row_of(finding: Finding, now_tai_ns: int, say: Speech) -> Row:
    """Return a finding in the words of a list; a measure that is missing is told as unknown."""
    until_s = (finding.peak_tai_ns - now_tai_ns) / 1e9
    who, what, likely = CELLS.get(finding.kind, _of_another)(finding, say)
    urgency = urgency_of(finding, now_tai_ns)
    return Row(
        kind=say(f"kind.{finding.kind}"),
        when=f"{utc_text(finding.peak_tai_ns, 0)}\n{'+' if until_s >= 0.0 else ''}{duration_text(until_s)}",
        who=who,
        what=what,
        likely=likely,
        why="\n".join(
            [f"{say(f'level.{urgency.level.name}')}: {say.tell(urgency.because)}", *_further(finding, say)]
        ),
    )


def _further(finding: Finding, say: Speech) -> Iterator[str]:
    """Yield what reason and cells leave out: of what we saw ourselves how often two meet."""
    if finding.originator or finding.kind not in CELLS:
        yield finding.because
    elif (n_approaches := figure(finding, "n_approaches") or 1.0) > 1.0:
        yield say("row.approaches", count=int(n_approaches))


def _of_conjunction(finding: Finding, say: Speech) -> tuple[str, str, str]:
    who = "\n".join(_object_text(finding, f"{role}_", say) for role in ("primary", "secondary"))
    miss = _told(distance_text(_number(finding, "miss_distance_m")), say)
    estimated = _told(probability_text(figure(finding, "probability")), say)
    ceiling = _told(probability_text(figure(finding, "max_probability")), say)
    region = say(f"region.{finding.measure('probability_region') or 'undetermined'}")
    speed = _told(speed_text(_number(finding, "relative_speed_m_s")), say)
    return who, f"{miss}\n{speed}", f"{estimated} {region}\n{ceiling}"


def _of_reentry(finding: Finding, say: Speech) -> tuple[str, str, str]:
    window = say("row.window", width=_width_text(finding))
    share = figure(finding, "window_probability")
    within = say("row.within", share=f"{share:.0%}") if share is not None else say(UNKNOWN)
    return _object_text(finding, "", say), f"{window}\n{within}", _fall_text(finding, say)


def _fall_text(finding: Finding, say: Speech) -> str:
    """Return the casualties to be expected, or where nobody computed them how likely it falls in time."""
    expected, in_time = figure(finding, "casualty_expectation"), figure(finding, "probability")
    if expected is None and in_time is not None:
        return say("row.falls_in_time", share=f"{in_time:.0%}")
    return say("row.casualties", expected=_told(probability_text(expected), say))


def _of_breakup(finding: Finding, say: Speech) -> tuple[str, str, str]:
    pieces = figure(finding, "n_pieces")
    what = say("row.pieces", count=say(UNKNOWN) if pieces is None else int(pieces))
    within = say("row.interval", width=_width_text(finding))
    kind = told_kind(finding)
    likely = say(UNKNOWN) if kind is None else say(f"breakup.{kind}")
    parent = finding.measure("parent_norad_cat_id")
    who = say("row.parent_unknown") if parent is None else _object_text(finding, "parent_", say)
    return who, f"{what}\n{within}", likely


def _of_another(finding: Finding, _say: Speech) -> tuple[str, str, str]:
    return "\n".join(finding.object_ids), _width_text(finding), ""


CELLS: Mapping[EventKind, Callable[[Finding, Speech], tuple[str, str, str]]] = {
    EventKind.CONJUNCTION: _of_conjunction,
    EventKind.REENTRY: _of_reentry,
    EventKind.FRAGMENTATION: _of_breakup,
}


def _object_text(finding: Finding, role: str, say: Speech) -> str:
    """Return an object by number and name, with the age of its elements where that is known."""
    norad, name = finding.measure(f"{role}norad_cat_id"), finding.measure(f"{role}name")
    age_h = figure(finding, f"{role}age_h")
    age = "" if age_h is None else f" ({duration_text(age_h * SECONDS_AN_HOUR)})"
    called = " ".join(str(part) for part in (norad, name) if part is not None)
    return f"{called or say(UNKNOWN)}{age}"


def _width_text(finding: Finding) -> str:
    return duration_text((finding.end_tai_ns - finding.start_tai_ns) / 1e9)


def _number(finding: Finding, name: str) -> float:
    value = figure(finding, name)
    return nan if value is None else value


def _told(text: str, say: Speech) -> str:
    return say(UNKNOWN) if text == UNKNOWN else text
