"""Exit codes and error lines: what a script may rely on."""

from enum import IntEnum

from baken.cli.terminal import plain
from baken.errors import BakenError, LetterRefused, OutsideServiceFailed, RefusedByPolicy


class Exit(IntEnum):
    """How a command ends; see ``docs/chapters/command-line.md``."""

    DONE = 0
    DOES_NOT_HOLD = 1
    WRONG_USAGE_OR_INPUT = 2
    REFUSED_BY_POLICY = 3
    OUTSIDE_SERVICE_FAILED = 4
    OWN_MISTAKE = 70
    INTERRUPTED = 130


def exit_of(error: BakenError) -> Exit:
    """Return the exit code of a refusal.

    >>> exit_of(RefusedByPolicy("no"))
    <Exit.REFUSED_BY_POLICY: 3>
    """
    if isinstance(error, RefusedByPolicy):
        return Exit.REFUSED_BY_POLICY
    if isinstance(error, OutsideServiceFailed | LetterRefused):
        return Exit.OUTSIDE_SERVICE_FAILED
    return Exit.WRONG_USAGE_OR_INPUT


def error_line(error: BaseException) -> str:
    """Return the one line a refused command leaves on standard error.

    >>> error_line(BakenError("no such\\nthing"))
    'baken: no such thing'
    """
    return "baken: " + plain(" ".join(str(error).split()))
