"""Which Baken this is."""

from importlib.metadata import version


def code_version() -> str:
    """Return which Baken this is."""
    return version("baken")
