"""The tables, as the store of this version has them.

Names carry units, instants are ``*_tai_ns``, and every table whose rows a person may see has a realm and a
marking.  Short structured values stand as canonical JSON text, so that both databases hold the same bytes.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

lineages = Table(
    "lineages",
    metadata,
    Column("lineage_digest", Text, primary_key=True),
    Column("lineage_json", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source_name", Text, primary_key=True),
    Column("source_digest", Text, primary_key=True),
    Column("as_of_tai_ns", BigInteger),
    Column("retrieved_tai_ns", BigInteger, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("realm", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("file_digest", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("n_read", BigInteger, nullable=False),
    Column("n_rejected", BigInteger, nullable=False),
    Column("objects_new", BigInteger, nullable=False),
    Column("element_sets_new", BigInteger, nullable=False),
    Column("at_tai_ns", BigInteger, nullable=False),
    Column("ephemerides_new", BigInteger, nullable=False, server_default="0"),
)

objects = Table(
    "objects",
    metadata,
    Column("realm", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("norad_cat_id", BigInteger),
    Column("cospar_id", Text),
    Column("name", Text),
)

designators = Table(
    "designators",
    metadata,
    Column("realm", Text, primary_key=True),
    Column("scheme", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("object_id", Text, nullable=False),
    ForeignKeyConstraint(["realm", "object_id"], ["objects.realm", "objects.object_id"]),
    Index("designators_by_object", "realm", "object_id"),
)

element_sets = Table(
    "element_sets",
    metadata,
    Column("source", Text, primary_key=True),
    Column("content_digest", Text, primary_key=True),
    Column("realm", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("norad_cat_id", BigInteger),
    Column("cospar_id", Text),
    Column("name", Text),
    Column("others_json", Text, nullable=False),
    Column("epoch_tai_ns", BigInteger, nullable=False),
    Column("mean_motion_rad_s", Double, nullable=False),
    Column("eccentricity", Double, nullable=False),
    Column("inclination_rad", Double, nullable=False),
    Column("raan_rad", Double, nullable=False),
    Column("argument_of_perigee_rad", Double, nullable=False),
    Column("mean_anomaly_rad", Double, nullable=False),
    Column("bstar_per_earth_radius", Double, nullable=False),
    Column("mean_motion_dot_rad_s2", Double, nullable=False),
    Column("mean_motion_ddot_rad_s3", Double, nullable=False),
    Column("theory", Text, nullable=False),
    Column("ephemeris_type", BigInteger, nullable=False),
    Column("classification", Text, nullable=False),
    Column("element_set_no", BigInteger),
    Column("rev_at_epoch", BigInteger),
    Column("originator", Text, nullable=False),
    Column("created_tai_ns", BigInteger),
    Column("comments_json", Text, nullable=False),
    Column("other_fields_json", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("lineage_digest", Text, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    ForeignKeyConstraint(["realm", "object_id"], ["objects.realm", "objects.object_id"]),
    ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    Index("element_sets_by_object", "realm", "object_id", "source", "epoch_tai_ns"),
)

ephemerides = Table(
    "ephemerides",
    metadata,
    Column("source", Text, primary_key=True),
    Column("content_digest", Text, primary_key=True),
    Column("realm", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("norad_cat_id", BigInteger),
    Column("cospar_id", Text),
    Column("name", Text),
    Column("others_json", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("frame_epoch_tai_ns", BigInteger),
    Column("centre", Text, nullable=False),
    Column("time_system", Text, nullable=False),
    Column("originator", Text, nullable=False),
    Column("created_tai_ns", BigInteger),
    Column("message_id", Text, nullable=False),
    Column("start_tai_ns", BigInteger, nullable=False),
    Column("stop_tai_ns", BigInteger, nullable=False),
    Column("useable_start_tai_ns", BigInteger),
    Column("useable_stop_tai_ns", BigInteger),
    Column("interpolation", Text, nullable=False),
    Column("interpolation_degree", BigInteger),
    Column("n_states", BigInteger, nullable=False),
    Column("states_digest", Text, nullable=False),
    Column("covariances_digest", Text),
    Column("header_comments_json", Text, nullable=False),
    Column("metadata_comments_json", Text, nullable=False),
    Column("comments_json", Text, nullable=False),
    Column("other_fields_json", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("lineage_digest", Text, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    ForeignKeyConstraint(["realm", "object_id"], ["objects.realm", "objects.object_id"]),
    ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    Index("ephemerides_by_object", "realm", "object_id", "start_tai_ns"),
)

event_numbers = Table(
    "event_numbers",
    metadata,
    Column("node", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last_number", BigInteger, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("node", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("realm", Text, nullable=False),
    Column("encounter_key", Text, nullable=False),
    Column("first_seen_tai_ns", BigInteger, nullable=False),
    Column("peak_tai_ns", BigInteger, nullable=False),
    Column("finding_sequence", Integer, nullable=False),
    Column("finding_digest", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("object_ids_json", Text, nullable=False, server_default="[]"),
    UniqueConstraint("node", "kind", "year", "number", name="events_are_numbered_once"),
    UniqueConstraint("realm", "kind", "encounter_key", name="events_are_known_once"),
    Index("events_by_peak", "realm", "peak_tai_ns"),
    Index("events_by_objects", "realm", "kind", "object_ids_json"),
)

findings = Table(
    "findings",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("finding_digest", Text, nullable=False),
    Column("finding_json", Text, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    # Empty when this node saw it itself.
    Column("originator", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(["event_id"], ["events.event_id"]),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("realm", Text, nullable=False),
    Column("happened_tai_ns", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    Column("parent_norad_cat_id", BigInteger),
    ForeignKeyConstraint(["event_id"], ["events.event_id"]),
)

conjunction_messages = Table(
    "conjunction_messages",
    metadata,
    Column("content_digest", Text, primary_key=True),
    Column("realm", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("originator", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("created_tai_ns", BigInteger, nullable=False),
    Column("tca_tai_ns", BigInteger, nullable=False),
    Column("miss_distance_m", Double, nullable=False),
    Column("probability_said", Double),
    Column("first_object_id", Text, nullable=False),
    Column("second_object_id", Text, nullable=False),
    Column("message_json", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("lineage_digest", Text, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    ForeignKeyConstraint(["event_id"], ["events.event_id"]),
    ForeignKeyConstraint(["realm", "first_object_id"], ["objects.realm", "objects.object_id"]),
    ForeignKeyConstraint(["realm", "second_object_id"], ["objects.realm", "objects.object_id"]),
    ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    Index("conjunction_messages_by_event", "event_id", "created_tai_ns"),
)

screenings = Table(
    "screenings",
    metadata,
    Column("screening_id", Text, primary_key=True),
    Column("realm", Text, nullable=False),
    Column("start_tai_ns", BigInteger, nullable=False),
    Column("end_tai_ns", BigInteger, nullable=False),
    Column("miss_threshold_m", Double, nullable=False),
    Column("picture_digest", Text, nullable=False),
    Column("settings_json", Text, nullable=False),
    Column("sieve_account_json", Text, nullable=False),
    Column("approaches_file", Text, nullable=False),
    Column("approaches_digest", Text, nullable=False),
    Column("n_approaches", BigInteger, nullable=False),
    Column("wall_s", Double, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("lineage_digest", Text, nullable=False),
    ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    Index("screenings_by_realm", "realm", "kept_at_tai_ns"),
)
