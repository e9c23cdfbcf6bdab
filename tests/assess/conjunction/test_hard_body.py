"""Is a size taken from whoever measured it, and does its absence show?"""

import csv
import gzip

import numpy as np
import pytest

from baken.assess.conjunction.hard_body import (
    DEFAULT_RADIUS_M,
    KindOfObject,
    combined_radius_m,
    hard_bodies,
    kind_from_name,
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ISS (ZARYA)", KindOfObject.PAYLOAD),
        ("STARLINK-1007", KindOfObject.PAYLOAD),
        ("DEBUT (ORIZURU)", KindOfObject.PAYLOAD),
        ("COSMOS 2251 DEB", KindOfObject.DEBRIS),
        ("ARIANE 1 DEB (R/B)", KindOfObject.DEBRIS),
        ("SL-8 R/B", KindOfObject.ROCKET_BODY),
        ("CZ-2C R/B(2)", KindOfObject.ROCKET_BODY),
        ("0 VANGUARD R/B", KindOfObject.ROCKET_BODY),
        ("TBA - TO BE ASSIGNED", KindOfObject.UNKNOWN),
        ("OBJECT AB", KindOfObject.UNKNOWN),
        ("", KindOfObject.UNKNOWN),
        (None, KindOfObject.UNKNOWN),
    ],
)
def test_a_name_says_what_kind_of_object_it_is(name, kind):
    assert kind_from_name(name) is kind


def test_a_measured_size_comes_before_a_default():
    bodies = hard_bodies(
        [25544, 22, None], ["ISS (ZARYA)", "COSMOS DEB", None], {25544: 60.0, 22: float("nan")}
    )
    assert bodies.radius_m.tolist() == [60.0, 1.5, 14.5]
    assert bodies.source.tolist() == ["size data", "default for debris", "default for unknown"]


def test_an_unknown_object_is_taken_no_smaller_than_any_other():
    assert DEFAULT_RADIUS_M[KindOfObject.UNKNOWN] == max(DEFAULT_RADIUS_M.values())


def test_two_bodies_meet_where_their_radii_add():
    assert combined_radius_m(np.array([14.5]), np.array([1.5])) == 16.0


@pytest.mark.capability(
    "Default hard-body radius per kind of object",
    status="VALIDATED",
    authority="NASA CARA, commonest default of 2024-11-01 for debris and rocket bodies",
)
def test_the_defaults_are_caras(shared_data, deviation):
    with gzip.open(
        shared_data / "objects" / "HBR_Mass_Estimates_20241101_ForDistribution.csv.gz", "rt"
    ) as lines:
        radii = {int(row["ObjectID"]): row for row in csv.DictReader(lines) if row["HBRSource"] == "Default"}
    catalogue = shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz"
    with gzip.open(catalogue, "rt") as lines:
        names = {int(row["NORAD_CAT_ID"]): row["OBJECT_NAME"] for row in csv.DictReader(lines)}
    off_m = []
    for kind in (KindOfObject.DEBRIS, KindOfObject.ROCKET_BODY):
        given = [
            float(row["HBR"]) for number, row in radii.items() if kind_from_name(names.get(number)) is kind
        ]
        commonest_m = max(set(given), key=given.count)
        off_m.append(abs(commonest_m - DEFAULT_RADIUS_M[kind]))
    deviation(max(off_m), "m", 1e-9)
