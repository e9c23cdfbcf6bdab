"""Find detectors that are installed: ours and a stranger's, listed the same way."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import entry_points

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.operations.ports import Detector


def detectors() -> tuple[Detector, ...]:
    """Return one of each installed detector, in order of name."""
    found = sorted(entry_points(group="baken.detectors"), key=lambda entry: entry.name)
    return tuple(entry.load()() for entry in found)


def under(circumstances: Circumstances, detectors: Sequence[Detector]) -> tuple[Detector, ...]:
    """Return the detectors, those for conjunctions told what is known of sizes; the others as they are."""
    return tuple(
        replace(one, circumstances=circumstances) if isinstance(one, ConjunctionDetector) else one
        for one in detectors
    )
