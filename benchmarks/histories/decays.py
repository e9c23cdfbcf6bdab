"""Real decays to judge re-entry windows by: what was known before, and what came.

Decays of 2013 and 2014 are known by their day: the truth is taken as noon, and a window holds it when it
meets that day.  Those of 2024 are known by the last official message about each.
"""

import csv
import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from baken.assess.reentry.conditions import ReentrySettings, conditions_at
from baken.assess.reentry.prediction import predict
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.astro.time import NANOSECONDS_A_DAY, tai_ns_from_utc
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.orbit import ElementSet
from baken.records.reentry import ReentryPrediction

DAY = NANOSECONDS_A_DAY
AIR_FROM, AIR_UNTIL = "2013-09-20T00:00:00Z", "2014-07-01T00:00:00Z"
AIR_OF_2024 = "2024-05-01", "2024-10-15"
CATALOGUE_OF_2024 = "cat_20240705_heyoka.3le.gz"
FOLLOWED_DAY, FRESH_DAY = 90.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One prediction against what happened; rank is the share of the members that were down before."""

    norad_cat_id: int
    name: str
    lead_day: float
    error_day: float
    is_held: bool
    rank: float

    @property
    def error_share(self) -> float:
        return abs(self.error_day) / self.lead_day


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCase:
    """A prediction from one element set beside the official message issued nearest to that set."""

    ours: Case
    message_lead_day: float
    message_error_day: float
    message_half_window_day: float


class Hindsight(SpaceWeatherTable):
    """The sun as it came: tells an error of the air and of drag from one of the sun."""

    def known_at(self, epoch_tai_ns: int) -> SpaceWeatherTable:  # noqa: ARG002
        return self


def weather_of(data: Path) -> SpaceWeatherTable:
    """Return the table; what was not yet known is cut away by every prediction itself."""
    packed = data / "eop_spaceweather/celestrak_SpaceWeather-All-v1.2_2025-01-10.txt.gz"
    return space_weather_from_celestrak(gzip.decompress(packed.read_bytes()).decode())


def with_hindsight(table: SpaceWeatherTable) -> Hindsight:
    """Return a table that hides nothing."""
    return Hindsight(**{one.name: getattr(table, one.name) for one in fields(table)})


def cases(
    data: Path,
    table: SpaceWeatherTable,
    *,
    n_members: int,
    earlier_days: tuple[float, ...] = (0.0,),
    only: int | None = None,
) -> Iterator[Case]:
    """Yield each of 127 decays, or one, predicted at its last element set and some days earlier."""
    grid, settings = _air_of_2013(), ReentrySettings(n_members=n_members)
    for noon, sets in _decays_of_2013(data, only):
        last = max(es.epoch_tai_ns for es in sets)
        for earlier in earlier_days:
            as_of = last - round(earlier * DAY)
            conditions = conditions_at(as_of, table, settings, np.random.default_rng, air=grid)
            made = predict(sets, conditions, np.random.default_rng, settings)
            if made is not None:
                yield _case(made, as_of, noon, DAY // 2)


def cases_at(data: Path, table: SpaceWeatherTable, lead_day: float, *, n_members: int) -> Iterator[Case]:
    """Yield each decay that had a fresh element set so long before, predicted at that instant."""
    grid, settings = _air_of_2013(), ReentrySettings(n_members=n_members)
    for noon, sets in _decays_of_2013(data, None):
        as_of = noon - round(lead_day * DAY)
        if not any(0 <= as_of - es.epoch_tai_ns <= FRESH_DAY * DAY for es in sets):
            continue
        conditions = conditions_at(as_of, table, settings, np.random.default_rng, air=grid)
        made = predict(sets, conditions, np.random.default_rng, settings)
        if made is not None:
            yield _case(made, as_of, noon, DAY // 2)


def official_cases(data: Path, table: SpaceWeatherTable, *, n_members: int) -> Iterator[OfficialCase]:
    """Yield what one element set of July 2024 told, beside official messages, in order of lead."""
    messages = json.loads((data / "reentry/tip_2024_even.json").read_text())
    content = gzip.decompress((data / "catalogue" / CATALOGUE_OF_2024).read_bytes())
    given = NamedContent(name=CATALOGUE_OF_2024, content=content)
    records = read_catalogue(given, Provenance()).reading.records
    sets = {one.identity.norad_cat_id: one for one in records if isinstance(one, ElementSet)}
    settings = ReentrySettings(n_members=n_members, longest_day=FOLLOWED_DAY)
    grid = density_grid(*(tai_ns_from_utc(f"{day}T00:00:00Z") for day in AIR_OF_2024))
    found = []
    for number in sorted({int(message["NORAD_CAT_ID"]) for message in messages} & set(sets)):
        of_one = [message for message in messages if int(message["NORAD_CAT_ID"]) == number]
        case = _beside(sets[number], of_one, table, grid, settings)
        found += [case] if case is not None else []
    yield from sorted(found, key=lambda one: one.ours.lead_day)


def _beside(
    es: ElementSet,
    messages: list[dict[str, str]],
    table: SpaceWeatherTable,
    grid: DensityGrid,
    settings: ReentrySettings,
) -> OfficialCase | None:
    last = max(messages, key=lambda message: message["MSG_EPOCH"])
    truth, as_of = _instant(last["DECAY_EPOCH"]), es.epoch_tai_ns
    if truth <= as_of:
        return None
    conditions = conditions_at(as_of, table, settings, np.random.default_rng, air=grid)
    made = predict([es], conditions, np.random.default_rng, settings)
    if made is None:
        return None
    near = min(messages, key=lambda message: abs(_instant(message["MSG_EPOCH"]) - as_of))
    return OfficialCase(
        ours=_case(made, as_of, truth, 0),
        message_lead_day=(truth - _instant(near["MSG_EPOCH"])) / DAY,
        message_error_day=(_instant(near["DECAY_EPOCH"]) - truth) / DAY,
        message_half_window_day=float(near["WINDOW"]) / 1440.0,
    )


def _case(made: ReentryPrediction, as_of: int, truth: int, half_ns: int) -> Case:
    came = made.ensemble.epoch_tai_ns
    return Case(
        norad_cat_id=made.identity.norad_cat_id or 0,
        name=made.identity.name or "",
        lead_day=(truth - as_of) / DAY,
        error_day=(made.epoch_tai_ns - truth) / DAY,
        is_held=made.window_start_tai_ns <= truth + half_ns and made.window_end_tai_ns >= truth - half_ns,
        rank=float((came < truth).sum() / (came.size + made.ensemble.n_still_up)),
    )


def _decays_of_2013(data: Path, only: int | None) -> Iterator[tuple[int, tuple[ElementSet, ...]]]:
    """Yield noon of the day of decay, and the element sets before."""
    with (data / "reentry/decays_2013-10_2014-02.csv").open() as stream:
        rows = csv.reader(line for line in stream if line[0].isdigit())
        noon = {int(number): tai_ns_from_utc(f"{day.strip()}T12:00:00Z") for number, day in rows}
    noon = {number: when for number, when in noon.items() if only in (None, number)}
    with tarfile.open(data / "catalogue_series/covariance_3les.tar.gz") as archive:
        for member in archive:
            name = re.search(r"/(\d+)\.txt$", member.name)
            stream = archive.extractfile(member) if name and int(name[1]) in noon else None
            if name and stream:
                given = NamedContent(name=member.name, content=stream.read())
                records = read_catalogue(given, Provenance()).reading.records
                yield noon[int(name[1])], tuple(one for one in records if isinstance(one, ElementSet))


def _air_of_2013() -> DensityGrid:
    return density_grid(tai_ns_from_utc(AIR_FROM), tai_ns_from_utc(AIR_UNTIL))


def _instant(text: str) -> int:
    return tai_ns_from_utc(text.replace(" ", "T") + "Z")
