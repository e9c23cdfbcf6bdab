"""Do a warning of another and a look of one's own become updates that can stand side by side?"""

from dataclasses import replace

from baken.assess.conjunction.assessment import assess_message
from baken.assess.conjunction.updates import finding_of_message, update_of_finding, update_of_message
from baken.records.collision_assessment import Region
from baken.records.conjunction_message import Operator, OrbitDetermination
from baken.records.event import EventKind, Finding, is_same_happening
from tests.makers import HOUR_NS, warning


def test_a_finding_of_a_message_has_its_figures_and_its_originator():
    message = warning("THERE", collision_probability=1e-4, collision_probability_method="ALFANO-2005")
    found = finding_of_message(message, assess_message(message), (("method", "foster_1992"),))
    assert found.originator == found.measure("originator") == "THERE"
    assert (found.measure("miss_distance_m"), found.measure("primary_norad_cat_id")) == (50.0, 900_001)
    assert (found.measure("probability_said"), found.measure("method_said")) == (1e-4, "ALFANO-2005")
    assert found.measure("probability") == float(f"{assess_message(message).probability:.6g}")
    assert found.start_tai_ns == found.peak_tai_ns == found.end_tai_ns == message.tca_tai_ns
    assert found.lineage.settings == (("method", "foster_1992"),)
    assert found.lineage.sources == message.lineage.sources
    assert (
        found.digest
        == finding_of_message(message, assess_message(message), (("method", "foster_1992"),)).digest
    )


def test_messages_of_one_encounter_give_findings_of_one_happening():
    here = warning("HERE")
    there = warning("THERE", tca_tai_ns=here.tca_tai_ns + 9 * 60 * 10**9, pair=(900_002, 900_001))
    one, other = (finding_of_message(message, assess_message(message), ()) for message in (here, there))
    assert is_same_happening(one, other)


def test_an_update_of_a_message_tells_who_to_call_and_how_old_the_data_was():
    message = warning()
    first = replace(
        message.first,
        manoeuvrable="YES",
        operator=Operator(organization="OPS", contact_position="DUTY", phone="+31", email="ops@example.org"),
        orbit_determination=OrbitDetermination(last_observed_until_tai_ns=message.tca_tai_ns - 30 * HOUR_NS),
    )
    second = replace(message.second, covariance_rtn_si=None)
    message = replace(message, first=first, second=second)
    update = update_of_message(message, assess_message(message), (), digest="d", kept_at_tai_ns=5)
    one, other = update.parties
    assert (one.operator, one.contact, one.manoeuvrable) == ("OPS", "DUTY, +31, ops@example.org", "YES")
    assert (one.age_h, one.covariance_source) == (30.0, "CALCULATED")
    assert (other.age_h, other.covariance_source) == (None, "none")
    assert update.assessment.probability is None


def own_look(**measures: float | str | None) -> Finding:
    figures = {
        "primary_norad_cat_id": 900_002, "primary_name": "TWO", "primary_age_h": 7.0, "secondary_name": "ONE",
        "secondary_norad_cat_id": 900_001, "miss_distance_m": 441.0, "miss_radial_m": 400.0,
        "miss_transverse_m": -100.0, "miss_normal_m": 156.5, "relative_speed_m_s": 1e4,
        "hard_body_radius_m": 9.0, "hard_body_source": "size data + size data", "max_probability": 1e-3,
        "probability": 2e-4, "probability_region": "diluted", "probability_covariance": "estimated",
        "mahalanobis_distance": 0.5, **measures,
    }  # fmt: skip
    return Finding(
        kind=EventKind.CONJUNCTION, encounter_key="k", object_ids=("OBJ-1", "OBJ-2"), start_tai_ns=0,
        peak_tai_ns=1, end_tai_ns=2, measures=tuple(figures.items()), because="", assumptions=("estimated",),
    )  # fmt: skip


def test_a_look_of_ones_own_is_an_update_by_the_nodes_name():
    update = update_of_finding(own_look(), ("OBJ-2", "OBJ-1"), originator="NL", kept_at_tai_ns=9)
    assert (update.originator, update.created_tai_ns, update.digest) == ("NL", 9, own_look().digest)
    assert [(party.object_id, party.norad_cat_id) for party in update.parties] == [
        ("OBJ-2", 900_002),
        ("OBJ-1", 900_001),
    ]
    assessment = update.assessment
    assert (assessment.probability, assessment.region) == (2e-4, Region.DILUTED)
    assert assessment.miss_rtn_m == (400.0, -100.0, 156.5)
    assert assessment.sigma_along_miss_m == 882.0


def test_an_estimated_probability_excludes_nothing_up_to_its_ceiling():
    def interval(**measures: float | None) -> tuple[float, float]:
        update = update_of_finding(own_look(**measures), ("a", "b"), originator="NL", kept_at_tai_ns=9)
        return update.assessment.low, update.assessment.high

    assert interval() == (0.0, 1e-3)
    assert interval(max_probability=1e-5) == (0.0, 2e-4)
    assert interval(max_probability=None, probability=None) == (0.0, 1.0)
