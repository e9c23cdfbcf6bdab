"""A prediction of ours as a re-entry data message to another centre."""

from dataclasses import dataclass

from baken.records.reentry import ReentryPrediction
from baken.records.reentry_message import (
    AtmosphericReentry,
    ReentryMessage,
    ReentryModel,
    ReentryObject,
    ReentryProperties,
)

UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends a message, when, after which one, and when again; None is not planned yet."""

    originator: str
    message_id: str
    created_tai_ns: int
    next_message_tai_ns: int | None = None
    previous_message_id: str = ""
    previous_message_tai_ns: int | None = None


def message_of(prediction: ReentryPrediction, sender: Sender, mass_kg: float | None = None) -> ReentryMessage:
    """Return the message; its lifetimes count from the newest element set the prediction was made with."""
    identity, zero_tai_ns = prediction.identity, prediction.last_elements_tai_ns
    has_number = identity.norad_cat_id is not None
    return ReentryMessage(
        originator=sender.originator,
        message_id=sender.message_id,
        created_tai_ns=sender.created_tai_ns,
        next_message_tai_ns=sender.next_message_tai_ns,
        previous_message_id=sender.previous_message_id,
        previous_message_tai_ns=sender.previous_message_tai_ns,
        what=ReentryObject(
            identity=identity,
            name=identity.name or UNKNOWN,
            international_designator=identity.cospar_id or UNKNOWN,
            catalog_name="SATCAT" if has_number else "",
            designator=str(identity.norad_cat_id) if has_number else "",
        ),
        controlled="NO",
        zero_tai_ns=zero_tai_ns,
        model=ReentryModel(reentry_uncertainty_method="STOCHASTIC"),
        reentry=AtmosphericReentry(
            lifetime_s=(prediction.epoch_tai_ns - zero_tai_ns) / 1e9,
            lifetime_window_start_s=(prediction.window_start_tai_ns - zero_tai_ns) / 1e9,
            lifetime_window_end_s=(prediction.window_end_tai_ns - zero_tai_ns) / 1e9,
            altitude_m=prediction.altitude_m,
            nominal_tai_ns=prediction.epoch_tai_ns,
            window_start_tai_ns=prediction.window_start_tai_ns,
            window_end_tai_ns=prediction.window_end_tai_ns,
            window_confidence_fraction=prediction.window_probability,
        ),
        properties=ReentryProperties(
            wet_mass_kg=mass_kg, ballistic_coefficient_kg_m2=1.0 / prediction.ballistic_coefficient_m2_kg
        ),
        realm=prediction.realm,
        marking=prediction.marking,
        lineage=prediction.lineage,
        comments=(("metadata", (*_labels(prediction), *prediction.assumptions)),),
    )


def _labels(prediction: ReentryPrediction) -> tuple[str, ...]:
    """Return what a re-entry message has no keyword for: which world it speaks of, and who may see it."""
    return f"REALM {prediction.realm}", f"MAY BE SEEN BY {prediction.marking.text}"
