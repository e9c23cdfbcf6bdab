"""Does the page of an encounter say what it must, on one page, in both languages, the same every time?"""

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

import baken.report
from baken.records.collision_assessment import Region
from baken.records.marking import Marking, Realm
from baken.report.conjunction_page import ConjunctionPage, conjunction_pdf
from tests.report.cases import HOUR_NS, PARTIES, TCA_TAI_NS, assessment, case, decision_map, update

TEMPLATE = Path(baken.report.__file__).with_name("conjunction_page.typ").read_text(encoding="utf-8")


def pdf_of(made=None, language="en", **changes):
    page = ConjunctionPage(
        case=made or case(), as_of_tai_ns=TCA_TAI_NS - 20 * HOUR_NS, code_version="0.0.0", **changes
    )
    return conjunction_pdf(page, TEMPLATE, language)


def pages_of(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_one_page_says_who_when_how_likely_and_on_whose_word(language):
    (text,) = pages_of(pdf_of(language=language, why=("CARA: above the look level 1e-07",)))
    for said in (
        "NL-CJ26-0001", "MADE ONE", "MADE TWO DEB", "2026-03-01T", "2.7e-05", "foster_1992",
        "hall_2021 3.5e-05",
        "CENTRE A", "CENTRE B", "900001", "duty@example.org", "12 m", "70 / 150 / 90 m",
        "CARA: above the look level 1e-07",
    ):  # fmt: skip
        assert said in text, said


def test_each_language_has_words_of_its_own():
    (english,), (dutch,) = pages_of(pdf_of()), pages_of(pdf_of(language="nl"))
    assert "What could be done" in english
    assert "Wat er gedaan kan worden" in dutch
    assert "What could be done" not in dutch


def test_the_same_page_is_the_same_bytes():
    assert pdf_of() == pdf_of()


def test_a_page_of_an_invented_world_says_so_in_a_banner():
    drill = [replace(one, realm=Realm.EXERCISE) for one in case().updates]
    (text,) = pages_of(pdf_of(case(*drill)))
    assert text.count("EXERCISE EXERCISE EXERCISE") >= 2


def test_the_page_says_who_may_see_it():
    shared = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    (text,) = pages_of(pdf_of(case(update("CENTRE A", 30.0, 1e-5, marking=shared))))
    assert "NL: DE, NL" in text
    (text,) = pages_of(pdf_of())
    assert "owner only" in text


def test_options_are_listed_with_what_they_bring_and_none_is_chosen():
    (text,) = pages_of(pdf_of(options=decision_map()))
    assert "+T" in text
    assert "0.02" in text
    assert "not looked" in text
    assert "not of preference" in text


def test_what_is_not_known_is_said_not_to_be_known():
    bare = replace(
        assessment(),
        method="none", probability=None, low=0.0, high=1.0, region=Region.UNDETERMINED, max_probability=None,
        max_probability_scale=None, mahalanobis=None, methods=(), checks=(), plane=None, sigma_rtn_m=None,
        relative_velocity_rtn_m_s=None, dilution_curve=(),
    )  # fmt: skip
    (text,) = pages_of(pdf_of(case(update("CENTRE A", 30.0, 1e-5, assessment=bare, probability_said=None))))
    assert "not known" in text
    assert "between <1e-10 and 1.0e+00, undetermined" in text


def test_long_names_and_many_originators_stay_on_one_page():
    long = tuple(
        replace(party, name="A NAME OF FORTY CHARACTERS OR EVEN LONGER", operator="W" * 40)
        for party in PARTIES
    )
    many = [update(f"CENTRE {n}", 60.0 - n, 1e-6, parties=long) for n in range(6)]
    assert len(pages_of(pdf_of(case(*many), options=decision_map()))) == 1
