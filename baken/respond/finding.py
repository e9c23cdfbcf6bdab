"""What a check of a mechanism finds: it cannot work so, or it is worth knowing; said in both languages."""

from dataclasses import dataclass

from baken.records.response import Bilingual

MINUTE_S, HALF_AN_HOUR_S, HOUR_S = 60.0, 1_800.0, 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a mechanism at one place: it cannot work so, or it is worth knowing."""

    place: str
    text: Bilingual
    is_problem: bool


def problem(place: str, en: str, nl: str) -> Finding:
    """Return something that keeps a mechanism from working."""
    return Finding(place=place, text=Bilingual(nl=nl, en=en), is_problem=True)


def remark(place: str, en: str, nl: str) -> Finding:
    """Return something worth knowing."""
    return Finding(place=place, text=Bilingual(nl=nl, en=en), is_problem=False)


def gezegd(span_s: float) -> str:
    """Return a span as people say it in Dutch."""
    return said(span_s).replace(" h", " uur").replace(".", ",")


def said(span_s: float) -> str:
    """Return a span as people say it.

    >>> said(900.0), said(4800.0), said(5400.0), said(259200.0)
    ('15 min', '80 min', '1.5 h', '72 h')
    """
    is_in_hours = span_s >= HOUR_S and span_s % HALF_AN_HOUR_S == 0
    return f"{span_s / HOUR_S:g} h" if is_in_hours else f"{span_s / MINUTE_S:g} min"
