"""Cases that nobody had: one encounter, two originators, several updates."""

import math
from dataclasses import replace

import numpy as np

from baken.records.avoidance import AvoidanceOption, BurnDirection, DecisionMap
from baken.records.collision_assessment import (
    Check,
    CheckOutcome,
    CollisionAssessment,
    EncounterPlaneFigure,
    Region,
    Said,
)
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.records.event import read_event_id

TCA_TAI_NS = 825_682_990_456_000_000
HOUR_NS = 3_600_000_000_000
PARTIES = (
    Party(
        object_id="OBJ-1", norad_cat_id=900_001, name="MADE ONE", kind="PAYLOAD", operator="MADE OPERATOR",
        contact="duty@example.org", manoeuvrable="YES", age_h=11.5, covariance_source="CALCULATED",
    ),
    Party(object_id="OBJ-2", norad_cat_id=900_002, name="MADE TWO DEB", kind="DEBRIS"),
)  # fmt: skip


def assessment(probability: float = 2.7e-5, **changes: object) -> CollisionAssessment:
    """Return an assessment by the two-dimensional method, changed as asked."""
    plain = CollisionAssessment(
        tca_tai_ns=TCA_TAI_NS,
        miss_distance_m=188.0,
        miss_rtn_m=(70.0, 150.0, 90.0),
        relative_speed_m_s=14_230.0,
        relative_velocity_rtn_m_s=(20.0, -11_000.0, 9_000.0),
        sigma_rtn_m=(80.0, 400.0, 60.0),
        hard_body_radius_m=12.0,
        hard_body_source="in the message",
        method="foster_1992",
        probability=probability,
        low=probability,
        high=1.3 * probability,
        region=Region.ROBUST,
        max_probability=2.2 * probability,
        max_probability_scale=1.4,
        mahalanobis=1.31,
        methods=(("foster_1992", probability), ("hall_2021", 1.3 * probability)),
        checks=(
            Check(
                name="short_encounter",
                outcome=CheckOutcome.HELD,
                because=Said(
                    name="short_encounter", text="", figures=(("duration", "0.3"), ("share", "5e-05"))
                ),
            ),
            Check(
                name="agrees_with_three_dimensions",
                outcome=CheckOutcome.UNTESTED,
                because=Said(name="one_has_no_answer", text=""),
            ),
        ),
        assumptions=(Said(name="independent_errors", text=""),),
        plane=EncounterPlaneFigure(
            miss_horizontal_m=170.0, miss_vertical_m=80.0, covariance_m2=(160_000.0, 9_000.0, 6_400.0)
        ),
        dilution_curve=tuple(
            (float(scale), 2.0 * probability * math.exp(-abs(math.log(scale / 1.4))))
            for scale in np.geomspace(0.1, 10.0, 41)
        ),
    )
    return replace(plain, **changes)


def update(originator: str, hours_before: float, probability: float, **changes: object) -> ConjunctionUpdate:
    """Return what an originator said so many hours before closest approach."""
    created_tai_ns = TCA_TAI_NS - round(hours_before * HOUR_NS)
    plain = ConjunctionUpdate(
        originator=originator,
        message_id=f"{originator}-{hours_before:g}",
        created_tai_ns=created_tai_ns,
        kept_at_tai_ns=created_tai_ns,
        parties=PARTIES,
        assessment=assessment(probability),
        probability_said=1.1 * probability,
        method_said="FOSTER-1992",
    )
    return replace(plain, **changes)


def case(*updates: ConjunctionUpdate) -> ConjunctionCase:
    """Return the case of these updates; without any, of two originators who spoke thrice and twice."""
    said = updates or (
        update("CENTRE A", 60.0, 1e-6),
        update("CENTRE B", 54.0, 2e-6),
        update("CENTRE A", 48.0, 4e-6),
        update("CENTRE B", 40.0, 8e-6),
        update("CENTRE A", 36.0, 2.7e-5),
    )
    return ConjunctionCase(event_id=read_event_id("NL-CJ26-0001"), updates=said)


def decision_map() -> DecisionMap:
    """Return a small decision map with one option."""
    burns = tuple(TCA_TAI_NS - round(hours * HOUR_NS) for hours in (24.0, 12.0))
    grid = (((1e-7, 1e-9), (5e-6, 1e-7)),)
    return DecisionMap(
        norad_cat_id=900_001,
        name="MADE ONE",
        tca_tai_ns=TCA_TAI_NS,
        probability_before=2.7e-5,
        miss_distance_before_m=188.0,
        probability_wanted=1e-6,
        directions=(BurnDirection.PLUS_T,),
        burn_tai_ns=burns,
        delta_v_m_s=(0.02, 0.05),
        probability_after=grid,
        miss_distance_after_m=(((900.0, 2_100.0), (500.0, 1_100.0)),),
        latest_tai_ns=burns[1],
        options=(
            AvoidanceOption(
                direction=BurnDirection.PLUS_T,
                burn_tai_ns=burns[0],
                delta_v_m_s=0.02,
                probability_after=1e-7,
                miss_distance_after_m=900.0,
                method="foster_1992",
            ),
        ),
        assumptions=("impulsive burn",),
    )
