"""Many element sets as columns, on their way from a text to records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from baken.astro.arrays import Floats, Instants
from baken.errors import WrongUsage
from baken.formats._grammar import Unit
from baken.records.identity import Identity
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What all element sets of one text have in common."""

    realm: Realm
    marking: Marking
    lineage: Lineage


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementColumns:
    """One entry a row in every column.  A row that is in any doubt has no identity."""

    identity: Sequence[Identity | None]
    epoch_tai_ns: Instants
    mean_motion_rad_s: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    argument_of_perigee_rad: Floats
    mean_anomaly_rad: Floats
    bstar_per_earth_radius: Floats
    mean_motion_dot_rad_s2: Floats
    mean_motion_ddot_rad_s3: Floats
    classification: Sequence[str]
    element_set_no: Sequence[int | None]
    rev_at_epoch: Sequence[int | None]
    originator: Sequence[str]
    created_tai_ns: Sequence[int | None]
    comments: Sequence[tuple[str, ...]]
    other_fields: Sequence[tuple[tuple[str, str], ...]]


def si_column(values: Floats, unit: Unit | None) -> Floats:
    """Return a column in SI, rounded exactly as ``_grammar.si_from`` rounds one number."""
    return values if unit is None else values * unit.factor / unit.divisor


def element_sets_of(columns: ElementColumns, carried: Carried) -> list[ElementSet | None]:
    """Return the element set of each row, and ``None`` for a row in doubt."""
    rows = zip(
        columns.identity,
        columns.epoch_tai_ns.tolist(),
        columns.mean_motion_rad_s.tolist(),
        columns.eccentricity.tolist(),
        columns.inclination_rad.tolist(),
        columns.raan_rad.tolist(),
        columns.argument_of_perigee_rad.tolist(),
        columns.mean_anomaly_rad.tolist(),
        columns.bstar_per_earth_radius.tolist(),
        columns.mean_motion_dot_rad_s2.tolist(),
        columns.mean_motion_ddot_rad_s3.tolist(),
        columns.classification,
        columns.element_set_no,
        columns.rev_at_epoch,
        columns.originator,
        columns.created_tai_ns,
        columns.comments,
        columns.other_fields,
        strict=True,
    )
    return [
        ElementSet(
            identity=identity,
            epoch_tai_ns=epoch_tai_ns,
            mean_motion_rad_s=mean_motion_rad_s,
            eccentricity=eccentricity,
            inclination_rad=inclination_rad,
            raan_rad=raan_rad,
            argument_of_perigee_rad=argument_of_perigee_rad,
            mean_anomaly_rad=mean_anomaly_rad,
            bstar_per_earth_radius=bstar_per_earth_radius,
            mean_motion_dot_rad_s2=mean_motion_dot_rad_s2,
            mean_motion_ddot_rad_s3=mean_motion_ddot_rad_s3,
            classification=classification,
            element_set_no=element_set_no,
            rev_at_epoch=rev_at_epoch,
            originator=originator,
            created_tai_ns=created_tai_ns,
            realm=carried.realm,
            marking=carried.marking,
            lineage=carried.lineage,
            comments=comments,
            other_fields=other_fields,
        )
        if identity is not None
        else None
        for (
            identity,
            epoch_tai_ns,
            mean_motion_rad_s,
            eccentricity,
            inclination_rad,
            raan_rad,
            argument_of_perigee_rad,
            mean_anomaly_rad,
            bstar_per_earth_radius,
            mean_motion_dot_rad_s2,
            mean_motion_ddot_rad_s3,
            classification,
            element_set_no,
            rev_at_epoch,
            originator,
            created_tai_ns,
            comments,
            other_fields,
        ) in rows
    ]


def only_element_sets(records: Iterable[object], format_name: str) -> Iterator[ElementSet]:
    """Yield records that are all element sets.

    Raises: WrongUsage at the first that is something else.
    """
    for record in records:
        if not isinstance(record, ElementSet):
            raise WrongUsage(
                f"{format_name} holds element sets only, and one record is a {type(record).__name__}"
            )
        yield record
