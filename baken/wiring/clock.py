"""What time is it?  The only place that knows."""

from datetime import UTC, datetime

from baken.astro.time import tai_ns_from_utc


def now_tai_ns() -> int:
    """Read this machine's clock."""
    return tai_ns_from_utc(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def now_posix_s() -> int:
    """Read this machine's clock as witnesses of logs count: whole seconds of UTC since 1970."""
    return int(datetime.now(UTC).timestamp())
