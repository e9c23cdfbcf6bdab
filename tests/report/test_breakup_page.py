"""Does the page of a breakup say what moved, on one page, in both languages, and no more than is known?"""

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

import baken.report
from baken.records.identity import identity_from_norad
from baken.records.marking import Marking, Realm
from baken.report.breakup_page import BreakupPage, breakup_pdf
from baken.report.breakup_sentence import sentence
from baken.report.words import LANGUAGES, Speech
from tests.breakups import made_outlook, with_weights
from tests.makers import DAY_NS

TEMPLATE = Path(baken.report.__file__).with_name("breakup_page.typ").read_text(encoding="utf-8")
MADE = made_outlook()


def page_of(outlook):
    return BreakupPage(
        outlook=outlook, as_of_tai_ns=outlook.newest_piece_tai_ns, called="NL-FR26-0001", code_version="0.0.0"
    )


def texts_of(outlook, language="en"):
    pdf = breakup_pdf(page_of(outlook), TEMPLATE, language)
    return [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_says_when_from_what_how_hard_and_for_whom(language):
    (text,) = texts_of(MADE, language)
    for said in ("NL-FR26-0001", "MADE PARENT (900100)", "2026 03:2", "m/s", "700–800 km", "0.0.0"):
        assert said in text, said
    assert ("blame nobody" in text) == (language == "en")
    assert ("wijzen niemand aan" in text) == (language == "nl")


def test_a_page_of_another_world_says_so_in_a_banner_and_who_may_see_it():
    shared = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    for realm in Realm:
        (text,) = texts_of(replace(MADE, realm=realm, marking=shared))
        assert text.count(Speech("en")(f"realm.{realm}")) >= (1 if realm is Realm.REAL else 2)
        assert "NL: DE, NL" in text


def test_the_same_page_is_the_same_bytes():
    one, other = (breakup_pdf(page_of(MADE), TEMPLATE, "nl") for _ in range(2))
    assert one == other
    assert b"pdfaid" in one


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_many_shells_and_candidates_stay_on_one_page(language):
    named = identity_from_norad(999_999_999, name="A STAGE WITH A NAME OF FORTY LETTERS R/B")
    first, shell, asset = MADE.candidates[0], MADE.shells[0], MADE.assets[0]
    full = replace(
        MADE,
        candidates=(replace(first, identity=named, likelihood=0.2),) * 5,
        second=replace(first, identity=named),
        shells=(shell,) * 8,
        assets=(replace(asset, identity=named),) * 4,
        end_tai_ns=MADE.epoch_tai_ns + 2 * DAY_NS,
        n_kicks_told=MADE.n_pieces - 3,
        realm=Realm.EXERCISE,
    )
    assert len(texts_of(full, language)) == 1


def test_what_cannot_be_told_is_not_told():
    untimed = replace(MADE, is_timed=False)
    (text,) = texts_of(untimed)
    assert "when they parted cannot be told" in text
    assert "most likely came from" not in text
    assert "Breakup: the pieces of 2001-011" in text
    nobody = sentence(replace(MADE, candidates=()), Speech("en"))
    assert "No object that was known before passed there" in nobody
    several = replace(MADE, candidates=(replace(MADE.candidates[0], likelihood=0.3),))
    told = sentence(several, Speech("en"))
    assert "1 fit, none far better" in told
    assert "MADE PARENT" not in told


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"explosion": 0.9}, "does not tell a burst"),
        ({"direct_ascent": 0.9}, "does not tell a burst"),
        ({"ordinary_release": 0.9}, "ordinary release"),
    ],
)
def test_the_sentence_tells_the_kind_no_further_than_motion_does(weights, said):
    assert said in sentence(with_weights(MADE, **weights), Speech("en"))


def test_a_meeting_names_the_other_object_and_its_speed():
    met = with_weights(MADE, collision=0.9)
    told = sentence(replace(met, second=MADE.candidates[0], second_speed_m_s=11_650.0), Speech("en"))
    assert "MADE PARENT (900100) passed at 11.7 km/s" in told


def test_a_risk_is_a_range_that_begins_with_what_is_tracked():
    for told in [one.collisions_a_year for one in (*MADE.shells, *MADE.assets)]:
        assert 0.0 < told.low < told.median < told.high
    (own,) = MADE.assets
    worst = max(MADE.shells, key=lambda one: one.n_pieces)
    assert 0.1 < own.collisions_a_year.low / worst.collisions_a_year.low < 10.0
    assert worst.n_known > worst.n_pieces


def test_risk_grows_with_the_cross_section():
    larger = made_outlook(area_m2=100.0)
    for one, other in zip(MADE.shells, larger.shells, strict=True):
        assert other.collisions_a_year.low == pytest.approx(10.0 * one.collisions_a_year.low)
