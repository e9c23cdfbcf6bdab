"""Is each fault of a mechanism found, by a mechanism with just that fault, and none in a good one?"""

from dataclasses import replace

import pytest

from baken.records.response import Contact, Directory, Shift, TaskKind, Way
from baken.respond.finding import Finding
from baken.respond.lint import lint
from baken.respond.mechanism_file import read_mechanism
from tests.operations.cases import NOON_TAI_NS
from tests.respond.written_mechanisms import OPTIONS, OURS, PLAN, mechanism, task

DAY_S = 86_400.0
ROLES = (*OURS, "neighbour")
EVERY_DAY = frozenset(range(7))
LADDER = 'if_missed = ["deputy", "chief"]\n'
GOOD = (
    task("look", 'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\n' + LADDER),
    task("decide", 'kind = "decide"\nby = "chief"\nafter = ["look"]' + OPTIONS),
    task("do", 'by = "deputy"\nwhen = { decision = "decide", is = ["yes"] }'),
    task("tell", 'kind = "inform"\nby = "duty"\nto = ["neighbour"]\nafter = ["look"]'),
)  # fmt: skip


def directory(*without: str, verified: bool = True, shifts: tuple[Shift, ...] = ()) -> Directory:
    """Return a directory in which every role but some has a mailbox."""
    contacts = tuple(
        Contact(
            role_id=role,
            way=Way.SMTP,
            address=f"{role}@us.example",
            verified_on_tai_ns=NOON_TAI_NS if verified else None,
        )
        for role in ROLES
        if role not in without
    )
    return Directory(contacts=contacts, shifts=shifts, stale_after_s=90 * DAY_S)


def findings(text: str, book: Directory | None = None) -> list[Finding]:
    """Return what is found in a mechanism; all can be reached unless a directory says otherwise."""
    return list(lint(read_mechanism(text), book or directory(), NOON_TAI_NS))


def test_nothing_is_found_in_a_good_mechanism():
    assert findings(mechanism(*GOOD)) == []


def unsourced(text: str, line: str) -> str:
    """Return a text in which what follows a line has no source."""
    head, tail = text.split(line, 1)
    return head + line + tail.replace('sources = ["law"]\n', "", 1)


