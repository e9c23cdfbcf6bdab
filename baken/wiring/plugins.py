"""Find detectors that are installed: ours and a stranger's, listed the same way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.reentry.detector import ReentryDetector
from baken.astro.space_weather import SpaceWeatherTable
from baken.operations.ports import Detector
from baken.records.lineage import NO_FILE


def detectors() -> tuple[Detector, ...]:
    """Return one of each installed detector, in order of name."""
    found = sorted(entry_points(group="baken.detectors"), key=lambda entry: entry.name)
    return tuple(entry.load()() for entry in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One thing that is installed: for what, under which name, and whose it is."""

    group: str
    name: str
    package: str
    version: str


GROUPS = ("detectors", "formats", "measures", "transports")


def installed() -> tuple[Plugin, ...]:
    """Return everything that is installed, ours and strangers' alike, in order of group and name."""
    return tuple(
        Plugin(
            group=group,
            name=entry.name,
            package=entry.dist.name if entry.dist else "",
            version=entry.dist.version if entry.dist else "",
        )
        for group in GROUPS
        for entry in sorted(entry_points(group=f"baken.{group}"), key=lambda entry: entry.name)
    )


def under(
    circumstances: Circumstances,
    space_weather: SpaceWeatherTable | None,
    detectors: Sequence[Detector],
    *,
    space_weather_from: str = NO_FILE,
) -> tuple[Detector, ...]:
    """Return the detectors, each told what is known of sizes or of space weather; the others as they are.

    ``space_weather_from`` is the digest of the file in which it stood.
    """

    def told(one: Detector) -> Detector:
        if isinstance(one, ConjunctionDetector):
            return replace(one, circumstances=circumstances)
        if isinstance(one, ReentryDetector):
            return replace(one, space_weather=space_weather, space_weather_from=space_weather_from)
        return one

    return tuple(told(one) for one in detectors)
