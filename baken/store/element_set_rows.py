"""An element set as a row, and back: every number and every word of it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from baken.records.identity import Designator, Identity
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet, Theory
from baken.store.provenance import marking_columns, marking_from_columns

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
REALMS, THEORIES = {str(realm): realm for realm in Realm}, {str(theory): theory for theory in Theory}

_json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def content_digest(element_set: ElementSet) -> str:
    """Return the digest of what an element set says, whoever it came from and whenever.

    Everything counts but the lineage and Baken's own object id: a file fetched again says nothing new, and a
    set with another marking is another record.  The text behind it is JSON with the shortest decimals that
    read back as the same numbers.
    """
    said = (*_names_said(element_set.identity), *_words_said(element_set), *_numbers_said(element_set))
    return "sha256:" + hashlib.sha256(_json_text(said).encode()).hexdigest()


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
        *(getattr(element_set, name) for name in NUMBERS),
        element_set.ephemeris_type,
        element_set.element_set_no,
        element_set.rev_at_epoch,
        element_set.created_tai_ns,
    )


def row_of(element_set: ElementSet) -> dict[str, object]:
    """Return what an element set says as a row; where it belongs is for the store to add."""
    identity = element_set.identity
    owner, releasable_to_json = marking_columns(element_set.marking)
    return {
        "realm": element_set.realm.value,
        "norad_cat_id": identity.norad_cat_id,
        "cospar_id": identity.cospar_id,
        "name": identity.name,
        "others_json": _json_text([(other.scheme, other.value) for other in identity.others]),
        **{name: getattr(element_set, name) for name in NUMBERS},
        "theory": element_set.theory.value,
        "ephemeris_type": element_set.ephemeris_type,
        "classification": element_set.classification,
        "element_set_no": element_set.element_set_no,
        "rev_at_epoch": element_set.rev_at_epoch,
        "originator": element_set.originator,
        "created_tai_ns": element_set.created_tai_ns,
        "comments_json": _json_text(element_set.comments),
        "other_fields_json": _json_text(element_set.other_fields),
        "marking_owner": owner,
        "marking_releasable_to_json": releasable_to_json,
    }


def element_set_from_row(row: Row[Any], lineages: Mapping[str, Lineage]) -> ElementSet:
    """Return the element set a row tells, as its source published it, under the object it belongs to."""
    return ElementSet(
        identity=Identity(
            object_id=row.object_id,
            norad_cat_id=row.norad_cat_id,
            cospar_id=row.cospar_id,
            name=row.name,
            others=tuple(Designator(scheme=s, value=v) for s, v in _told(row.others_json)),
        ),
        epoch_tai_ns=row.epoch_tai_ns,
        mean_motion_rad_s=row.mean_motion_rad_s,
        eccentricity=row.eccentricity,
        inclination_rad=row.inclination_rad,
        raan_rad=row.raan_rad,
        argument_of_perigee_rad=row.argument_of_perigee_rad,
        mean_anomaly_rad=row.mean_anomaly_rad,
        bstar_per_earth_radius=row.bstar_per_earth_radius,
        mean_motion_dot_rad_s2=row.mean_motion_dot_rad_s2,
        mean_motion_ddot_rad_s3=row.mean_motion_ddot_rad_s3,
        theory=THEORIES[row.theory],
        ephemeris_type=row.ephemeris_type,
        classification=row.classification,
        element_set_no=row.element_set_no,
        rev_at_epoch=row.rev_at_epoch,
        originator=row.originator,
        created_tai_ns=row.created_tai_ns,
        realm=REALMS[row.realm],
        marking=_marking(row),
        lineage=lineages[row.lineage_digest],
        comments=tuple(_told(row.comments_json)),
        other_fields=tuple((name, value) for name, value in _told(row.other_fields_json)),
    )


def _marking(row: Row[Any]) -> Marking:
    return marking_from_columns(row.marking_owner, row.marking_releasable_to_json)


def _told(text: str) -> list[Any]:
    # Most sets have nothing more to say, and reading a catalogue asks this a hundred thousand times.
    return [] if text == "[]" else json.loads(text)
