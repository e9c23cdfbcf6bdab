"""Screen what an operator says it will do, ephemerides and burns, against the picture.

A plan is definitive (this is where we are) or hypothetical (what if).  Nothing here is kept: a hypothetical
plan has no way into a store, and what is found of one is for its owner's eyes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import polars as pl

from baken.assess.conjunction.approach import Approaches, screen
from baken.assess.conjunction.conjunction_table import (
    Circumstances,
    KnownDoubt,
    Subject,
    table_of_subjects,
)
from baken.astro.arrays import Floats, Instants
from baken.astro.constants import TURN_RAD
from baken.astro.earth_data import EarthData
from baken.astro.motions import ChosenMotion, Motion, join
from baken.astro.named_frames import is_earth_fixed
from baken.astro.time import utc_text
from baken.catalogue.burns import Burn, motion_after_burns
from baken.catalogue.ephemeris_motion import CovarianceAlong, motion_of_ephemeris
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.records.catalogue import Picture
from baken.records.ephemeris import Ephemeris
from baken.records.event import Runner, Window
from baken.records.identity import Identity
from baken.records.marking import OWNER_ONLY, Marking
from baken.records.orbit import ElementSet

# A table may bend where a segment or a burn begins, which the sieve's polynomials need not show at once; what
# is found beyond the threshold is put aside again by the motion itself.
ROOM_FOR_BENDS_M = 1_000.0
FROM_EPHEMERIS, NO_COVARIANCE = "ephemeris", "none given"


class Standing(StrEnum):
    """Whether a plan is what its operator does, or what it might do."""

    DEFINITIVE = "DEFINITIVE"
    HYPOTHETICAL = "HYPOTHETICAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSubject:
    """What stands in an element set's place for a plan: who, as of when, on what kind of orbit."""

    identity: Identity
    epoch_tai_ns: int
    mean_motion_rad_s: float
    eccentricity: float
    bstar_per_earth_radius: float = 0.0
    marking: Marking = OWNER_ONLY

    @property
    def period_s(self) -> float:
        return TURN_RAD / self.mean_motion_rad_s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """One motion an operator announces.  ``doubt`` is None where the elements' own estimate stands.

    ``left_open_m`` bounds how far its rows leave the motion open between them; None when nobody can tell.
    """

    name: str
    standing: Standing
    subject: PlannedSubject
    motion: Motion
    start_tai_ns: int
    end_tai_ns: int
    doubt: KnownDoubt | None = None
    left_open_m: float | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanScreening:
    """What plans meet in a window; not an ``Assessment``, so that no store takes it."""

    picture: Picture
    window: Window
    plans: tuple[Plan, ...]
    standing: Standing
    left_out: tuple[ElementSet, ...]
    table: pl.DataFrame
    account: tuple[tuple[str, int], ...] = ()
    remarks: tuple[str, ...] = field(default=())


def plan_of_ephemeris(
    name: str, segments: Sequence[Ephemeris], picture: Picture, earth: EarthData, standing: Standing
) -> Plan:
    """Return the plan that stands in an ephemeris of one object.

    Raises: WrongUsage when it speaks of several objects, or of another world than the picture.
    """
    identities = {segment.identity.object_id for segment in segments}
    if len(identities) != 1:
        raise WrongUsage(f"{name}: it speaks of {len(identities)} objects; give one file for each")
    if (realm := segments[0].realm) is not picture.realm:
        raise WrongUsage(f"worlds never mix: {name} is {realm}, the picture is {picture.realm}")
    moved = motion_of_ephemeris(segments, earth)
    known = _element_set_of(segments[0].identity, picture)
    created = [segment.created_tai_ns for segment in segments if segment.created_tai_ns is not None]
    subject = PlannedSubject(
        identity=known.identity if known is not None else segments[0].identity,
        epoch_tai_ns=max(created, default=moved.start_tai_ns),
        mean_motion_rad_s=moved.mean_motion_rad_s,
        eccentricity=moved.eccentricity,
        marking=_marking(segments[0].marking, standing),
    )
    return Plan(
        name=name,
        standing=standing,
        subject=subject,
        motion=moved.motion,
        start_tai_ns=moved.start_tai_ns,
        end_tai_ns=moved.end_tai_ns,
        doubt=_doubt(moved.covariance),
        left_open_m=moved.left_open_m,
        remarks=tuple(_remarks(name, segments, known)),
    )


def plans_of_burns(
    burns: Sequence[tuple[str, Burn]], object_id: str, picture: Picture, end_tai_ns: int
) -> tuple[Plan, ...]:
    """Return each burn, with its name, of an object of the picture as a plan of its own: always hypothetical.

    Raises: WrongUsage when the object is not in the picture, or a burn comes too late.
    """
    sets = picture.element_sets
    place = next((row for row, one in enumerate(sets) if one.identity.object_id == object_id), None)
    if place is None:
        raise WrongUsage(f"{object_id} is not in this picture")
    chosen = sets[place]
    after = motion_after_burns(motion_of([chosen]), 0, [burn for _, burn in burns], end_tai_ns)
    subject = PlannedSubject(
        identity=chosen.identity,
        epoch_tai_ns=chosen.epoch_tai_ns,
        mean_motion_rad_s=chosen.mean_motion_rad_s,
        eccentricity=chosen.eccentricity,
        bstar_per_earth_radius=chosen.bstar_per_earth_radius,
        marking=OWNER_ONLY,
    )
    return tuple(
        Plan(
            name=name,
            standing=Standing.HYPOTHETICAL,
            subject=subject,
            motion=ChosenMotion(after, np.array([row])),
            start_tai_ns=burn.at_tai_ns,
            end_tai_ns=end_tai_ns,
        )
        for row, (name, burn) in enumerate(burns)
    )


