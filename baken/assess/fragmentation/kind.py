"""What kind of parting it was, as far as motion tells, and how far that is."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats


class BreakupKind(StrEnum):
    """The ways in which one object becomes many."""

    EXPLOSION = "explosion"
    COLLISION = "collision"
    DIRECT_ASCENT = "direct ascent"
    RELEASE = "ordinary release"


# Springs and separation systems part payloads at some tenths of a metre a second to about 3 m/s.
RELEASE_KICK_M_S = 2.0
# NASA's breakup model (Johnson et al. 2001, Adv. Space Res. 28, 1377): log10 of the kick of an explosion is
# 0.2 chi + 1.85, sigma 0.4; compact pieces have a chi (log10 of area to mass) from -2.5 to -0.5.
BURST_LOG10_KICK, BURST_LOG10_SIGMA = 1.55, 0.45
# Between two objects in orbit a meeting this slow is a docking, not a collision.
COLLISION_SPEED_M_S = 500.0
# Tens of tracked pieces come from a burst tank as well as from a hit; several hundred more often from a hit,
# and kicks past 100 m/s too.  These are leanings, kept weak: bursts of 700 tracked pieces are on record.
MANY_PIECES, HARD_KICK_M_S = 300, 100.0
LEANING = 0.5
# How strongly it counts that a second object was, or was not, there: e to these powers.
SECOND_WAS_THERE, NO_SECOND_WAS_THERE = 5.0, -3.0
CANNOT_TELL_SECOND = -1.0
UNCHANGED_AFTER_RELEASE = 1.0


class MotionFacts(NamedTuple):
    """What motion says, in the figures that the kinds differ by.

    ``kick_error_m_s`` is what old elements make of no kick at all.  ``second_speed_m_s`` is the speed at
    which a second catalogued object passed the first at the pinch, NaN when none was there;
    ``second_can_be_told`` says whether elements were good enough to see one.
    ``parent_is_unchanged`` is None when nobody knows.
    """

    n_pieces: int
    median_kick_m_s: float
    ninetieth_percentile_kick_m_s: float
    kick_error_m_s: float
    anisotropy: float
    second_speed_m_s: float
    second_can_be_told: bool
    parent_is_unchanged: bool | None


class KindWeights(NamedTuple):
    """A weight for each kind, summing to one, and one sentence on how far motion allows to tell."""

    weights: tuple[tuple[BreakupKind, float], ...]
    sentence: str

    @property
    def likeliest(self) -> BreakupKind:
        """The kind with the largest weight; the first named when two are equal."""
        return max(self.weights, key=lambda pair: pair[1])[0]

    def of(self, kind: BreakupKind) -> float:
        """Return the weight of one kind."""
        return dict(self.weights)[kind]


def weigh_kinds(facts: MotionFacts) -> KindWeights:
    """Return weights of the kinds by motion alone; before looking all four weigh the same.

    An explosion and a hit by something that never was in orbit push pieces alike: they share what is left
    when release and collision are taken out, with a weak leaning by number and kick.  The weights order what
    motion says; they are no frequencies, and nobody calibrated them.

    >>> facts = MotionFacts(20, 0.8, 1.4, 1.0, 0.2, float("nan"), True, True)
    >>> weigh_kinds(facts).likeliest.value
    'ordinary release'
    """
    scores = {
        BreakupKind.EXPLOSION: _burst(facts) - _leaning(facts),
        BreakupKind.COLLISION: _burst(facts) + _second(facts),
        BreakupKind.DIRECT_ASCENT: _burst(facts) + _leaning(facts),
        BreakupKind.RELEASE: _release(facts),
    }
    values = np.array(list(scores.values()))
    weight: Floats = np.exp(values - values.max())
    weight /= weight.sum()
    weights = tuple((kind, float(share)) for kind, share in zip(scores, weight, strict=True))
    return KindWeights(weights, _sentence(facts, dict(weights)))


def _burst(facts: MotionFacts) -> float:
    off = (np.log10(max(facts.median_kick_m_s, 0.1)) - BURST_LOG10_KICK) / BURST_LOG10_SIGMA
    # Harder than the model's median speaks for a burst no less.
    return -0.5 * float(min(off, 0.0)) ** 2


def _release(facts: MotionFacts) -> float:
    scale_m_s = np.hypot(RELEASE_KICK_M_S, facts.kick_error_m_s)
    quiet = -0.5 * float((facts.median_kick_m_s / scale_m_s) ** 2)
    known = {True: UNCHANGED_AFTER_RELEASE, False: -UNCHANGED_AFTER_RELEASE, None: 0.0}
    return quiet + known[facts.parent_is_unchanged]


def _second(facts: MotionFacts) -> float:
    if facts.second_speed_m_s >= COLLISION_SPEED_M_S:
        return SECOND_WAS_THERE
    return NO_SECOND_WAS_THERE if facts.second_can_be_told else CANNOT_TELL_SECOND


def _leaning(facts: MotionFacts) -> float:
    """Return how far number, size and one-sidedness lean towards a hit from outside: at most three halves."""
    signs = (
        np.sign(facts.n_pieces - MANY_PIECES),
        np.sign(facts.ninetieth_percentile_kick_m_s - HARD_KICK_M_S),
        np.sign(facts.anisotropy - 0.5),
    )
    return LEANING / 2.0 * float(sum(signs))


def _sentence(facts: MotionFacts, weight: dict[BreakupKind, float]) -> str:
    if weight[BreakupKind.RELEASE] > 0.5:
        return "the pieces parted no faster than a separation system parts payloads; that is all motion says"
    if weight[BreakupKind.COLLISION] > 0.5:
        return (
            "a second catalogued object was at the same place at the same time, at high speed; motion does "
            "not say why they met"
        )
    unseen = (
        "" if facts.second_can_be_told else "; nor, with elements so old, whether a second object was there"
    )
    return f"motion does not tell a burst from within from a hit by something that was not in orbit{unseen}"
