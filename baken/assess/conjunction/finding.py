"""What a screening found, in the words of the trade: findings for what needs somebody's eye."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.records.catalogue import Picture
from baken.records.event import EventKind, Finding, encounter_key_of
from baken.records.lineage import Lineage, Source, settings_of
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet

METHOD = "all-on-all screening of SGP4 trajectories, exact approaches"
# A finding is compared byte by byte between machines; digits that physics does not support would differ.
MEASURE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRule:
    """Which encounters are shown to a person: few, and each with the reason.

    Both the estimated probability and its ceiling have to be high: a high ceiling alone may need a covariance
    nobody believes in, a high estimate alone rests on one that is only estimated.  Where nothing can be
    estimated, elements being too old, the ceiling alone decides.  The limits stand for a whole sky; one's own
    satellites deserve lower ones.  CARA acts above 1e-4 (NASA/SP-20205011318).
    """

    probability: float = 1e-4
    max_probability: float = 1e-3
    max_probability_alone: float = 1e-2

    @property
    def is_met(self) -> pl.Expr:
        """Whether a row of the table is shown."""
        ceiling, estimated = pl.col("max_probability"), pl.col("probability")
        both = (estimated >= self.probability) & (ceiling >= self.max_probability)
        return pl.when(estimated.is_null()).then(ceiling >= self.max_probability_alone).otherwise(both)

    def reason(self, row: dict[str, object]) -> str:
        """Return why a row is shown."""
        if row["probability"] is None:
            return f"no estimate; ceiling ≥ {self.max_probability_alone:g}"
        return f"estimate ≥ {self.probability:g}, ceiling ≥ {self.max_probability:g}"


def findings_of(
    table: pl.DataFrame, picture: Picture, rule: AttentionRule, circumstances: Circumstances
) -> tuple[Finding, ...]:
    """Return a finding for each happening the rule shows, worst first, then one for each pair in company.

    A pair that meets revolution after revolution is one happening, told by its worst approach.  Worst is the
    largest estimated probability; where there is none, the ceiling stands in for it.
    """
    chosen = {es.identity.object_id: es for es in picture.element_sets}
    settings = {name: getattr(rule, name) for name in rule.__dataclass_fields__}
    maker = _Maker(chosen=chosen, circumstances=circumstances, settings=settings_of(settings))
    passing = table.filter(~pl.col("in_company") & rule.is_met)
    encounters = [
        maker.finding(group, f"{_times(group)}{rule.reason(group.row(0, named=True))}")
        for group in _happenings(passing)
    ]
    company = [
        maker.finding(group, f"{_times(group)}in company: docked, in formation, or lately parted")
        for group in _happenings(table.filter("in_company"))
    ]
    return (*encounters, *company)


def _happenings(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what belongs together, an episode or one approach: worst row first, worst of them first."""
    ordered = rows.with_row_index("row").with_columns(
        happening=pl.when(pl.col("episode") > 0)
        .then(pl.col("episode"))
        .otherwise(-1 - pl.col("row").cast(pl.Int64)),
        threat=pl.coalesce("probability", "max_probability"),
    )
    by_threat = ordered.sort(
        ["threat", "miss_distance_m", "primary_object_id", "secondary_object_id", "tca_tai_ns"],
        descending=[True, False, False, False, False],
        nulls_last=True,
    )
    return by_threat.partition_by("happening", maintain_order=True)


def _times(group: pl.DataFrame) -> str:
    return f"{len(group)} approaches; " if len(group) > 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes findings from rows of the table, signed with what they were made from."""

    chosen: dict[str, ElementSet]
    circumstances: Circumstances
    settings: tuple[tuple[str, str], ...]

    def finding(self, group: pl.DataFrame, because: str) -> Finding:
        """Return the finding of a happening: figures of its worst approach, span of all."""
        row = group.row(0, named=True)
        pair = tuple(sorted((str(row["primary_object_id"]), str(row["secondary_object_id"]))))
        sets = [self.chosen[object_id] for object_id in pair]
        tca_tai_ns = int(row["tca_tai_ns"])
        return Finding(
            kind=EventKind.CONJUNCTION,
            encounter_key=encounter_key_of(pair, tca_tai_ns),
            object_ids=pair,
            start_tai_ns=int(group["tca_tai_ns"].min()),  # type: ignore[arg-type]
            peak_tai_ns=tca_tai_ns,
            end_tai_ns=int(group["tca_tai_ns"].max()),  # type: ignore[arg-type]
            measures=(*_measures(row), ("n_approaches", len(group)), ("in_company", int(row["in_company"]))),
            because=because,
            assumptions=self.circumstances.assumptions,
            realm=sets[0].realm,
            marking=_marking(sets),
            lineage=Lineage(sources=_sources(sets), method=METHOD, settings=self.settings),
        )


MEASURES = (
    "primary_norad_cat_id", "primary_name", "primary_age_h", "secondary_norad_cat_id", "secondary_name",
    "secondary_age_h", "miss_distance_m", "relative_speed_m_s", "miss_radial_m", "miss_transverse_m",
    "miss_normal_m", "hard_body_radius_m", "hard_body_source", "max_probability", "probability",
    "probability_region", "probability_covariance", "mahalanobis_distance", "approach_kind",
)  # fmt: skip


def _measures(row: dict[str, object]) -> Iterator[tuple[str, float | int | str | None]]:
    for name in MEASURES:
        value = row[name]
        if value is None or isinstance(value, float | int | str):
            yield name, measured(value)


def measured(value: float | int | str | None) -> float | int | str | None:
    """Return a figure with the digits that physics supports, None for what is no number.

    >>> measured(441.0838412), measured(float("nan")), measured(25544)
    (441.084, None, 25544)
    """
    if not isinstance(value, float):
        return value
    return float(f"{value:.{MEASURE_DIGITS}g}") if value == value else None


def _marking(sets: list[ElementSet]) -> Marking:
    return strictest(frozenset(element_set.marking for element_set in sets))


def _sources(sets: list[ElementSet]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for element_set in sets for source in element_set.lineage.sources))
