"""Are explanations weighed as Heuer asks, and does the matrix say what it rests on?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.incident.hypotheses import STANDING_HYPOTHESES, matrix_of
from baken.incident.likelihood import BAND_PERCENT, likelihood_of
from baken.incident.roots import roots_of
from baken.records.hypothesis import Fit, Likelihood
from tests.incident.weighing import SUBJECT, Case, bytes_named

ALL_FITS = st.sampled_from([fit.value for fit in Fit])
NAMES = [hypothesis.hypothesis_id for hypothesis in STANDING_HYPOTHESES]
PIECE = st.tuples(
    st.sampled_from("ABCDEF"),
    st.sampled_from("123456"),
    st.sampled_from(["", "", "feed"]),
    st.dictionaries(st.sampled_from(NAMES), ALL_FITS),
)


def case_of(pieces):
    case = Case()
    for number, (reliability, credibility, group, fits) in enumerate(pieces):
        piece = case.evidence(f"piece {number}", reliability + credibility, group)
        for name, fit in fits.items():
            case.rate(piece, name, fit)
    return case


def standing(matrix, name):
    return next(each for each in matrix.standings if each.hypothesis.hypothesis_id == name)


def test_a_case_without_evidence_lists_every_benign_explanation_and_is_not_settled():
    matrix = matrix_of(SUBJECT, [])
    benign = {each.hypothesis.hypothesis_id for each in matrix.standings if each.hypothesis.benign}
    assert benign == {"equipment", "space-weather", "accident", "debris", "our-error"}
    assert not matrix.settled
    assert len(matrix.first) == len(STANDING_HYPOTHESES)


def test_nobody_can_replace_a_standing_explanation_by_one_of_the_same_name():
    case = Case()
    case.said("hypothesis", hypothesis_id="equipment", text="it was them", benign=False)
    assert matrix_of(SUBJECT, case.entries).hypotheses == STANDING_HYPOTHESES


def test_what_fits_an_explanation_never_makes_up_for_what_does_not():
    case = Case()
    for number in range(20):
        case.evidence(f"fits {number}", deliberate="CC", equipment="N")
    case.evidence("does not fit", deliberate="I", equipment="N")
    matrix = matrix_of(SUBJECT, case.entries)
    assert standing(matrix, "deliberate").inconsistency == 1.0
    assert matrix.standings[-1].hypothesis.hypothesis_id == "deliberate"


def test_ten_reports_of_one_root_count_as_one():
    alone, chorus = Case(), Case()
    alone.evidence("report", "B2", equipment="II")
    for number in range(10):
        chorus.evidence(f"report {number}", "B2", group="one wire service", equipment="II")
    against = [
        standing(matrix_of(SUBJECT, case.entries), "equipment").inconsistency for case in (alone, chorus)
    ]
    assert against[0] == against[1] > 0.0
    assert len(matrix_of(SUBJECT, chorus.entries).circular[0][1]) == 10


def test_reports_that_cite_each_other_in_a_ring_are_one_voice():
    case = Case()
    first = case.evidence("A cites C", derived_from=["EV-4"])
    second = case.evidence("B cites A", derived_from=["EV-0"])
    third = case.evidence("C cites B", derived_from=["EV-2"])
    assert (first, second, third) == (0, 2, 4)
    assert matrix_of(SUBJECT, case.entries).circular == (("EV-0", (0, 2, 4)),)


def test_the_same_bytes_from_two_sources_are_one_voice():
    case = Case()
    case.evidence("from one", content=bytes_named("a"))
    case.evidence("from another", content=bytes_named("a"))
    case.evidence("something else", content=bytes_named("b"))
    assert matrix_of(SUBJECT, case.entries).circular == (("EV-0", (0, 2)),)


def test_the_piece_that_carries_the_order_is_named():
    case = Case()
    for name in NAMES:
        if name not in ("equipment", "deliberate"):
            case.evidence(f"rules out {name}", **{name.replace("-", "_"): "II"})
    case.evidence("telemetry shows a fault", deliberate="N", equipment="N")
    decisive = case.evidence("commands came from elsewhere", "B2", equipment="II")
    matrix = matrix_of(SUBJECT, case.entries)
    assert [each.hypothesis_id for each in matrix.first] == ["deliberate"]
    carrier = next(each for each in matrix.carriers if each.entry_sequences == (decisive,))
    assert carrier.first_without == ("deliberate", "equipment")


def test_what_tells_nothing_apart_has_no_diagnosticity():
    case = Case()
    case.evidence("alike", **{name.replace("-", "_"): "C" for name in NAMES})
    case.evidence("apart", equipment="II", deliberate="CC")
    assert [row.diagnosticity for row in matrix_of(SUBJECT, case.entries).rows] == [0.0, 1.0]


def test_a_later_rating_replaces_the_earlier_and_both_stay_in_the_log():
    case = Case()
    piece = case.evidence("signal", equipment="II")
    case.rate(piece, "equipment", "C")
    assert standing(matrix_of(SUBJECT, case.entries), "equipment").inconsistency == 0.0


def test_a_reader_from_whom_a_piece_is_withheld_gets_his_own_order_and_is_told():
    case = Case()
    secret = case.evidence("not for all", equipment="II")
    case.evidence("for all", deliberate="I")
    full, reduced = matrix_of(SUBJECT, case.entries), matrix_of(SUBJECT, case.entries, withheld={secret})
    assert (full.n_withheld, reduced.n_withheld) == (0, 1)
    assert standing(full, "equipment").inconsistency == 2.0
    assert standing(reduced, "equipment").inconsistency == 0.0
    assert [row.title for row in reduced.rows] == ["for all"]


@given(st.lists(PIECE, max_size=6), st.integers(0, 5))
def test_what_a_reader_sees_is_what_he_would_see_had_the_withheld_never_been(pieces, which):
    case = case_of(pieces)
    hidden = {kept.sequence for kept in case.entries if kept.entry.text("title") == f"piece {which}"}
    seen = matrix_of(SUBJECT, case.entries, withheld=hidden)
    never = matrix_of(SUBJECT, [kept for kept in case.entries if kept.sequence not in hidden])
    assert (seen.standings, seen.rows, seen.carriers) == (never.standings, never.rows, never.carriers)


@given(st.lists(PIECE, max_size=6))
def test_what_is_known_lies_between_its_bounds(pieces):
    for each in matrix_of(SUBJECT, case_of(pieces).entries).standings:
        assert each.low - 1e-9 <= each.inconsistency <= each.high + 1e-9


@given(st.lists(PIECE, min_size=1, max_size=5), st.sampled_from(NAMES))
def test_more_evidence_against_an_explanation_never_helps_it(pieces, name):
    case = case_of(pieces)
    before = standing(matrix_of(SUBJECT, case.entries), name)
    case.evidence("more", "A1", **{name.replace("-", "_"): "II"})
    assert standing(matrix_of(SUBJECT, case.entries), name).inconsistency > before.inconsistency


@given(st.lists(PIECE, max_size=5), st.data())
def test_a_settled_order_stays_whatever_the_missing_ratings_turn_out_to_be(pieces, data):
    case = case_of(pieces)
    before = matrix_of(SUBJECT, case.entries)
    for row in before.rows:
        for name, fit in zip(NAMES, row.fits, strict=True):
            if fit is None:
                case.rate(row.entry_sequence, name, data.draw(ALL_FITS))
    if before.settled:
        assert matrix_of(SUBJECT, case.entries).first == before.first


@pytest.mark.parametrize(
    "say_more",
    [lambda case: case.evidence("not for all", equipment="II"), lambda case: case.rate(0, "equipment", "II")],
)
def test_nothing_is_settled_for_a_reader_from_whom_something_is_withheld(say_more):
    case = Case()
    for name in NAMES[1:]:
        case.evidence("for all", **dict.fromkeys(map(_field, NAMES), "N") | {_field(name): "II"})
    assert matrix_of(SUBJECT, case.entries).settled
    seen = len(case.entries)
    say_more(case)
    withheld = {kept.sequence for kept in case.entries[seen:]}
    assert not matrix_of(SUBJECT, case.entries, withheld).settled


def _field(name):
    return name.replace("-", "_")


@given(st.permutations(list(range(5))))
def test_roots_do_not_depend_on_the_order_in_which_pieces_are_given(order):
    case = Case()
    for number in range(5):
        case.said("statement", title=str(number), derived_from=(f"EV-{(number * 2) % 5}",))
    shuffled = [case.entries[place] for place in order]
    assert roots_of(shuffled, {}) == roots_of(case.entries, {})


def test_the_ladder_of_likelihood_has_no_hole_and_no_certainty():
    bands = list(BAND_PERCENT.values())
    assert (bands[0][0], bands[-1][1]) == (1, 99)
    assert all(band[1] == following[0] for band, following in itertools.pairwise(bands))
    for probability in (0.0, 1.0, 0.995):
        with pytest.raises(ValueError, match="1 % to 99 %"):
            likelihood_of(probability)
    assert likelihood_of(0.5) is Likelihood.ROUGHLY_EVEN_CHANCE
