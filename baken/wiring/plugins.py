"""Find detectors that are installed: ours and a stranger's, listed the same way."""

from importlib.metadata import entry_points

from baken.operations.ports import Detector


def detectors() -> tuple[Detector, ...]:
    """Return one of each installed detector, in order of name."""
    found = sorted(entry_points(group="baken.detectors"), key=lambda entry: entry.name)
    return tuple(entry.load()() for entry in found)
