"""Is all that an incident can say told in words, in both languages, and people's own words left alone?"""

import pytest

from baken.incident.gather import SENTENCES
from baken.incident.lifecycle import Step
from baken.records.evidence import EntryKind
from baken.records.incident import (
    Answer,
    Effect,
    IncidentKind,
    Judgement,
    Moment,
    Segment,
    Severity,
    Stage,
    Urgency,
)
from baken.report.incident_text import judgement_text, moment_kind, moment_text, value_text
from baken.report.words import LANGUAGES, WORDS, Speech

VALUES = {
    "kind": IncidentKind,
    "severity": Severity,
    "urgency": Urgency,
    "unintended": Answer,
    "deliberate": Answer,
    "reversible": Answer,
    "effect": Effect,
    "segment": Segment,
}
# What is said of a response stands under a subject of its own.
OF_A_RESPONSE = {
    EntryKind.RESPONSE,
    EntryKind.NOTICE,
    EntryKind.REQUEST,
    EntryKind.SITUATION,
    EntryKind.LESSON,
    EntryKind.CONTACT,
}
# Of whatever is shared, and of people, is told under other subjects as well.
OF_OTHER_SUBJECTS = {EntryKind.KEY, EntryKind.RELEASE, EntryKind.POLICY, EntryKind.PEOPLE}
NOT_IN_A_TIMELINE = OF_OTHER_SUBJECTS | OF_A_RESPONSE


def moment(kind, actor="lina", **said) -> Moment:
    text = " ".join(said.values())
    return Moment(at_tai_ns=0, kind=kind, actor=actor, text=text, entry_sequence=3, said=tuple(said.items()))


def test_every_kind_of_entry_stage_step_and_tie_has_its_words():
    wanted = {f"incident.moment.{kind}" for kind in set(EntryKind) - NOT_IN_A_TIMELINE}
    wanted |= {f"incident.stage.{stage}" for stage in Stage} | {f"incident.step.{step}" for step in Step}
    wanted |= {f"gather.tie.{name}" for name in SENTENCES}
    wanted |= {f"incident.column.{name}" for name in (*VALUES, "title", "assigned_to")}
    wanted |= {f"watch.clock.{what}" for what in ("begins", "peaks", "ends")}
    assert wanted - set(WORDS) == set()


@pytest.mark.parametrize("name", VALUES)
def test_every_value_is_told_in_words_that_differ_from_its_key_where_dutch_does(name):
    for value in VALUES[name]:
        said = {language: value_text(name, value, Speech(language)) for language in LANGUAGES}
        assert all(said.values())
        key = f"incident.{'answer' if VALUES[name] is Answer else name}.{value}"
        assert tuple(said.values()) == WORDS[key]


def test_what_people_write_stands_as_they_wrote_it():
    nl = Speech("nl")
    assert moment_text(moment("note", text="{severity} 100% \\o/"), nl) == "{severity} 100% \\o/"
    assert value_text("title", "minor", nl) == "minor"


def test_moments_are_told_in_the_language_of_whoever_reads():
    nl = Speech("nl")
    step = moment("step", step="corroborate", because="gezien")
    assert (moment_kind(step, nl), moment_text(step, nl)) == ("stap", "bevestigen: gezien")
    judged = moment("judged", name="severity", value="severe", because="zwaar")
    assert moment_text(judged, nl) == "ernst: zeer ernstig (zwaar)"
    taken_back = moment("judged", name="severity", because="vergissing")
    assert moment_text(taken_back, nl) == "ernst: teruggenomen (vergissing)"
    joined, left = (moment("joined", event_id="NL-CJ26-0001", **act) for act in ({}, {"act": "leave"}))
    assert (moment_text(joined, nl), moment_text(left, nl)) == ("NL-CJ26-0001 erbij", "NL-CJ26-0001 eruit")
    assert moment_text(moment("judged", name="acknowledged", value="lina"), nl) == "aangenomen"


def test_a_judgement_tells_who_says_so_and_what_the_rule_said():
    rule = Judgement(automatic="serious", because="Pc from 1e-3")
    assert judgement_text("severity", rule, Speech("en")) == "serious, by rule: Pc from 1e-3"
    person = Judgement(
        automatic="serious", because="Pc from 1e-3", human="minor", human_because="old orbits", by="lina"
    )
    told = judgement_text("severity", person, Speech("en"))
    assert told == "minor, says lina: old orbits (rule said serious: Pc from 1e-3)"
