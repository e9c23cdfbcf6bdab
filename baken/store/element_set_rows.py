"""An element set as a row, and back: every number and every word of it."""

import hashlib
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from baken.records.identity import Designator, Identity
from baken.records.lineage import Lineage
from baken.records.marking import Realm
from baken.records.orbit import ElementSet, Theory
from baken.store.provenance import marking_columns, marking_from_columns
from baken.store.told import json_text, told, told_text

NUMBERS = (
    "epoch_tai_ns",
    "mean_motion_rad_s",
    "eccentricity",
    "inclination_rad",
    "raan_rad",
    "argument_of_perigee_rad",
    "mean_anomaly_rad",
    "bstar_per_earth_radius",
    "mean_motion_dot_rad_s2",
    "mean_motion_ddot_rad_s3",
)
# Rows are sorted by the first four, whatever the database: digests of pictures rest on the order.
PLACE_IN_ORDER = ("object_id", "epoch_tai_ns", "source", "content_digest")
READ = (
    *PLACE_IN_ORDER,
    *("norad_cat_id", "cospar_id", "name", "others_json"),
    *NUMBERS[1:],
    *("theory", "ephemeris_type", "classification", "element_set_no", "rev_at_epoch", "originator"),
    *("created_tai_ns", "realm", "marking_owner", "marking_json", "lineage_digest"),
    *("comments_json", "other_fields_json"),
)
REALMS, THEORIES = {str(realm): realm for realm in Realm}, {str(theory): theory for theory in Theory}

_numbers_of = attrgetter(*NUMBERS)


def content_digest(element_set: ElementSet) -> str:
    """Return the digest of what an element set says, whoever it came from and whenever.

    Everything counts but the lineage and Baken's own object id: a file fetched again says nothing new, and a
    set with another marking is another record.  The text behind it is JSON with the shortest decimals that
    read back as the same numbers.
    """
    said = (*_names_said(element_set.identity), *_words_said(element_set), *_numbers_said(element_set))
    return "sha256:" + hashlib.sha256(json_text(said).encode()).hexdigest()


def _names_said(identity: Identity) -> tuple[object, ...]:
    others = [(other.scheme, other.value) for other in identity.others]
    return identity.norad_cat_id, identity.cospar_id, identity.name, others


def _words_said(element_set: ElementSet) -> tuple[object, ...]:
    return (
        element_set.realm,
        *marking_columns(element_set.marking),
        element_set.theory,
        element_set.classification,
        element_set.originator,
        element_set.comments,
        element_set.other_fields,
    )


def _numbers_said(element_set: ElementSet) -> tuple[object, ...]:
    return (
        # SQLite keeps no minus zero, and it means the same.
        *(number + 0 for number in _numbers_of(element_set)),
        element_set.ephemeris_type,
        element_set.element_set_no,
        element_set.rev_at_epoch,
        element_set.created_tai_ns,
    )


def row_of(element_set: ElementSet) -> dict[str, object]:
    """Return what an element set says as a row; where it belongs is for the store to add."""
    identity = element_set.identity
    owner, marking_json = marking_columns(element_set.marking)
    return {
        "realm": element_set.realm.value,
        "norad_cat_id": identity.norad_cat_id,
        "cospar_id": identity.cospar_id,
        "name": identity.name,
        "others_json": told_text([(other.scheme, other.value) for other in identity.others]),
        **dict(zip(NUMBERS, _numbers_of(element_set), strict=True)),
        "theory": element_set.theory.value,
        "ephemeris_type": element_set.ephemeris_type,
        "classification": element_set.classification,
        "element_set_no": element_set.element_set_no,
        "rev_at_epoch": element_set.rev_at_epoch,
        "originator": element_set.originator,
        "created_tai_ns": element_set.created_tai_ns,
        "comments_json": told_text(element_set.comments),
        "other_fields_json": told_text(element_set.other_fields),
        "marking_owner": owner,
        "marking_json": marking_json,
    }


def element_set_from_row(row: Sequence[Any], lineages: Mapping[str, Lineage]) -> ElementSet:
    """Return the element set a row of ``READ`` tells: as its source published it, under its object."""
    object_id, epoch_tai_ns, _source, _digest, norad_cat_id, cospar_id, name, others, *said = row
    n, e, i, raan, perigee, anomaly, bstar, dot, ddot, *words = said
    theory, ephemeris, classification, set_no, rev, originator, created, realm, *kept = words
    owner, marking_json, lineage_digest, comments, other_fields = kept
    return ElementSet(
        identity=Identity(
            object_id=object_id,
            norad_cat_id=norad_cat_id,
            cospar_id=cospar_id,
            name=name,
            others=tuple(Designator(scheme=scheme, value=value) for scheme, value in told(others)),
        ),
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=n,
        eccentricity=e,
        inclination_rad=i,
        raan_rad=raan,
        argument_of_perigee_rad=perigee,
        mean_anomaly_rad=anomaly,
        bstar_per_earth_radius=bstar,
        mean_motion_dot_rad_s2=dot,
        mean_motion_ddot_rad_s3=ddot,
        theory=THEORIES[theory],
        ephemeris_type=ephemeris,
        classification=classification,
        element_set_no=set_no,
        rev_at_epoch=rev,
        originator=originator,
        created_tai_ns=created,
        realm=REALMS[realm],
        marking=marking_from_columns(owner, marking_json),
        lineage=lineages[lineage_digest],
        comments=told(comments),
        other_fields=told(other_fields),
    )
