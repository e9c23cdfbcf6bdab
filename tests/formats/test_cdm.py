"""Does a conjunction message say in SI what it says on paper, and nothing less when it is written back?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import WrongUsage
from baken.formats import cdm_kvn, cdm_xml
from baken.formats.cdm import hard_body_radius_m
from baken.formats.cdm_table import COVARIANCE, GRAMMAR, ROWS
from baken.records.conjunction_message import ConjunctionMessage, symmetric_from_lower
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [cdm_kvn, cdm_xml]


def message() -> ConjunctionMessage:
    (record,) = cdm_kvn.read(own("conjunction.cdm")).records
    return record


def test_a_message_is_read_in_si():
    read = message()
    assert read.tca_tai_ns == tai_ns_from_utc("2026-02-03T04:05:06.789Z")
    assert (read.miss_distance_m, read.relative_speed_m_s) == (715.25, 14762.0)
    assert read.relative_position_rtn_m == (27.5, -70.25, 711.75)
    assert read.screen_volume_m == (200.0, 1000.0, 1000.0)
    assert (read.collision_probability, read.collision_probability_method) == (4.835e-5, "FOSTER-1992")
    first = read.first
    assert first.position_m == (2570.097065 * 1000.0, 2244.654904 * 1000.0, 6281.497978 * 1000.0)
    assert first.velocity_m_s[2] == -3.526774282 * 1000.0
    assert first.orbit_determination.recommended_span_s == 7.875 * 86_400.0
    assert first.orbit_determination.residuals_accepted_fraction == 97.8 / 100.0
    assert (first.physical.collision_area_m2, first.physical.mass_kg) == (5.2, 251.6)
    assert first.physical.drag_area_m2 is None
    assert (first.operator.organization, first.operator.email) == ("BAKEN", "duty@example.org")


def test_covariances_are_whole_symmetric_and_as_large_as_they_were_sent():
    read = message()
    assert read.first.covariance_rtn_si.shape == (7, 7)
    assert read.second.covariance_rtn_si.shape == (6, 6)
    matrix = read.first.covariance_rtn_si
    assert np.array_equal(matrix, matrix.T)
    assert (matrix[1, 0], matrix[5, 5], matrix[6, 2], matrix[6, 6]) == (-8.579, 5.529e-5, -0.31, 3.483e-6)


def test_an_object_of_the_us_catalogue_is_known_by_its_number_and_another_by_its_own():
    read = message()
    assert (read.first.identity.norad_cat_id, read.first.identity.cospar_id) == (799_500_124, "2026-001A")
    assert read.second.identity.norad_cat_id is None
    assert read.second.identity.others[0].scheme == "BAKEN"


@pytest.mark.parametrize(
    ("comment", "radius_m"),
    [
        ("HBR = 52.8", 52.8),
        ("HBR = 12 [m]", 12.0),
        ("Operator Hard Body Radius = 10.0 [m]", 10.0),
        ("HBR = unknown", None),
        ("Apogee Altitude = 836 [km]", None),
    ],
)
def test_a_hard_body_radius_is_found_where_senders_put_it(comment, radius_m):
    assert hard_body_radius_m([comment]) == radius_m
    assert message().hard_body_radius_m == 12.5


@pytest.mark.capability(
    "CDM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
def test_a_message_comes_back_as_it_was(form):
    content = form.write([message(), message()])
    assert all_same(form.read(content).records, (message(), message()))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=30, deadline=None)
@given(
    size=st.integers(6, 9),
    seed=st.integers(0, 2**32),
    miss_m=st.floats(0.0, 1e7),
    probability=st.one_of(st.none(), st.floats(0.0, 1.0)),
)
def test_every_covariance_and_number_comes_back_as_it_was(form, size, seed, miss_m, probability):
    n_values = size * (size + 1) // 2
    values = np.random.default_rng(seed).normal(size=n_values) * 10.0 ** (seed % 20 - 10)
    first = replace(message().first, covariance_rtn_si=symmetric_from_lower(values, size))
    sent = replace(message(), first=first, miss_distance_m=miss_m, collision_probability=probability)
    assert same(form.read(form.write([sent])).records[0], sent)


def test_a_message_without_covariance_is_read_leniently_and_cannot_be_written():
    content = own("conjunction.cdm")
    for keyword in (field.keyword for field in COVARIANCE.fields):
        lines = [line for line in content.splitlines() if not line.startswith(f"{keyword} ".encode())]
        content = b"\n".join(lines)
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.covariance_rtn_si is None
    with pytest.raises(WrongUsage, match="SIM BAKEN 1 has no covariance"):
        cdm_kvn.write([read])


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("TCA = 2026", "TCA = 20x6", "TCA"),
        ("MISS_DISTANCE = 715.25 [m]", "MISS_DISTANCE = 0.71525 [km]", "MISS_DISTANCE"),
        ("MISS_DISTANCE = 715.25", "MISS_DISTANCE = -715.25", "MISS_DISTANCE"),
        ("RELATIVE_VELOCITY_R = -7.25 [m/s]", "RELATIVE_VELOCITY_R = -7.25 [m]", "RELATIVE_VELOCITY_R"),
        ("COLLISION_PROBABILITY = 4.835E-05", "COLLISION_PROBABILITY = 1.5", "COLLISION_PROBABILITY"),
        ("SCREEN_VOLUME_SHAPE = ELLIPSOID", "SCREEN_VOLUME_SHAPE = BLOB", "SCREEN_VOLUME_SHAPE"),
        ("OBJECT = OBJECT1", "OBJECT = OBJECT2", "OBJECT"),
        ("REF_FRAME = GCRF", "REF_FRAME = TEME", "REF_FRAME"),
        ("MANEUVERABLE = YES", "MANEUVERABLE = MAYBE", "MANEUVERABLE"),
        ("MASS = 251.6", "MUSS = 251.6", "MUSS"),
        ("OBS_USED = 579", "OBS_USED = 579.5", "OBS_USED"),
        ("RESIDUALS_ACCEPTED = 97.8 [%]", "RESIDUALS_ACCEPTED = 97.8 [", "RESIDUALS_ACCEPTED"),
        ("X = 2570.097065 [km]", "X =", "X"),
        ("CT_T = 2.533E+03 [m**2]", "CT_T = 2.533E+03 or so [m**2]", "CT_T"),
        ("CDRG_N = -3.100E-01 [m**3/kg]\n", "", "CDRG_N"),
        ("CN_N = 7.098E+01 [m**2]\n", "", "CN_N"),
        ("OPERATOR_ORGANIZATION = BAKEN\nOPERATOR_EMAIL = d", "OPERATOR_EMAIL = d", None),
    ],
)
def test_strict_refuses_and_names_the_keyword(old, new, keyword):
    read = cdm_kvn.read(edited(own("conjunction.cdm"), old, new))
    if keyword is None:
        assert read.rejected == ()
        return
    assert [told.keyword for told in read.deviations] == [keyword]
    assert read.rejected[0].line > 0


def test_lenient_takes_a_number_whose_unit_is_a_slip_and_never_one_of_another_scale():
    slip = edited(own("conjunction.cdm"), "VELOCITY_R = -7.25 [m/s]", "VELOCITY_R = -7.25 [m]")
    (read,) = lenient(cdm_kvn, slip).records
    assert read.relative_velocity_rtn_m_s[0] == -7.25
    scale = edited(own("conjunction.cdm"), "MISS_DISTANCE = 715.25 [m]", "MISS_DISTANCE = 0.71525 [km]")
    assert lenient(cdm_kvn, scale).rejected[0].field == "MISS_DISTANCE"


def test_lenient_takes_nan_in_an_optional_field_for_not_known():
    content = edited(own("conjunction.cdm"), "OBS_USED = 579", "OBS_USED = NaN")
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.orbit_determination.n_observations_used is None


def test_what_the_table_does_not_know_is_written_back_as_a_comment():
    content = edited(own("conjunction.cdm"), "MASS = 251.6 [kg]", "COLOUR = red\nMASS = 251.6 [kg]")
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.other_fields == (("COLOUR", "red"),)
    (again,) = cdm_kvn.read(cdm_kvn.write([read])).records
    assert "COLOUR = red" in dict(again.first.comments)["metadata"]


def test_the_table_has_every_element_of_a_nine_by_nine_covariance():
    assert len(COVARIANCE.fields) == len(ROWS) * (len(ROWS) + 1) // 2
    assert all(field.unit is not None for field in COVARIANCE.fields)
    assert len({field.keyword for block in GRAMMAR.blocks for field in block.fields}) == sum(
        len(block.fields) for block in GRAMMAR.blocks
    )
