"""What stands beside an assessment: the assumptions it rests on, and what was noticed on the way."""

from collections.abc import Iterator

from baken.assess.conjunction.encounter_case import EncounterCase
from baken.assess.conjunction.message_states import CombinedBody
from baken.assess.conjunction.monte_carlo import MonteCarlo
from baken.records.collision_assessment import Said
from baken.records.conjunction_message import ConjunctionMessage

# A shared error of the forecast density, which NASA CARA's messages tell of in comments.
SHARED_DENSITY_ERROR = "DCP"

ASSUMED_IN_TWO_DIMENSIONS = Said(
    name="two_dimensions",
    text="2-D (Foster 1992): straight relative path, covariance constant while the objects pass",
)
ASSUMED_IN_THREE_DIMENSIONS = Said(
    name="three_dimensions",
    text="3-D (Hall 2021): errors Gaussian in equinoctial elements, two-body motion, a quarter of a "
    "revolution to each side; an expected number of collisions, which a probability never exceeds",
)

NOTHING_TO_SAMPLE = Said(
    name="nothing_to_sample",
    text="Monte Carlo needs two closed orbits, and covariances that leave them so",
)


def assumed_always(body: CombinedBody, scales: tuple[float, float]) -> Iterator[Said]:
    """Yield what every assessment assumes."""
    radius = f"{body.radius_m:g}"
    yield Said(
        name="hard_body",
        text=f"hard body: a sphere of {radius} m ({body.source})",
        figures=(("radius", radius), ("source", body.source)),
    )
    yield Said(name="independent_errors", text="errors of the two objects Gaussian, and independent")
    if scales != (1.0, 1.0):
        first, second = (f"{scale:g}" for scale in scales)
        yield Said(
            name="scaled_covariances",
            text=f"standard deviations of the first object times {first}, of the second times {second}",
            figures=(("first", first), ("second", second)),
        )


def remarks_on_message(message: ConjunctionMessage) -> Iterator[Said]:
    """Yield what a message tells that is not used."""
    comments = [
        line
        for one in (message, message.first, message.second)
        for _, lines in one.comments
        for line in lines
    ]
    if any(SHARED_DENSITY_ERROR in line for line in comments):
        yield Said(
            name="shared_density_error",
            text="the message tells of density errors that both objects share (DCP); they are not applied",
        )


def remarks_on_case(case: EncounterCase) -> Iterator[Said]:
    """Yield what was mended in the covariances, and what they lack."""
    if case.is_clipped:
        yield Said(
            name="clipped_plane",
            text="the covariance in the encounter plane had a variance too small to be one; it was raised "
            "(clip_eigenvalues_hall_2017)",
        )
    if not any(covariance[3:, 3:].any() for covariance in case.covariance_rtn_si):
        yield Said(
            name="no_velocity_covariance",
            text="the covariances say nothing of velocities, which the 3-D method then takes as exact",
        )


def remark_on_samples(name: str, found: MonteCarlo, seed: int) -> Said:
    """Return how many collided of how many drawn, and within what the probability lies."""
    figures = {
        "method": name,
        "hits": str(found.n_hits),
        "samples": str(found.n_samples),
        "seed": str(seed),
        "confidence": f"{100.0 * found.confidence:g}",
        "low": f"{found.low:.3g}",
        "high": f"{found.high:.3g}",
    }
    text = (
        "{method}: {hits} of {samples} pairs collided (seed {seed}); {confidence} % interval {low} to {high}"
    )
    return Said(name="monte_carlo", text=text.format(**figures), figures=tuple(figures.items()))
