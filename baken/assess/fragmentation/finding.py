"""What was seen of breakups, in the words of the trade: one finding for each, not one for each piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from baken.assess.fragmentation.breakup import Breakup, Candidate
from baken.assess.fragmentation.kind import BreakupKind
from baken.astro.constants import DEGREE_RAD
from baken.records.event import EventKind, Finding, encounter_key_of
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet

METHOD = "pinch point of back-propagated pieces, by planes and by places"
# A finding is compared byte by byte between machines; digits that physics does not support would differ.
MEASURE_DIGITS = 6
# Between the names of the two clouds of one collision.
AND = " and "


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRule:
    """Which groups of newcomers are shown to a person as a breakup.

    Newcomers have many causes: pieces of old breakups are catalogued years later, payloads are released,
    nameless objects are found again.  Pieces of one breakup gather at one instant between the two pictures:
    its interval is short against the time between them, and most of their orbits pass the place.
    """

    n_pieces: int = 5
    half_width_s: float = 5.0 * 86_400.0
    half_width_as_share_of_span: float = 0.25
    share_that_passes: float = 0.5
    release_weight: float = 0.5

    def why_not(self, seen: Breakup, span_s: float) -> str:
        """Return by what a group is put aside, or nothing when it is shown."""
        if seen.half_width_s > min(self.half_width_s, self.half_width_as_share_of_span * span_s):
            return "no_pinch_in_time"
        if seen.kick_summary.n_told < self.share_that_passes * len(seen.pieces):
            return "orbits_pass_no_place"
        return "released" if seen.kinds.of(BreakupKind.RELEASE) >= self.release_weight else ""


def findings_of(seen: Sequence[Breakup], rule: AttentionRule) -> tuple[Finding, ...]:
    """Return a finding for each breakup, most pieces first."""
    worst_first = sorted(seen, key=lambda one: (-len(one.pieces), one.called))
    return tuple(_finding(one, rule) for one in worst_first)


def joined(seen: Sequence[Breakup]) -> tuple[Breakup, ...]:
    """Return breakups, the two clouds of one collision as one: told by the larger, with the pieces of both.

    Two clouds are of one collision when each has as likeliest parent what the other met.
    """
    ordered = sorted(seen, key=lambda one: (-len(one.pieces), one.called))
    kept: list[Breakup] = []
    for one in ordered:
        at = next((row for row, other in enumerate(kept) if _met(one, other)), None)
        if at is None:
            kept.append(one)
        else:
            larger = kept[at]
            kept[at] = replace(
                larger,
                called=f"{larger.called}{AND}{one.called}",
                pieces=larger.pieces + one.pieces,
            )
    return tuple(kept)


def _met(one: Breakup, other: Breakup) -> bool:
    return (
        one.parent is not None
        and other.second is not None
        and one.parent.element_set.identity.object_id == other.second.element_set.identity.object_id
    )


def _finding(seen: Breakup, rule: AttentionRule) -> Finding:
    sets = _named_sets(seen)
    ids = tuple(sorted({es.identity.object_id for es in sets}))
    made_from = [*sets, *seen.pieces]
    return Finding(
        kind=EventKind.FRAGMENTATION,
        encounter_key=encounter_key_of(ids, seen.pinch.epoch_tai_ns),
        object_ids=ids,
        start_tai_ns=seen.pinch.start_tai_ns,
        peak_tai_ns=seen.pinch.epoch_tai_ns,
        end_tai_ns=seen.pinch.end_tai_ns,
        measures=tuple((name, measured(value)) for name, value in _measures(seen)),
        because=f"{len(seen.pieces)} new pieces, {seen.called}, gather at one place and time; "
        f"{seen.kinds.sentence}",
        assumptions=seen.caveats,
        realm=made_from[0].realm,
        marking=_marking(made_from),
        lineage=Lineage(
            sources=tuple(dict.fromkeys(source for es in made_from for source in es.lineage.sources)),
            method=METHOD,
            settings=settings_of({name: getattr(rule, name) for name in rule.__dataclass_fields__}),
        ),
    )


def _named_sets(seen: Breakup) -> list[ElementSet]:
    """Return the objects a breakup is known by: those that parted or met; else the first piece.

    Pieces come and go with every catalogue; an event keeps its name by what does not.
    """
    parents = [one.element_set for one in (seen.parent, seen.second) if one is not None]
    return parents or [min(seen.pieces, key=lambda es: es.identity.rank)]


def _measures(seen: Breakup) -> Iterator[tuple[str, float | int | str | None]]:
    yield "n_pieces", len(seen.pieces)
    yield "called", seen.called
    yield "half_width_s", seen.half_width_s
    yield "latitude_deg", seen.latitude_rad / DEGREE_RAD
    yield "longitude_deg", seen.longitude_rad / DEGREE_RAD
    yield "height_m", seen.height_m
    yield from _of_candidate("parent", seen.parent)
    yield from _of_candidate("second", seen.second)
    yield "second_speed_m_s", seen.second_speed_m_s
    yield "median_kick_m_s", seen.kick_summary.median_m_s
    yield "ninetieth_percentile_kick_m_s", seen.kick_summary.ninetieth_percentile_m_s
    yield "kick_error_m_s", seen.kick_error_m_s
    yield "spread_at_pinch_m", seen.pinch.spread_at_pinch_m
    for kind, weight in seen.kinds.weights:
        yield f"weight_{kind.value.replace(' ', '_')}", weight


def _of_candidate(role: str, one: Candidate | None) -> Iterator[tuple[str, float | int | str | None]]:
    identity = one.element_set.identity if one else None
    yield f"{role}_norad_cat_id", identity.norad_cat_id if identity else None
    yield f"{role}_name", identity.name if identity else None
    yield f"{role}_likelihood", one.likelihood if one else None
    yield f"{role}_afterwards", one.afterwards.value if one else None


def measured(value: float | int | str | None) -> float | int | str | None:
    """Return a figure with the digits that physics supports, None for what is no number.

    >>> measured(441.0838412), measured(float("nan")), measured(25544)
    (441.084, None, 25544)
    """
    if not isinstance(value, float):
        return value
    return float(f"{value:.{MEASURE_DIGITS}g}") if value == value else None


def _marking(sets: Sequence[ElementSet]) -> Marking:
    return strictest(frozenset(es.marking for es in sets))


def table_of(seen: Sequence[tuple[Breakup, str]]) -> pl.DataFrame:
    """Return every group that was looked at: its figures, and why it is not shown, if it is not."""
    rows = [
        {
            "called": one.called,
            "n_pieces": len(one.pieces),
            "epoch_tai_ns": one.pinch.epoch_tai_ns,
            "start_tai_ns": one.pinch.start_tai_ns,
            "end_tai_ns": one.pinch.end_tai_ns,
            "latitude_rad": one.latitude_rad,
            "longitude_rad": one.longitude_rad,
            "height_m": one.height_m,
            "parent_object_id": one.parent.element_set.identity.object_id if one.parent else None,
            "parent_likelihood": one.parent.likelihood if one.parent else None,
            "median_kick_m_s": one.kick_summary.median_m_s,
            "n_kicks_told": one.kick_summary.n_told,
            "kind": one.kinds.likeliest.value,
            "put_aside": why_not,
        }
        for one, why_not in seen
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


SCHEMA = {
    "called": pl.String, "n_pieces": pl.Int64, "epoch_tai_ns": pl.Int64, "start_tai_ns": pl.Int64,
    "end_tai_ns": pl.Int64, "latitude_rad": pl.Float64, "longitude_rad": pl.Float64, "height_m": pl.Float64,
    "parent_object_id": pl.String, "parent_likelihood": pl.Float64, "median_kick_m_s": pl.Float64,
    "n_kicks_told": pl.Int64, "kind": pl.String, "put_aside": pl.String,
}  # fmt: skip
