"""What a graded piece of evidence weighs, and what "cannot be judged" leaves open."""

from baken.records.hypothesis import Credibility, Grade, Reliability

# The code orders sources and information and gives no numbers.  These are ours, evenly spaced, so that an
# order of explanations can be computed; the bounds show what rests on them.
RELIABILITY = {
    Reliability.A: 1.0,
    Reliability.B: 0.8,
    Reliability.C: 0.6,
    Reliability.D: 0.4,
    Reliability.E: 0.2,
}
CREDIBILITY = {
    Credibility.CONFIRMED: 1.0,
    Credibility.PROBABLY_TRUE: 0.8,
    Credibility.POSSIBLY_TRUE: 0.6,
    Credibility.DOUBTFUL: 0.4,
    Credibility.IMPROBABLE: 0.2,
}
LEAST, MIDDLE, MOST = 0.2, 0.6, 1.0


def weight(grade: Grade) -> float:
    """Return what a piece weighs; what cannot be judged weighs like the middle of its scale.

    >>> weight(Grade(reliability=Reliability.A, credibility=Credibility.CONFIRMED))
    1.0
    """
    return RELIABILITY.get(grade.reliability, MIDDLE) * CREDIBILITY.get(grade.credibility, MIDDLE)


def weight_bounds(grade: Grade) -> tuple[float, float]:
    """Return the least and the most a piece can weigh, both alike where everything was judged.

    >>> weight_bounds(Grade(reliability=Reliability.A))
    (0.2, 1.0)
    """
    return (
        RELIABILITY.get(grade.reliability, LEAST) * CREDIBILITY.get(grade.credibility, LEAST),
        RELIABILITY.get(grade.reliability, MOST) * CREDIBILITY.get(grade.credibility, MOST),
    )
