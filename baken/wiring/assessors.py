"""Who judges the warnings that come in."""

from functools import partial

from baken.assess.conjunction.assessment import DEFAULT_SETTINGS, AssessmentSettings, assess_message
from baken.operations.receive_messages import Assessor
from baken.records.lineage import digest_of_json, settings_of


def assessor_of_warnings(settings: AssessmentSettings = DEFAULT_SETTINGS) -> Assessor:
    """Return the assessor by which messages are judged when they come in and when they are shown."""
    sizes = settings.sizes
    radii = {str(number): radius_m for number, radius_m in sizes.known_radius_m.items()}
    told = {
        "combined_radius_m": sizes.combined_radius_m,
        "covariance_scales": settings.covariance_scales,
        "further_methods": settings.further_methods,
        "known_radius_m": digest_of_json(radii) if radii else "none",
    }
    return Assessor(assess=partial(assess_message, settings=settings), settings=settings_of(told))
