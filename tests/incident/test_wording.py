"""Does automatic text stay with facts of motion and signal?"""

import pytest

from baken.incident.wording import objections_to

FACTS = [
    "Object 49263 passed COSMOS 1408 at 3.1 km on 2021-11-15T02:47:00Z.",
    "Signal on 1575.42 MHz was lost for 14 minutes; receivers on the ground agree.",
    "30,000 modems stopped answering; their flash memory had been overwritten.",
    "Object 37820 komt tussen 2026-11-25T14:00Z en 2026-11-26T02:00Z terug in de dampkring.",
    "De kans dat een brokstuk iemand raakt is 1 op 9.000.",
    "CHINASAT 6 changed its orbit by 0.4 m/s.",
    "Services were restored.",
]
NOT_FACTS = {
    "A hostile approach": "hostile",
    "Een vijandige nadering": "vijandige",
    "The Russian object came near": "Russian",
    "Het Chinese object kwam dichtbij": "Chinese",
    "It moved in order to look": "in order to",
    "opzettelijk gestoord": "opzettelijk",
    "RUSSIA did it": "RUSSIA",
    "attacked by a satellite": "attacked",
    "Moskou zweeg": "Moskou",
    "De Servische satelliet": "Servische",
    "Servië zweeg": "Servie",
}


@pytest.mark.parametrize("text", FACTS)
def test_facts_of_motion_and_signal_pass(text):
    assert objections_to(text) == ()


@pytest.mark.parametrize(("text", "word"), NOT_FACTS.items())
def test_states_and_intentions_do_not(text, word):
    assert [objection.word for objection in objections_to(text)] == [word]


def test_a_name_of_an_object_is_not_the_name_of_a_state():
    assert objections_to("Object USA 248 passed the Indian Ocean.", names=["USA 248", "Indian Ocean"]) == ()
    assert [each.word for each in objections_to("USA 248 is of the USA", names=["USA 248"])] == ["USA"]


@pytest.mark.parametrize(
    "text",
    [
        *("Rus\u200bsia did it", "Rus\u00adsia", "Ru\u0301ssia", "Rússia", "\uff32ussia", "Russi\u0430"),
        *("russia", "RuSSia", "iranian", "north korea", "BULGARIA", "PAKISTANI", "america", "israeli"),
        *("United\u00a0States", "United\nStates", "U. S. did it", "the US did it", "volgens de VS"),
        *("a host\u00adile act", "h\u043estile", "in\norder\tto look", "attac\u200bk"),
    ],
)
def test_letters_that_only_look_otherwise_hide_no_state_and_no_motive(text):
    assert objections_to(text)


@pytest.mark.parametrize(
    "text", ["It lets us polish the turkey.", "in roman figures, for francs", "the fins"]
)
def test_common_words_in_small_letters_are_no_states(text):
    assert objections_to(text) == ()


@pytest.mark.parametrize("name", ["Russia", "a", "RUSSIAN", "ssia"])
def test_a_name_that_is_a_state_or_stands_in_its_name_lets_no_state_through(name):
    assert objections_to("Russian officers say Russia did it", names=[name])