def screen_plans(
    plans: Sequence[Plan],
    picture: Picture,
    window: Window,
    *,
    miss_threshold_m: float,
    circumstances: Circumstances,
    run: Runner,
) -> PlanScreening:
    """Screen plans against everybody else in a picture, and against each other where they are of two objects.

    One hypothetical plan makes the whole screening hypothetical.
    """
    others, left_out = _others(plans, picture)
    subjects: list[Subject] = [*(plan.subject for plan in plans), *(picture.element_sets[k] for k in others)]
    sky = ChosenMotion(motion_of(picture.element_sets), np.array(others, dtype=np.int64))
    screening = screen(
        join(*(plan.motion for plan in plans), sky),
        window.start_tai_ns,
        window.end_tai_ns,
        miss_threshold_m + ROOM_FOR_BENDS_M,
        primaries=np.arange(len(plans)),
        run=run,
    )
    approaches = _asked_for(screening.approaches, plans, miss_threshold_m)
    standing = Standing.HYPOTHETICAL if any(map(_is_hypothetical, plans)) else Standing.DEFINITIVE
    doubts = {row: plan.doubt for row, plan in enumerate(plans) if plan.doubt is not None}
    table = table_of_subjects(subjects, picture.realm, approaches, circumstances, doubts)
    names = [plan.name for plan in plans] + ["element set"] * len(others)
    account = screening.account
    return PlanScreening(
        picture=picture,
        window=window,
        plans=tuple(plans),
        standing=standing,
        left_out=left_out,
        table=_with_standing(table, approaches, names, standing),
        account=tuple((name, getattr(account, name)) for name in account.__dataclass_fields__),
        remarks=tuple(remark for plan in plans for remark in plan.remarks),
    )


def span_of(plans: Sequence[Plan]) -> Window:
    """Return the span that plans cover together."""
    return Window(
        start_tai_ns=min(plan.start_tai_ns for plan in plans),
        end_tai_ns=max(plan.end_tai_ns for plan in plans),
    )


def is_same_object(one: Identity, other: Identity) -> bool:
    """Tell whether two names are of one object: the same id, catalogue number or COSPAR designator."""
    return (
        one.object_id == other.object_id
        or (one.norad_cat_id is not None and one.norad_cat_id == other.norad_cat_id)
        or (one.cospar_id is not None and one.cospar_id == other.cospar_id)
    )


def _is_hypothetical(plan: Plan) -> bool:
    return plan.standing is Standing.HYPOTHETICAL


def _marking(marking: Marking, standing: Standing) -> Marking:
    return OWNER_ONLY if standing is Standing.HYPOTHETICAL else marking


def _element_set_of(identity: Identity, picture: Picture) -> ElementSet | None:
    return next((one for one in picture.element_sets if is_same_object(one.identity, identity)), None)


def _others(plans: Sequence[Plan], picture: Picture) -> tuple[list[int], tuple[ElementSet, ...]]:
    """Return the places of whoever is none of the planned objects, and the sets of those who are."""
    mine = [
        any(is_same_object(one.identity, plan.subject.identity) for plan in plans)
        for one in picture.element_sets
    ]
    left_out = tuple(one for one, own in zip(picture.element_sets, mine, strict=True) if own)
    return [row for row, own in enumerate(mine) if not own], left_out


def _asked_for(approaches: Approaches, plans: Sequence[Plan], miss_threshold_m: float) -> Approaches:
    """Keep what is near enough, and not between two plans of one object."""
    twins = {
        (row, other)
        for row, plan in enumerate(plans)
        for other, its in enumerate(plans)
        if is_same_object(plan.subject.identity, its.subject.identity)
    }
    pairs = zip(approaches.first.tolist(), approaches.second.tolist(), strict=True)
    apart = np.fromiter((pair not in twins for pair in pairs), dtype=bool, count=len(approaches))
    return approaches.select(apart & (approaches.miss_distance_m < miss_threshold_m))


def _with_standing(
    table: pl.DataFrame, approaches: Approaches, names: Sequence[str], standing: Standing
) -> pl.DataFrame:
    """Say in every row by what each object moves and whether it is hypothetical, which is owner only."""
    told = table.with_columns(
        primary_motion=pl.Series([names[row] for row in approaches.first], dtype=pl.String),
        secondary_motion=pl.Series([names[row] for row in approaches.second], dtype=pl.String),
        standing=pl.lit(standing.value, dtype=pl.String),
    )
    if standing is Standing.DEFINITIVE:
        return told
    return told.with_columns(marking=pl.lit(OWNER_ONLY.text, dtype=pl.String))


def _doubt(covariance: CovarianceAlong | None) -> KnownDoubt:
    if covariance is None:
        return KnownDoubt(source=NO_COVARIANCE, covariance_rtn_m2=_nothing_known)
    return KnownDoubt(source=FROM_EPHEMERIS, covariance_rtn_m2=covariance)


def _nothing_known(epoch_tai_ns: Instants) -> Floats:
    return np.full((epoch_tai_ns.size, 3, 3), np.nan)


def _remarks(name: str, segments: Sequence[Ephemeris], known: ElementSet | None) -> list[str]:
    said = []
    if known is None:
        said.append(f"{name}: no object of the picture bears its name; nothing was left out against itself")
    if any(is_earth_fixed(segment.frame) for segment in segments):
        frame = segments[0].frame
        said.append(f"{name}: turned from {frame} without measured UT1: up to 420 m along the equator")
    if all(segment.covariances is None for segment in segments):
        said.append(f"{name}: it gives no covariance, so no probability; the ceiling is given")
    created = segments[0].created_tai_ns
    said.append(f"{name}: created {'at a time unknown' if created is None else utc_text(created, 0)}")
    return said
