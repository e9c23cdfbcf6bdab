"""Do the products of a re-entry come into their folder, each with its world and label, and agree?"""

import io
import json
from pathlib import Path

import icalendar
import numpy as np
import pypdf
import pytest
import typer
from lxml import etree
from typer.testing import CliRunner

from baken.cli.reentry_products import Named, products_command, publish
from baken.cli.setting import Setting
from baken.errors import UnreadableInput, WrongUsage
from baken.formats import rdm_xml
from baken.records.marking import Marking, Realm
from tests.formats.test_maps_and_alerts import CAP, CAP_SCHEMA, KML
from tests.reentries import prediction

SHARED = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
SQUARE = [[3.3, 50.7], [7.2, 50.7], [7.2, 53.6], [3.3, 53.6], [3.3, 50.7]]
WEST_AFRICA = [[-18.0, 4.0], [-1.0, 4.0], [-1.0, 30.0], [-18.0, 30.0], [-18.0, 4.0]]


@pytest.fixture
def named(tmp_path):
    features = [
        {"type": "Feature", "properties": {"iso_a3": code, "name": name},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, name, ring in (("NLD", "Netherlands", SQUARE), ("WAF", "West Africa", WEST_AFRICA))
    ]  # fmt: skip
    regions, people = tmp_path / "countries.geojson", tmp_path / "people.asc"
    regions.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    people.write_text("\n".join(" ".join(["5000"] * 72) for _ in range(36)))
    return Named(
        folder=str(tmp_path), regions=(str(regions),), population=str(people), mass_kg=4_000.0,
        concerning=("NLD", "WAF"),
    )  # fmt: skip


def setting(tmp_path, **changes):
    return Setting(home=tmp_path, **({"quiet": True, "language": "nl"} | changes))


def contents(paths):
    return {path.partition("Z.")[2]: Path(path).read_bytes() for path in paths}


@pytest.mark.parametrize("realm", Realm)
def test_every_product_carries_realm_and_marking_and_none_claims_to_be_actual(realm, named, tmp_path):
    made = contents(publish(setting(tmp_path), prediction(realm=realm, marking=SHARED), named))
    assert set(made) == {"pdf", "geojson", "kml", "ics", "cap.xml", "rdm.xml"}
    page = pypdf.PdfReader(io.BytesIO(made["pdf"])).pages[0].extract_text()
    for text in (page, *(made[name].decode() for name in ("geojson", "kml", "cap.xml", "rdm.xml"))):
        assert "NL: DE, NL" in text
    for name in ("geojson", "kml", "cap.xml", "rdm.xml", "ics"):
        assert realm.value in made[name].decode()
    alert = etree.fromstring(made["cap.xml"])
    etree.XMLSchema(etree.parse(CAP_SCHEMA)).assertValid(alert)
    (status,) = alert.xpath("cap:status/text()", namespaces=CAP)
    assert (status == "Actual") == (realm is Realm.REAL)
    (event, *_) = icalendar.Calendar.from_ical(made["ics"]).walk("VEVENT")
    assert f"{realm} / NL: DE, NL" in str(event["description"])


def test_the_products_say_the_same_window(named, tmp_path):
    made = contents(publish(setting(tmp_path), prediction(), named))
    read = rdm_xml.read(made["rdm.xml"])
    (message,), wanted = read.records, prediction()
    assert read.deviations == ()
    assert message.reentry.window_start_tai_ns == wanted.window_start_tai_ns
    assert message.properties.wet_mass_kg == 4_000.0
    features = json.loads(made["geojson"])["features"]
    kinds = [one["properties"]["kind"] for one in features]
    assert kinds.count("track") == kinds.count("window") == kinds.count("entry") == 1
    boxes = [one["properties"] for one in features if one["properties"]["kind"] == "box"]
    assert sum(box["probability"] for box in boxes) == pytest.approx(wanted.window_probability, abs=0.03)
    assert [box["start"] for box in boxes] == sorted(box["start"] for box in boxes)
    assert boxes[0]["start"] == "2026-03-14T07:11:57Z"
    assert {one["properties"].get("code") for one in features} >= {"WAF"}
    waiting = [one["properties"] for one in features if one["properties"]["kind"] == "region"]
    assert {one["least_probability_told"] for one in waiting} == {3e-3}
    spans = etree.fromstring(made["kml"]).xpath("//kml:TimeSpan/kml:begin/text()", namespaces=KML)
    assert spans[0] == boxes[0]["start"]
    summaries = [str(e["summary"]) for e in icalendar.Calendar.from_ical(made["ics"]).walk("VEVENT")]
    assert summaries[0].startswith("Terugkeervenster")
    assert any("West Africa wacht" in summary for summary in summaries)


def test_with_nothing_named_all_products_are_still_made(tmp_path):
    bare = Named(folder=str(tmp_path))
    made = contents(publish(setting(tmp_path, language="en"), prediction(sigma_s=80_000.0), bare))
    alert = etree.fromstring(made["cap.xml"])
    etree.XMLSchema(etree.parse(CAP_SCHEMA)).assertValid(alert)
    assert alert.xpath("//cap:severity/text()", namespaces=CAP) == ["Unknown", "Unknown"]
    # A window of days has no boxes.
    assert "box" not in {one["properties"]["kind"] for one in json.loads(made["geojson"])["features"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"folder": "nowhere/at/all"}, "no such folder"),
        ({"mass_kg": -1.0}, "--mass"),
        ({"threshold_fraction": 2.0}, "--clear-below"),
        ({"concerning": ("XYZ",)}, "--for XYZ"),
        ({"sender": "two words"}, "no space"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(wrong, said, named, tmp_path):
    before = sorted(tmp_path.iterdir())
    fields = {name: getattr(named, name) for name in Named.__slots__}
    with pytest.raises(WrongUsage, match=said):
        publish(setting(tmp_path), prediction(), Named(**(fields | wrong)))
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_no_region_is_named(named, tmp_path):
    (tmp_path / "bad.geojson").write_text("no json")
    with pytest.raises(UnreadableInput, match=r"bad\.geojson"):
        publish(
            setting(tmp_path), prediction(), Named(folder=str(tmp_path), regions=(f"{tmp_path}/bad.geojson",))
        )


def test_the_command_makes_products_of_the_object_that_was_named(named, tmp_path):
    app = typer.Typer()

    @app.callback()
    def remember(context: typer.Context):
        context.obj = setting(tmp_path, as_json=True)

    asked = []

    def predict(given, which):
        asked.append((which.file, which.object_name))
        return prediction()

    app.command("products")(products_command(predict))
    words = ["products", "sky.3le", "--object", "900001", "-o", str(tmp_path), "--regions", named.regions[0]]
    ran = CliRunner().invoke(app, [*words, "--next", "2026-03-14T00:00:00Z"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert asked == [("sky.3le", "900001")]
    assert len(told["files"]) == 6
    assert told["least_probability_told"] == pytest.approx(3e-3)
    assert told["casualties"]["low"] is None
    assert "--mass" in told["casualties"]["is_unknown_because"]
    assert [len(one["touched_over_time"]) for one in told["regions"]] == [len(told["edges_of_time"]) - 1] * 2
    assert "Volgend bericht: 14 maart 2026 00:00 UTC." in told["sentence"]


def test_a_real_page_of_real_regions(shared_data, tmp_path):
    geo = shared_data / "geo"
    whole = Named(
        folder=str(tmp_path),
        regions=(
            str(geo / "naturalearth_lowres" / "naturalearth_lowres.shp"),
            str(geo / "fir" / "eurofirs.json.gz"),
            str(geo / "fir" / "uksa_navarea.json.gz"),
        ),
        population=str(geo / "population" / "gpw_v4_2020_30min.csv.gz"),
        mass_kg=5_668.0,
    )
    made = contents(publish(setting(tmp_path), prediction(), whole))
    page = pypdf.PdfReader(io.BytesIO(made["pdf"]))
    assert len(page.pages) == 1
    assert "Nederland" in page.pages[0].extract_text()
    document = json.loads(made["geojson"])
    places = np.array(
        [
            corner
            for one in document["features"]
            if one["geometry"]["type"] == "MultiPolygon"
            for polygon in one["geometry"]["coordinates"]
            for ring in polygon
            for corner in ring
        ]
    )
    assert (abs(places) <= (180.0, 90.0)).all()


def test_a_prediction_of_which_nothing_comes_down_yet_is_still_told(named, tmp_path, capsys):
    none_yet = prediction(n_members=0, n_still_up=500)
    paths = publish(setting(tmp_path, language="en", as_json=True), none_yet, named)
    told = json.loads(capsys.readouterr().out)
    assert "too early to say when all is clear" in told["sentence"]
    assert told["edges_of_time"] == []
    assert len(paths) == 6
