"""The first thing that runs: it settles where compiled kernels are kept before any is imported."""

import sys

from baken.wiring.compiler_cache import settle_compiler_cache


def entry() -> None:
    """Answer one command line and leave with its exit code."""
    settle_compiler_cache()
    from baken.cli.main import answer
    from baken.cli.terminal import tell_mistake

    sys.excepthook = tell_mistake

    sys.exit(answer(sys.argv[1:]))
