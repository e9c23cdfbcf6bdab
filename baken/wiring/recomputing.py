"""With what findings are made again: the assessor and the detectors that are installed here."""

from collections.abc import Mapping

from baken.operations.look_again import look_again
from baken.operations.recompute_finding import Means
from baken.records.event import Finding, Runner
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.pages import code_version
from baken.wiring.plugins import detectors


def means_of(run: Runner) -> Means:
    """Return with what findings are made again, the work done by a runner."""
    installed = detectors()

    def look(finding: Finding, contents: Mapping[str, bytes]) -> tuple[Finding, ...]:
        return look_again(finding, contents, installed, run=run)

    return Means(assessor=assessor_of_warnings(), look_again=look, code_version=code_version())
