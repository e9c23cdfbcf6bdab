"""An ephemeris as a row that names its tables, and back: every number and every word of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import Row

from baken.records.ephemeris import Ephemeris
from baken.records.identity import Designator, Identity
from baken.records.lineage import Lineage
from baken.records.marking import Realm
from baken.store.ephemeris_tables import (
    EPOCH,
    POSITION,
    VELOCITY,
    acceleration_of,
    covariances_of,
    vectors,
)
from baken.store.provenance import marking_columns, marking_from_columns
from baken.store.told import json_text, told, told_text


@dataclass(frozen=True, slots=True)
class TableDigests:
    """Under which digests the tables of an ephemeris are kept; covariances only when it has any."""

    states: str
    covariances: str | None


def content_digest(row: Mapping[str, object]) -> str:
    """Return the digest of what an ephemeris says, whoever it came from and whenever.

    As with element sets, everything counts but the lineage and Baken's own object id.
    """
    return "sha256:" + hashlib.sha256(json_text(row).encode()).hexdigest()


def row_of(ephemeris: Ephemeris, tables: TableDigests) -> dict[str, object]:
    """Return what an ephemeris says as a row; where it belongs is for the store to add."""
    identity = ephemeris.identity
    owner, marking_json = marking_columns(ephemeris.marking)
    return {
        "realm": ephemeris.realm.value,
        "norad_cat_id": identity.norad_cat_id,
        "cospar_id": identity.cospar_id,
        "name": identity.name,
        "others_json": told_text([(other.scheme, other.value) for other in identity.others]),
        "frame": ephemeris.frame,
        "frame_epoch_tai_ns": ephemeris.frame_epoch_tai_ns,
        "centre": ephemeris.centre,
        "time_system": ephemeris.time_system,
        "originator": ephemeris.originator,
        "created_tai_ns": ephemeris.created_tai_ns,
        "message_id": ephemeris.message_id,
        "start_tai_ns": ephemeris.start_tai_ns,
        "stop_tai_ns": ephemeris.stop_tai_ns,
        "useable_start_tai_ns": ephemeris.useable_start_tai_ns,
        "useable_stop_tai_ns": ephemeris.useable_stop_tai_ns,
        "interpolation": ephemeris.interpolation,
        "interpolation_degree": ephemeris.interpolation_degree,
        "n_states": len(ephemeris),
        "states_digest": tables.states,
        "covariances_digest": tables.covariances,
        "header_comments_json": told_text(ephemeris.header_comments),
        "metadata_comments_json": told_text(ephemeris.metadata_comments),
        "comments_json": told_text(ephemeris.comments),
        "other_fields_json": told_text(ephemeris.other_fields),
        "marking_owner": owner,
        "marking_json": marking_json,
    }


def ephemeris_from_row(
    row: Row[Any], states: pl.DataFrame, covariances: pl.DataFrame | None, lineage: Lineage
) -> Ephemeris:
    """Return the ephemeris a row and its tables tell: as its source published it, under its object."""
    return Ephemeris(
        identity=_identity(row),
        frame=row.frame,
        centre=row.centre,
        epoch_tai_ns=states[EPOCH].to_numpy(),
        position_m=vectors(states, POSITION),
        velocity_m_s=vectors(states, VELOCITY),
        acceleration_m_s2=acceleration_of(states),
        covariances=None if covariances is None else covariances_of(covariances),
        start_tai_ns=row.start_tai_ns,
        stop_tai_ns=row.stop_tai_ns,
        useable_start_tai_ns=row.useable_start_tai_ns,
        useable_stop_tai_ns=row.useable_stop_tai_ns,
        interpolation=row.interpolation,
        interpolation_degree=row.interpolation_degree,
        time_system=row.time_system,
        frame_epoch_tai_ns=row.frame_epoch_tai_ns,
        originator=row.originator,
        created_tai_ns=row.created_tai_ns,
        message_id=row.message_id,
        realm=Realm(row.realm),
        marking=marking_from_columns(row.marking_owner, row.marking_json),
        lineage=lineage,
        header_comments=told(row.header_comments_json),
        metadata_comments=told(row.metadata_comments_json),
        comments=told(row.comments_json),
        other_fields=told(row.other_fields_json),
    )


def _identity(row: Row[Any]) -> Identity:
    return Identity(
        object_id=row.object_id,
        norad_cat_id=row.norad_cat_id,
        cospar_id=row.cospar_id,
        name=row.name,
        others=tuple(Designator(scheme=scheme, value=value) for scheme, value in told(row.others_json)),
    )
