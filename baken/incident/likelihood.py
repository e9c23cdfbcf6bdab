"""Words for how likely a thing is, and the numbers they stand for."""

from baken.records.hypothesis import Likelihood

# Intelligence Community Directive 203 (2 January 2015), D.6.e(2)(a), in percent.
BAND_PERCENT: dict[Likelihood, tuple[int, int]] = {
    Likelihood.ALMOST_NO_CHANCE: (1, 5),
    Likelihood.VERY_UNLIKELY: (5, 20),
    Likelihood.UNLIKELY: (20, 45),
    Likelihood.ROUGHLY_EVEN_CHANCE: (45, 55),
    Likelihood.LIKELY: (55, 80),
    Likelihood.VERY_LIKELY: (80, 95),
    Likelihood.ALMOST_CERTAIN: (95, 99),
}


def band_percent(likelihood: Likelihood) -> tuple[int, int]:
    """Return the percentages between which a word of likelihood holds.

    Source: ICD 203 (2015), D.6.e(2)(a).

    >>> band_percent(Likelihood.VERY_LIKELY)
    (80, 95)
    """
    return BAND_PERCENT[likelihood]


def likelihood_of(probability: float) -> Likelihood:
    """Return the word for a probability; on an edge between two, the one nearer to "even".

    Raises: ValueError below 1 % and above 99 %: the ladder has no word for certainty.

    >>> [str(likelihood_of(probability)) for probability in (0.8, 0.2, 0.97)]
    ['likely', 'unlikely', 'almost-certain']
    """
    fitting = [
        likelihood for likelihood, (low, high) in BAND_PERCENT.items() if low <= 100 * probability <= high
    ]
    if not fitting:
        raise ValueError(f"words of likelihood run from 1 % to 99 %; {probability:g} is outside")
    return min(fitting, key=lambda word: abs(sum(BAND_PERCENT[word]) - 100))
