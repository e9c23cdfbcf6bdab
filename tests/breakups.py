"""A breakup as people get it, made for tests: every figure known."""

from dataclasses import replace

import numpy as np

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.newcomers import Group
from baken.assess.fragmentation.outlook import AskedRisk, outlook_of
from baken.records.breakup_outlook import BreakupOutlook
from tests.assess.fragmentation.made_breakups import AFTER_TAI_NS, ball_of_kicks, kicked, parent
from tests.makers import EPOCH_TAI_NS


def made_outlook(n_pieces: int = 30, **asked: object) -> BreakupOutlook:
    """Return the outlook of a parent broken by kicks of forty metres a second."""
    rng = np.random.default_rng(5)
    pieces = kicked(parent(), ball_of_kicks(n_pieces, 40.0, rng), rng)
    group = Group(called="2001-011", pieces=pieces)
    seen = analyse(group, [parent()], {}, start_tai_ns=EPOCH_TAI_NS, end_tai_ns=AFTER_TAI_NS)
    return outlook_of(seen, AskedRisk(assets=(parent(),), known=(parent(), *pieces), **asked))


def with_weights(outlook: BreakupOutlook, **weights: float) -> BreakupOutlook:
    """Return the same breakup, its kind weighed otherwise."""
    return replace(outlook, kind_weights=tuple(weights.items()))
