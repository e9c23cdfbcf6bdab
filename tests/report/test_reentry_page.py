"""Does the page of a re-entry say what it must, on one page, in both languages, and only what is known?"""

import ast
import io
from pathlib import Path

import numpy as np
import pypdf
import pytest

import baken.report
from baken.assess.reentry import prediction as prediction_module
from baken.assess.reentry.outlook import AskedOutlook, outlook_of
from baken.records.marking import Marking, Realm
from baken.records.reentry_outlook import EarlierWindow
from baken.records.region import PopulationGrid, Region, RegionKind
from baken.report.moments import minute_text
from baken.report.reentry_page import ReentryPage, assumptions, reentry_pdf, said_in
from baken.report.reentry_sentence import concerned_regions, sentence
from baken.report.words import Speech
from tests.reentries import HOUR_TAI_NS, MEDIAN_TAI_NS, prediction

TEMPLATE = Path(baken.report.__file__).with_name("reentry_page.typ").read_text(encoding="utf-8")


def box(code, name, west, south, east, north, kind=RegionKind.COUNTRY):
    corners = np.radians(np.array([[west, south], [east, south], [east, north], [west, north]], dtype=float))
    return Region(kind=kind, code=code, name=name, polygons_rad=((corners,),))


REGIONS = (
    box("NLD", "Netherlands", 3.3, 50.7, 7.2, 53.6),
    box("FAR", "FAR SOUTH", -60.0, -85.0, 60.0, -75.0),
    box("OFF", "OFF THE TRACK", 100.0, -2.0, 100.2, 2.0),
    box("MED", "MIDDLE SEA", -5.0, 33.0, 20.0, 44.0, RegionKind.SEA),
)
PEOPLE = PopulationGrid(
    people=np.full((180, 360), 1e5), north_rad=np.pi / 2, west_rad=-np.pi, cell_rad=np.pi / 180
)


def outlook(about=None, **changes):
    known = AskedOutlook(regions=REGIONS, population=PEOPLE, mass_kg=4_000.0)
    return outlook_of(prediction(**changes), known if about is None else about)


def page_of(made, **changes):
    said = {"concerning": ("NLD",), "mass_kg": 4_000.0, "code_version": "0.0.0"} | changes
    return ReentryPage(outlook=made, as_of_tai_ns=made.prediction.as_of_tai_ns, **said)


def texts_of(page, language="en"):
    pdf = reentry_pdf(page, TEMPLATE, language)
    return [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_one_page_says_what_when_where_and_for_whom(language):
    (text,) = texts_of(page_of(outlook()), language)
    for said in (
        "MADE STAGE (900001)", minute_text(MEDIAN_TAI_NS, Speech(language)), "90 %", "MIDDLE SEA", "21 ",
        "NRLMSISE-00", "4,000 kg" if language == "en" else "kg", "1,000" if language == "en" else "1",
    ):  # fmt: skip
        assert said in text, said
    assert ("Netherlands" in text) == (language == "en")
    assert ("Nederland" in text) == (language == "nl")


def test_without_files_the_page_says_what_is_not_known():
    (text,) = texts_of(page_of(outlook(AskedOutlook()), mass_kg=None))
    for said in (
        "No file of regions was named",
        "Not known: give the mass",
        "of their chance nothing is known",
    ):
        assert said in text, said


@pytest.mark.parametrize("realm", [one for one in Realm if one is not Realm.REAL])
def test_a_page_of_another_world_says_so_in_a_banner(realm):
    (text,) = texts_of(page_of(outlook(realm=realm)))
    assert text.count(Speech("en")(f"realm.{realm}")) >= 2


def test_the_page_says_who_may_see_it():
    shared = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    assert "NL: DE, NL" in texts_of(page_of(outlook(marking=shared)))[0]
    assert "its owner only" in texts_of(page_of(outlook()))[0]


def test_the_same_page_is_the_same_bytes():
    land = np.zeros((18, 36), dtype=bool)
    one, other = (reentry_pdf(page_of(outlook(), land=land), TEMPLATE, "en") for _ in range(2))
    assert one == other


def test_many_regions_and_long_names_stay_on_one_page():
    many = tuple(
        box(f"R{n}", f"A REGION WITH A NAME OF FORTY LETTERS {n}", -180.0 + 12 * n, -53, -170.0 + 12 * n, 53)
        for n in range(30)
    )
    made = outlook(AskedOutlook(regions=many, population=PEOPLE, mass_kg=4_000.0, earlier=EARLIER))
    assert len(texts_of(page_of(made, concerning=("R1", "R2", "R3")), "nl")) == 1


EARLIER = tuple(
    EarlierWindow(
        as_of_tai_ns=prediction().as_of_tai_ns - n * HOUR_TAI_NS,
        window_start_tai_ns=prediction().window_start_tai_ns - n * HOUR_TAI_NS,
        epoch_tai_ns=prediction().epoch_tai_ns,
        window_end_tai_ns=prediction().window_end_tai_ns + n * HOUR_TAI_NS,
    )
    for n in range(1, 9)
)


def test_the_sentence_says_what_to_do_and_when_more_is_known():
    def told(code, made):
        return sentence(made, concerned_regions(made, [code]), made.prediction.epoch_tai_ns, Speech("en"))

    made = outlook()
    assert "less than 1 in 333: no action is needed there. Next update: 14 March 2026 09:40 UTC." in told(
        "OFF", made
    )
    assert "keep aviation and crisis staff ready" in told("MED", made)
    assert "too early to say when all is clear" in told("OFF", outlook(n_still_up=500))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_three_reasons_to_be_clear_are_told_apart(language):
    say = Speech(language)
    made = outlook(AskedOutlook(regions=REGIONS, waited=frozenset({"COUNTRY:OFF"})))
    (text,) = texts_of(page_of(made, concerning=("FAR", "OFF")), language)
    for name in ("out_of_reach", "no_longer"):
        assert say(f"reentry.{name}") in text
    assert say("reentry.released", names="OFF THE TRACK") in text
    assert say("reentry.act.no_longer") in text
    assert say("reentry.beyond", region="FAR SOUTH") in text
    (text,) = texts_of(page_of(outlook(), concerning=("OFF",)), language)
    assert say("reentry.act.clear") in text
    assert say("reentry.no_longer") not in text


def test_a_chance_never_met_is_not_said_to_be_nought():
    made = outlook()
    (off,) = concerned_regions(made, ["OFF"])
    assert off.touched_probability == 0.0
    assert "<0.3 %" in texts_of(page_of(made, concerning=("OFF",)))[0]


def sentences_of_predictions():
    """Return every sentence a prediction can tell as an assumption: the texts in what makes them."""
    tree = ast.parse(Path(prediction_module.__file__).read_text(encoding="utf-8"))
    (maker,) = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_assumptions"
    )
    return [
        node.value
        for node in ast.walk(maker)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_every_assumption_of_a_prediction_is_told_in_both_languages():
    sentences = sentences_of_predictions()
    assert len(sentences) >= 4
    for told in sentences:
        assert said_in(told, Speech("en")) == told
        assert said_in(told, Speech("nl")) != told, told


def test_no_assumption_on_a_dutch_page_is_english():
    dutch, english = (assumptions(outlook(), Speech(language)) for language in ("nl", "en"))
    assert len(dutch) == len(english) >= 6
    assert not set(dutch) & set(english)
