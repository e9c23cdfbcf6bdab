"""What a screening found, in the words of the trade: findings for what needs somebody's eye."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.astro.time import utc_text
from baken.records.catalogue import Picture
from baken.records.event import EventKind, Finding
from baken.records.lineage import Lineage, Source, settings_of
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet

METHOD = "all-on-all screening of SGP4 trajectories, exact approaches"
# A finding is compared byte by byte between machines; digits that physics does not support would differ.
MEASURE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRule:
    """Which approaches are shown to a person: few, and each with the reason.

    The limits stand for a whole sky, where nobody can manoeuvre most objects: a tenth of its ceiling would
    show ten times as many.  One's own satellites deserve lower limits.
    """

    max_probability: float = 1e-3
    probability: float = 1e-4

    def reason(self, row: dict[str, object]) -> str:
        """Return why an approach is shown, or nothing when it is not."""
        ceiling, estimated = row["max_probability"], row["probability"]
        reasons = []
        if isinstance(ceiling, float) and ceiling >= self.max_probability:
            reasons.append(f"Pc ceiling {ceiling:.1e} reaches {self.max_probability:g}")
        if isinstance(estimated, float) and estimated >= self.probability:
            reasons.append(f"estimated Pc {estimated:.1e} reaches {self.probability:g}")
        return "; ".join(reasons)


def findings_of(
    table: pl.DataFrame, picture: Picture, rule: AttentionRule, circumstances: Circumstances
) -> tuple[Finding, ...]:
    """Return a finding for each approach the rule shows, worst first, then one for each pair in company."""
    chosen = {es.identity.object_id: es for es in picture.element_sets}
    settings = {"max_probability": rule.max_probability, "probability": rule.probability}
    maker = _Maker(chosen=chosen, circumstances=circumstances, settings=settings_of(settings))
    shown = table.filter(
        (pl.col("episode") == 0)
        & ((pl.col("max_probability") >= rule.max_probability) | (pl.col("probability") >= rule.probability))
    ).sort(
        ["max_probability", "miss_distance_m", "primary_object_id", "secondary_object_id", "tca_tai_ns"],
        descending=[True, False, False, False, False],
    )
    encounters = [maker.encounter(row, rule.reason(row)) for row in shown.iter_rows(named=True)]
    return (*encounters, *maker.company(table.filter(pl.col("episode") > 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes findings from rows of the table, signed with what they were made from."""

    chosen: dict[str, ElementSet]
    circumstances: Circumstances
    settings: tuple[tuple[str, str], ...]

    def encounter(self, row: dict[str, object], because: str) -> Finding:
        """Return the finding of one passing encounter."""
        tca_tai_ns = int(row["tca_tai_ns"])  # type: ignore[call-overload]
        return self._finding(row, because, span=(tca_tai_ns, tca_tai_ns), n_approaches=1)

    def company(self, rows: pl.DataFrame) -> Iterator[Finding]:
        """Yield one finding for each pair that stays together, docked or in formation, with its span."""
        for episode in rows.sort(["episode", "miss_distance_m", "tca_tai_ns"]).partition_by("episode"):
            span = (int(episode["tca_tai_ns"].min()), int(episode["tca_tai_ns"].max()))  # type: ignore[arg-type]
            nearest = episode.row(0, named=True)
            because = (
                f"in company: {len(episode)} slow approaches, nearest {nearest['miss_distance_m']:.0f} m; "
                "docked, in formation, or lately parted"
            )
            yield self._finding(nearest, because, span=span, n_approaches=len(episode))

    def _finding(
        self, row: dict[str, object], because: str, *, span: tuple[int, int], n_approaches: int
    ) -> Finding:
        pair = tuple(sorted((str(row["primary_object_id"]), str(row["secondary_object_id"]))))
        sets = [self.chosen[object_id] for object_id in pair]
        tca_tai_ns = int(row["tca_tai_ns"])  # type: ignore[call-overload]
        return Finding(
            kind=EventKind.CONJUNCTION,
            encounter_key=f"{pair[0]}/{pair[1]}@{utc_text(tca_tai_ns, 0)}",
            object_ids=pair,
            start_tai_ns=span[0],
            peak_tai_ns=tca_tai_ns,
            end_tai_ns=span[1],
            measures=(*_measures(row), ("n_approaches", n_approaches)),
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
    "probability_region", "probability_covariance", "mahalanobis_distance", "kind",
)  # fmt: skip


def _measures(row: dict[str, object]) -> Iterator[tuple[str, float | int | str | None]]:
    for name in MEASURES:
        value = row[name]
        if isinstance(value, float):
            yield name, float(f"{value:.{MEASURE_DIGITS}g}") if value == value else None
        elif value is None or isinstance(value, int | str):
            yield name, value


def _marking(sets: list[ElementSet]) -> Marking:
    return strictest(frozenset(element_set.marking for element_set in sets))


def _sources(sets: list[ElementSet]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for element_set in sets for source in element_set.lineage.sources))