A_TASK = 'by = "duty"\n'
OVER = 'stand_down_when = { nl = "Als het voorbij is.", en = "When it is over." }\n'
UPHELD = 'lapses_after = "1 h"\nupheld_by = "uphold"'
FAULTS = {
    "no source": (unsourced(mechanism(*GOOD), 'id = "look"'), "p/look", "no public source", False),
    "no audience": (
        mechanism(*GOOD).replace('audiences = ["THEM"]\n', ""),
        "organisation them", "letters without facts", False,
    ),
    "two plans alike": (
        mechanism(*GOOD, PLAN.replace('id = "p"', 'id = "q"'), task("look")),
        "plan q", "holds for other from", True,
    ),
    "for no kind": (mechanism(*GOOD).replace('kinds = ["other"]', "kinds = []"), "plan p", "no kind", True),
    "nobody responsible": (
        mechanism(*GOOD).replace('responsible = ["duty"]\n', ""), "plan p", "nobody is responsible", True
    ),
    "responsible left open": (
        mechanism(*GOOD).replace(
            'responsible = ["duty"]\n', 'open_because = { nl = "Staat nergens.", en = "No text says." }\n'
        ),
        "plan p", "who is responsible is open", False,
    ),
    "never over": (
        mechanism(*GOOD).replace(OVER, "").replace('stand_down_by = "duty"\n', ""),
        "plan p", "nothing says when it is over", False,
    ),
    "unconfirmed": (
        mechanism(*GOOD, task("count", A_TASK + "to_be_confirmed = true")),
        "plan p", "nobody has confirmed", False,
    ),
    "open task": (
        mechanism(*GOOD, task("open", 'open_because = { nl = "Geen tekst.", en = "No text." }')),
        "p/open", "open, nobody has it", False,
    ),
    "asked twice": (
        mechanism(*GOOD, task("again", A_TASK + 'within = "1 h"\nif_missed = ["duty"]')),
        "p/again", "goes round in a loop: duty", True,
    ),
    "clock without anybody": (
        mechanism(*GOOD, task("alone", A_TASK + 'within = "1 h"')), "p/alone", "nobody is asked", False
    ),
    "ladder without clock": (
        mechanism(*GOOD, task("slow", A_TASK + 'if_missed = ["deputy"]')), "p/slow", "it has no clock", True
    ),
    "acknowledged too late": (
        mechanism(*GOOD, task("odd", A_TASK + 'acknowledge_within = "2 h"\nwithin = "1 h"\n' + LADDER)),
        "p/odd", "acknowledged later", True,
    ),
    "ladder too long": (
        mechanism(
            *GOOD,
            task("long", A_TASK + 'acknowledge_within = "40 min"\nwithin = "1 h"\n' + LADDER),
        ),
        "p/long", "the last of its ladder is asked after 80 min", True,
    ),
    "decided too seldom": (
        mechanism(*GOOD).replace('kind = "decide"\n', 'kind = "decide"\nfrom_severity = "severe"\n'),
        "p/do", "cannot be reached below severe", True,
    ),
    "lapses too soon": (
        mechanism(
            *GOOD[:1],
            task("decide", 'kind = "decide"\nby = "chief"\n' + UPHELD + OPTIONS),
            task("uphold", 'by = "board"\nwithin = "2 h"\nif_missed = ["chief"]\nafter = ["decide"]'),
            GOOD[3],
        ),
        "p/decide", "lapses before uphold", True,
    ),
    "a loop": (
        mechanism(*GOOD, task("hen", A_TASK + 'after = ["egg"]'), task("egg", A_TASK + 'after = ["hen"]')),
        "plan p", "goes round in a loop", True,
    ),
    "never needed": (
        mechanism(*GOOD, task("so", A_TASK + 'after = ["do"]\nwhen = { decision = "decide", is = ["no"] }')),
        "p/so", "however the decisions before it go", True,
    ),
    "waits for itself": (
        mechanism(*GOOD, task("own", A_TASK + 'after = ["own"]')), "plan p", "own waits for own", True
    ),
    "a deadline before its turn": (
        mechanism(
            *GOOD,
            task("late", A_TASK + 'after = ["look"]\nwithin = "30 min"\ncounts_from = "response"\n' + LADDER),
        ),
        "p/late", "what comes before it may take 1 h", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_mechanism_with_one_fault_has_one_finding_that_names_it(fault):
    text, place, says, is_problem = FAULTS[fault]
    [found] = findings(text)
    assert found.place == place
    assert says in found.text.en
    assert found.is_problem is is_problem


def test_a_role_of_which_nothing_is_asked_is_remarked_on():
    text = mechanism(*GOOD).replace('"neighbour", "chief", "board"', '"neighbour", "chief"')
    [found] = findings(text)
    assert (found.place, found.text.en) == ("role board", "no plan asks anything of it")


def test_an_empty_directory_is_one_remark_and_no_problem():
    [found] = findings(mechanism(*GOOD), Directory(contacts=(), shifts=(), stale_after_s=DAY_S))
    assert (found.place, found.is_problem) == ("directory", False)


def test_a_role_that_nobody_holds_is_a_problem():
    [found] = findings(mechanism(*GOOD), directory("chief"))
    assert (found.place, found.is_problem) == ("role chief", True)


def test_a_role_that_only_the_directory_knows_is_remarked_on():
    stray = Shift(role_id="ghost", person="Kim", days=EVERY_DAY, begins_s=0.0, ends_s=0.0)
    [found] = findings(mechanism(*GOOD), directory(shifts=(stray,)))
    assert (found.place, found.is_problem) == ("role ghost", False)


def test_a_contact_nobody_made_sure_of_is_remarked_on():
    found = findings(mechanism(*GOOD), directory(verified=False))
    assert [one.place for one in found] == [f"role {role}" for role in ROLES]
    assert all("make a test call" in one.text.en and not one.is_problem for one in found)


@pytest.mark.parametrize("is_reached", [True, False])
def test_hours_without_anybody_on_duty_are_a_problem_when_nobody_can_be_reached_otherwise(is_reached):
    weekdays = Shift(role_id="duty", person="Kim", days=frozenset(range(6)), begins_s=0.0, ends_s=0.0)
    book = directory(shifts=(weekdays,)) if is_reached else directory("duty", shifts=(weekdays,))
    [found] = findings(mechanism(*GOOD), book)
    assert "nobody is on duty for 24 h" in found.text.en
    assert found.is_problem is not is_reached


def test_what_waits_for_a_decision_that_is_none_cannot_be_reached():
    read = read_mechanism(mechanism(*GOOD))
    [plan] = read.plans
    tasks = tuple(
        replace(each, kind=TaskKind.ACT) if each.task_id == "decide" else each for each in plan.tasks
    )
    [found] = lint(replace(read, plans=(replace(plan, tasks=tasks),)), directory(), NOON_TAI_NS)
    assert (found.place, found.is_problem) == ("p/do", True)
    assert "decide is none" in found.text.en


def test_nights_without_anybody_are_told_once_in_hours_of_the_whole_week():
    days = Shift(role_id="duty", person="Kim", days=EVERY_DAY, begins_s=8 * 3_600.0, ends_s=20 * 3_600.0)
    [found] = findings(mechanism(*GOOD), directory(shifts=(days,)))
    assert found.text.en == "nobody is on duty for 84 h of the coming week"
