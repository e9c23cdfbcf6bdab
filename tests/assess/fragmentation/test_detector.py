"""Does the watch for breakups show a breakup once, and nothing where nothing broke?"""

from dataclasses import replace

import numpy as np
import pytest

from baken.assess.fragmentation.detector import FragmentationDetector
from baken.catalogue.picture import draw_picture
from baken.records.catalogue import Catalogue, Past, Picture
from baken.records.event import Window
from baken.records.identity import identity_from_norad
from baken.testing.check_detector import check_detector, look
from tests.assess.fragmentation.made_breakups import (
    AFTER_TAI_NS,
    PINCH_TAI_NS,
    ball_of_kicks,
    kicked,
    moved_on,
    parent,
)
from tests.makers import DAY_NS, EPOCH_TAI_NS, element_set

WINDOW = Window(start_tai_ns=AFTER_TAI_NS, end_tai_ns=AFTER_TAI_NS + DAY_NS)
REALM = parent().realm


def others():
    return tuple(element_set(920_001 + row, raan_rad=0.3 * row, realm=REALM) for row in range(15))


def picture_of(before, after) -> Picture:
    past = Past(
        as_of_tai_ns=EPOCH_TAI_NS, element_sets=tuple(sorted(before, key=lambda es: es.identity.rank))
    )
    return draw_picture(Catalogue(element_sets=tuple(after)), as_of_tai_ns=AFTER_TAI_NS, past=past)


def picture_with_a_breakup() -> Picture:
    rng = np.random.default_rng(11)
    known = (parent(), *others())
    now = (
        *(moved_on(es, AFTER_TAI_NS) for es in known),
        *kicked(parent(), ball_of_kicks(40, 45.0, rng), rng),
    )
    return picture_of(known, now)


@pytest.fixture(scope="module")
def seen():
    return look(FragmentationDetector(), picture_with_a_breakup(), WINDOW)


def test_a_breakup_gives_one_finding_whatever_the_number_of_its_pieces(seen):
    (finding,) = seen.findings
    assert finding.measure("n_pieces") == len(picture_with_a_breakup().choices) - 16
    assert finding.measure("parent_norad_cat_id") == 900_100
    assert finding.start_tai_ns <= PINCH_TAI_NS <= finding.end_tai_ns


def test_the_detector_keeps_the_promises_of_every_detector():
    assert check_detector(FragmentationDetector(), picture_with_a_breakup(), WINDOW) == ()


def test_without_a_past_nothing_is_found_and_the_account_says_so():
    detection = look(FragmentationDetector(), replace(picture_with_a_breakup(), past=None), WINDOW)
    assert detection.findings == ()
    assert dict(detection.account) == {"without_a_past": 1}


def test_an_unbroken_sky_gives_nothing():
    known = (parent(), *others())
    now = tuple(moved_on(es, AFTER_TAI_NS) for es in known)
    assert look(FragmentationDetector(), picture_of(known, now), WINDOW).findings == ()


@pytest.mark.parametrize("is_named", [True, False])
def test_satellites_released_by_a_new_launch_are_no_breakup(is_named):
    rng = np.random.default_rng(12)
    stage = parent(raan_rad=2.0)
    released = tuple(
        replace(es, identity=replace(es.identity, name=f"MADE BROADBAND {row}" if is_named else None))
        for row, es in enumerate(kicked(stage, rng.normal(0.0, 0.5, (22, 3)), rng, cospar_launch="2026-031"))
    )
    now = (*(moved_on(es, AFTER_TAI_NS) for es in others()), *released)
    assert look(FragmentationDetector(), picture_of(others(), now), WINDOW).findings == ()


def test_late_catalogued_pieces_of_an_old_breakup_are_no_new_one():
    rng = np.random.default_rng(13)
    known = (parent(), *others())
    strewn = tuple(
        element_set(
            930_001 + row,
            identity=identity_from_norad(930_001 + row, name="MADE DEB", cospar_id=f"2001-011{letters}"),
            epoch_tai_ns=AFTER_TAI_NS,
            raan_rad=float(rng.uniform(0.0, 6.28)),
            mean_anomaly_rad=float(rng.uniform(0.0, 6.28)),
            mean_motion_rad_s=float(parent().mean_motion_rad_s * rng.uniform(0.97, 1.03)),
            inclination_rad=parent().inclination_rad,
            realm=REALM,
        )
        for row, letters in enumerate(["AA", "AB", "AC", "AD", "AE", "AF", "AG", "AH"])
    )
    now = (*(moved_on(es, AFTER_TAI_NS) for es in known), *strewn)
    detection = look(FragmentationDetector(), picture_of(known, now), WINDOW)
    assert detection.findings == ()
    assert dict(detection.account)["newcomers"] == 8


def test_nameless_pieces_are_found_by_their_planes():
    rng = np.random.default_rng(14)
    known = (parent(), *others())
    pieces = kicked(parent(), ball_of_kicks(30, 30.0, rng), rng, cospar_launch=None)
    now = (*(moved_on(es, AFTER_TAI_NS) for es in others()), *pieces)
    (finding,) = look(FragmentationDetector(), picture_of(known, now), WINDOW).findings
    assert finding.measure("parent_norad_cat_id") == 900_100
    assert finding.because.startswith("30 new pieces, no launch named, first 910001, gather")
    assert finding.measure("parent_afterwards") == "no longer in the catalogue"
