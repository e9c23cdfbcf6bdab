"""Do the messages say what the table says, in the words of the standard?"""

from dataclasses import replace

import numpy as np
import pytest

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.conjunction.messages import Sender, conjunction_messages
from baken.catalogue.motion import motion_of
from baken.formats import cdm_kvn, cdm_xml
from baken.formats.reading import Strictness
from baken.records.marking import Realm
from tests.makers import EPOCH_TAI_NS, crossing_pair, picture_of, window_of_hours

FORMS = [cdm_kvn, cdm_xml]
CENTIMETRE_M = 0.01


def messages(realm=Realm.REAL):
    return messages_of(picture_of(*(replace(es, realm=realm) for es in crossing_pair())))


def messages_of(picture):
    motion = motion_of(picture.element_sets)
    window = window_of_hours(1.0)
    detection = ConjunctionDetector().detect(picture, motion, window, run=map)
    sender = Sender(originator="TEST", created_tai_ns=EPOCH_TAI_NS, window=window, miss_threshold_m=5_000.0)
    found = conjunction_messages(detection.table, picture, motion, sender, Circumstances())
    return detection.table, tuple(found)


def test_a_message_tells_what_the_table_tells():
    table, told = messages()
    assert len(told) == len(table) > 0
    for row, message in zip(table.iter_rows(named=True), told, strict=True):
        assert message.tca_tai_ns == row["tca_tai_ns"]
        assert message.miss_distance_m == pytest.approx(row["miss_distance_m"], abs=CENTIMETRE_M)
        assert message.relative_position_rtn_m[0] == pytest.approx(row["miss_radial_m"], abs=CENTIMETRE_M)
        assert message.collision_probability == row["probability"]
        assert message.first.designator == str(row["primary_norad_cat_id"])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.NAME)
def test_a_strict_reader_takes_it_and_gets_it_back(form):
    _, told = messages()
    reading = form.read(form.write(told), strictness=Strictness.STRICT)
    assert reading.rejected == ()
    for sent, received in zip(told, reading.records, strict=True):
        assert received.miss_distance_m == pytest.approx(sent.miss_distance_m, rel=1e-12)
        assert received.hard_body_radius_m == sent.hard_body_radius_m
        assert np.allclose(received.first.covariance_rtn_si, sent.first.covariance_rtn_si, rtol=1e-12)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.NAME)
def test_a_message_says_that_its_covariance_is_estimated(form):
    _, told = messages()
    assert b"COVARIANCES ARE ESTIMATED" in form.write(told)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.NAME)
def test_a_message_of_an_invented_sky_says_so(form):
    _, invented = messages(Realm.SIMULATED)
    _, real = messages()
    assert b"NOT OF THE REAL WORLD" in form.write(invented)
    assert b"NOT OF THE REAL WORLD" not in form.write(real)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.NAME)
def test_of_two_that_are_docked_no_probability_is_given_and_the_message_says_so(form):
    station = crossing_pair()[0]
    docked = replace(station, identity=replace(station.identity, object_id="DOCKED", norad_cat_id=900_009))
    table, told = messages_of(picture_of(station, docked))
    assert table["in_company"].all()
    assert [message.collision_probability for message in told] == [None] * len(table)
    assert b"NO COLLISION PROBABILITY IS GIVEN" in form.write(told)
