"""With what findings are made again: the assessor and the detectors that are installed here."""

from collections.abc import Mapping

from baken.operations.look_again import as_of_told, look_again, picture_of_files
from baken.operations.recompute_finding import Means
from baken.records.catalogue import Picture
from baken.records.event import Finding, Runner
from baken.records.marking import Realm
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.code_version import code_version
from baken.wiring.plugins import detectors
from baken.wiring.skies import SIMULATED_OBJECTS, digests_of_simulated_sky, simulated_sky


def means_of(run: Runner) -> Means:
    """Return with what findings are made again, the work done by a runner."""
    installed = detectors()

    def look(finding: Finding, contents: Mapping[str, bytes]) -> tuple[Finding, ...]:
        picture = _invented(finding) or picture_of_files(finding, contents)
        return look_again(finding, picture, contents, installed, run=run)

    return Means(assessor=assessor_of_warnings(), look_again=look, code_version=code_version())


def _invented(finding: Finding) -> Picture | None:
    """Draw the sky again that ``baken run`` invents where it has none; nothing for a finding of another one.

    What it is drawn from is part of Baken, and the digests of that stand in the finding.
    """
    if finding.realm is not Realm.SIMULATED:
        return None
    drawn_from = digests_of_simulated_sky(now_tai_ns=as_of_told(finding), n_objects=SIMULATED_OBJECTS)
    if not {source.digest for source in finding.lineage.sources} <= drawn_from:
        return None
    return simulated_sky(now_tai_ns=as_of_told(finding), n_objects=SIMULATED_OBJECTS).picture()
