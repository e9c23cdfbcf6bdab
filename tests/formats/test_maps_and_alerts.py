"""Do map, calendar and alert say what the nouns say, everywhere on Earth, and never claim another world?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from baken.assess.reentry.regions import inside
from baken.astro.time import tai_ns_from_utc
from baken.errors import TheirMistake, WrongUsage
from baken.formats._date_line import line_pieces_deg, polygon_pieces_deg
from baken.formats.cap import MOST_CORNERS, Alert, AlertWords, MessageType, write_cap
from baken.formats.cap_reading import read_cap
from baken.formats.geojson import write_geojson
from baken.formats.icalendar import CalendarEntry, write_icalendar
from baken.formats.kml import write_kml
from baken.records.map_feature import MapFeature, Shape
from baken.records.marking import OWNER_ONLY, Marking, Realm

CAP_SCHEMA = Path(__file__).parents[1] / "authorities" / "cap" / "CAP-v1.2.xsd"
CAP = {"cap": "urn:oasis:names:tc:emergency:cap:1.2"}
KML = {"kml": "http://www.opengis.net/kml/2.2"}
SHARED = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
OPEN = Marking(owner="NL", releasable_to=frozenset({"PUBLIC"}))
AT_TAI_NS = tai_ns_from_utc("2026-03-14T09:40:00Z")
HOUR_NS = 3_600_000_000_000
METRE_DEG = 2e-5


def ring_rad(west_deg, south_deg, width_deg=20.0, height_deg=10.0):
    x = np.array([west_deg, west_deg + width_deg, west_deg + width_deg, west_deg])
    y = np.array([south_deg, south_deg, south_deg + height_deg, south_deg + height_deg])
    return np.radians(np.column_stack([(x + 180.0) % 360.0 - 180.0, y]))


def features():
    line_rad = np.radians(np.array([[170.0, 10.0], [-170.0, 20.0], [-150.0, 30.0]]))
    said = {"start_tai_ns": AT_TAI_NS, "end_tai_ns": AT_TAI_NS + HOUR_NS}
    return [
        MapFeature(kind="track", name="Track", shape=Shape.LINE, parts_rad=((line_rad,),), **said),
        MapFeature(
            kind="box", name="Box", shape=Shape.POLYGONS, parts_rad=((ring_rad(170.0, 0.0),),), **said
        ),
        MapFeature(kind="entry", name="Entries", shape=Shape.POINTS, parts_rad=((line_rad,),)),
    ]


def alert(**changes):
    words = [
        AlertWords(
            language=language, event="re-entry", headline="A stage falls", description="When & <where>",
            instruction="None", area="Latitudes 53 S to 53 N",
        )
        for language in ("nl-NL", "en-GB")
    ]  # fmt: skip
    said = {
        "identifier": "NL-RE-1", "sender": "baken@example.org", "sent_tai_ns": AT_TAI_NS - HOUR_NS,
        "onset_tai_ns": AT_TAI_NS, "expires_tai_ns": AT_TAI_NS + HOUR_NS, "urgency": "Future",
        "severity": "Minor", "certainty": "Unlikely", "words": tuple(words),
        "rings_rad": (ring_rad(170.0, 0.0), ring_rad(0.0, 50.0)), "parameters": (("probability", "0.01"),),
    }  # fmt: skip
    return Alert(**(said | changes))


@given(st.floats(-180.0, 179.0), st.floats(-80.0, 70.0), st.integers(0, 1_000))
def test_the_pieces_of_a_polygon_hold_what_the_polygon_holds(west, south, seed):
    whole = ring_rad(west, south)
    rng = np.random.default_rng(seed)
    lon_deg, lat_deg = rng.uniform(-180.0, 180.0, 200), rng.uniform(south - 5.0, south + 15.0, 200)
    near_an_edge = (abs((lon_deg - west + 5) % 20.0 - 5) < METRE_DEG) | (
        abs((lat_deg - south) % 10) < METRE_DEG
    )
    held = inside(np.radians(lat_deg), np.radians(lon_deg), whole)
    rings = [piece[0] for piece in polygon_pieces_deg((whole,))]
    assert all(abs(ring[:, 0]).max() <= 180.0 and (ring[0] == ring[-1]).all() for ring in rings)
    by_pieces = inside(np.radians(lat_deg), np.radians(lon_deg), *(np.radians(ring[:-1]) for ring in rings))
    assert (held == by_pieces)[~near_an_edge].all()


@given(st.floats(-3.1, 3.1), st.floats(0.01, 0.5), st.integers(2, 40))
def test_no_piece_of_a_line_crosses_the_date_line(start, step, n):
    lon_rad = np.mod(start + step * np.arange(n) + np.pi, 2 * np.pi) - np.pi
    pieces = line_pieces_deg(np.column_stack([lon_rad, np.linspace(-1.0, 1.0, n)]))
    assert all(abs(np.diff(piece[:, 0])).max() < np.degrees(0.5) + METRE_DEG for piece in pieces)
    length_deg = sum(np.diff(piece[:, 0]).sum() for piece in pieces)
    assert length_deg == pytest.approx(np.degrees(step) * (n - 1), abs=METRE_DEG * 2 * len(pieces))


def test_a_cap_round_a_pole_reaches_that_pole():
    lon_deg = np.arange(-180.0, 180.0, 10.0)
    (piece,) = polygon_pieces_deg((np.radians(np.column_stack([lon_deg, np.full(36, -70.0)])),))
    assert piece[0][:, 1].min() == -90.0
    assert (piece[0][:, 0].min(), piece[0][:, 0].max()) == (-180.0, 180.0)


def test_a_hole_stays_in_its_polygon_and_turns_the_other_way():
    (piece,) = polygon_pieces_deg((ring_rad(0.0, 0.0), ring_rad(5.0, 3.0, 4.0, 4.0)))
    signs = [np.sign(np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])) for ring in piece]
    assert signs == [1.0, -1.0]


@pytest.mark.parametrize("realm", Realm)
def test_geojson_says_world_label_kind_and_time(realm):
    document = json.loads(write_geojson(features(), realm=realm, marking=SHARED))
    assert (document["realm"], document["marking"]) == (realm.value, "NL: DE, NL")
    track, box, entry = document["features"]
    assert track["geometry"]["type"] == "MultiLineString"
    assert len(track["geometry"]["coordinates"]) == len(box["geometry"]["coordinates"]) == 2
    assert track["properties"]["start"] == "2026-03-14T09:40:00Z"
    assert entry["geometry"]["type"] == "MultiPoint"
    assert {one["properties"]["realm"] for one in document["features"]} == {realm.value}


@pytest.mark.parametrize("realm", Realm)
def test_kml_says_world_label_and_time(realm):
    root = etree.fromstring(write_kml("A <stage>", features(), realm=realm, marking=SHARED))
    names = root.xpath("//kml:name/text()", namespaces=KML)
    assert all(name.startswith(f"{realm}: ") == (realm is not Realm.REAL) for name in names)
    assert root.xpath("//kml:TimeSpan/kml:begin/text()", namespaces=KML)[0] == "2026-03-14T09:40:00Z"
    assert "NL: DE, NL" in root.xpath("//kml:value/text()", namespaces=KML)
    assert len(root.xpath("//kml:Polygon", namespaces=KML)) == 2


@pytest.mark.parametrize("realm", Realm)
def test_a_calendar_says_world_label_and_span(realm):
    entry = CalendarEntry(
        uid="NL-RE-1-window@baken", summary="Window", start_tai_ns=AT_TAI_NS, end_tai_ns=AT_TAI_NS + HOUR_NS,
        description="When, and, how; likely",
    )  # fmt: skip
    written = write_icalendar([entry], made_tai_ns=AT_TAI_NS, realm=realm, marking=SHARED)
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 3, 14, 9, 40, tzinfo=UTC)
    assert str(event["summary"]).startswith(f"{realm}: ") == (realm is not Realm.REAL)
    assert f"{realm} / NL: DE, NL" in str(event["description"])
    assert event["class"] == "PRIVATE"
    assert written.count(b"\r\n") == written.count(b"\n")


def test_a_calendar_of_its_owner_alone_is_confidential():
    entry = CalendarEntry(uid="1", summary="S", start_tai_ns=AT_TAI_NS, end_tai_ns=AT_TAI_NS + HOUR_NS)
    written = write_icalendar([entry], made_tai_ns=AT_TAI_NS, realm=Realm.REAL, marking=OWNER_ONLY)
    assert b"CLASS:CONFIDENTIAL" in written


def alert_root(**changes):
    root = etree.fromstring(write_cap(alert(**changes)))
    etree.XMLSchema(etree.parse(CAP_SCHEMA)).assertValid(root)
    return root


def said(root, name):
    return root.xpath(f"//cap:{name}/text()", namespaces=CAP)


@pytest.mark.capability("CAP 1.2 alert", status="VALIDATED", authority="OASIS, CAP-v1.2.xsd")
@pytest.mark.parametrize("marking", [OWNER_ONLY, SHARED, OPEN])
@pytest.mark.parametrize("realm", Realm)
def test_an_alert_is_valid_and_actual_in_the_real_world_alone(realm, marking):
    root = alert_root(realm=realm, marking=marking)
    assert (said(root, "status") == ["Actual"]) == (realm is Realm.REAL)
    assert said(root, "language") == ["nl-NL", "en-GB"]
    assert all(
        headline.startswith(f"{realm}: ") == (realm is not Realm.REAL) for headline in said(root, "headline")
    )
    assert said(root, "note") == [f"{realm} / {marking.text}"]


def test_an_alert_is_public_only_where_its_marking_says_so():
    assert said(alert_root(marking=OPEN), "scope") == ["Public"]
    for marking in (OWNER_ONLY, SHARED):
        root = alert_root(marking=marking)
        assert said(root, "scope") == ["Restricted"]
        assert said(root, "restriction") == [marking.text]


def test_polygons_of_an_alert_are_closed_short_and_latitude_first():
    angle = np.linspace(0.0, 2 * np.pi, 500, endpoint=False)
    round_rad = np.radians(np.column_stack([5.0 + np.cos(angle), 52.0 + np.sin(angle)]))
    for text in said(alert_root(rings_rad=(round_rad, ring_rad(170.0, 0.0))), "polygon"):
        corners = text.split()
        assert corners[0] == corners[-1]
        assert 4 <= len(corners) <= MOST_CORNERS
        assert all(abs(float(corner.split(",")[0])) <= 90.0 for corner in corners)


def test_an_identifier_cap_forbids_is_refused():
    with pytest.raises(WrongUsage, match="no space"):
        write_cap(alert(identifier="NL RE 1"))


GEOCODES = (("COUNTRY", "NLD"), ("FIR", "EHAA"))
UPDATE = {
    "identifier": "NL-RE-2",
    "message_type": MessageType.UPDATE,
    "references": read_cap(write_cap(alert())).references,
}


@pytest.mark.capability("CAP 1.2 alert", status="VALIDATED", authority="OASIS, CAP-v1.2.xsd")
@pytest.mark.parametrize("message_type", [MessageType.UPDATE, MessageType.CANCEL])
def test_an_update_and_a_cancel_are_valid_and_refer_to_what_was_sent(message_type):
    root = alert_root(**(UPDATE | {"message_type": message_type}), geocodes=GEOCODES, response="AllClear")
    assert said(root, "msgType") == [message_type]
    assert said(root, "references") == ["baken@example.org,NL-RE-1,2026-03-14T08:40:00-00:00"]
    assert said(root, "responseType") == ["AllClear", "AllClear"]


def test_an_update_that_refers_to_nothing_is_no_update():
    with pytest.raises(ValueError, match="refers to what was sent"):
        alert(message_type=MessageType.UPDATE)


@pytest.mark.parametrize("realm", Realm)
@pytest.mark.parametrize("marking", [OWNER_ONLY, SHARED, OPEN])
def test_what_a_later_alert_needs_of_an_earlier_one_is_read_as_it_was_written(realm, marking):
    written = alert(realm=realm, marking=marking, geocodes=GEOCODES, **UPDATE)
    read = read_cap(write_cap(written))
    for name in ("identifier", "sender", "sent_tai_ns", "onset_tai_ns", "realm", "marking", "geocodes"):
        assert getattr(read, name) == getattr(written, name), name
    assert read.told("probability") == "0.01"
    # A third refers to the first and the second, as neither may still stand.
    assert [one.split(",")[1] for one in read.references] == ["NL-RE-1", "NL-RE-2"]


@pytest.mark.parametrize(
    ("cut", "put"),
    [
        (b"<sent>", b"<sent>yesterday"), (b"<msgType>Alert", b"<msgType>Rumour"), (b"NL-RE-1<", b"NL RE 1<"),
        (b"<value>REAL", b"<value>UNREAL"), (b"cap:1.2", b"cap:1.1"), (b"<?xml", b"<!DOCTYPE a><?xml"),
        (b"<value>NL: DE, NL", b"<value>a: b: c"), (b"</alert>", b""),
        (b"<sender>baken@example.org", b"<sender>"),
    ],
)  # fmt: skip
def test_an_alert_that_cannot_be_right_is_refused_with_its_field(cut, put):
    content = write_cap(alert(marking=SHARED))
    assert cut in content
    with pytest.raises(TheirMistake):
        read_cap(content.replace(cut, put))


@given(st.binary(max_size=400), st.integers(0, 3_000))
def test_no_bytes_bring_the_reader_of_alerts_down(noise, at):
    content = write_cap(alert())
    for spoilt in (noise, content[:at] + noise + content[at + len(noise) :]):
        try:
            read_cap(spoilt)
        except TheirMistake:
            continue


def test_a_cancelled_entry_takes_the_one_of_its_name_away():
    entry = CalendarEntry(
        uid="1", summary="S", start_tai_ns=AT_TAI_NS, end_tai_ns=AT_TAI_NS, is_cancelled=True
    )
    written = write_icalendar([entry], made_tai_ns=AT_TAI_NS, realm=Realm.REAL, marking=OWNER_ONLY)
    calendar = icalendar.Calendar.from_ical(written)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    later = write_icalendar([entry], made_tai_ns=AT_TAI_NS + 10**9, realm=Realm.REAL, marking=OWNER_ONLY)
    (after,) = icalendar.Calendar.from_ical(later).walk("VEVENT")
    assert after["uid"] == event["uid"]
    assert event["sequence"] < after["sequence"] < 2**31
