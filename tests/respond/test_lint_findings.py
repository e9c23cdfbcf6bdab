"""Does the lint find each thing that would keep a mechanism from working, and nothing in a good one?"""

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.records.response import Directory
from baken.respond.directory_file import read_directory
from baken.respond.lint import lint
from baken.respond.mechanism_file import read_mechanism
from tests.respond.desk_play import EVERYBODY
from tests.respond.written_mechanisms import OPTIONS, OURS, PLAN, mechanism, task

# A Monday.
NOW_TAI_NS = tai_ns_from_utc("2026-03-02T12:00:00Z")
VERIFIED = 'verified_utc = "2026-02-20T00:00:00Z"\n'
ROLES = (*OURS, "neighbour")
GOOD = mechanism(
    task("look", 'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy"]'),
    task("decide", 'kind = "decide"\nby = "chief"\nafter = ["look"]' + OPTIONS),
    task("do", 'by = "deputy"\nwhen = { decision = "decide", is = ["yes"] }'),
    task("tell", 'kind = "inform"\nby = "duty"\nto = ["neighbour"]\nafter = ["do"]'),
)


def contact(role: str, verified: str = VERIFIED) -> str:
    return f'[[contact]]\nrole = "{role}"\nway = "smtp"\naddress = "{role}@x.example"\n{verified}'


def directory(*without: str, more: str = "") -> Directory:
    return read_directory("".join(contact(role) for role in ROLES if role not in without) + more)


def found(text: str, known: Directory | None = None) -> dict[str, list[tuple[str, bool]]]:
    told: dict[str, list[tuple[str, bool]]] = {}
    for finding in lint(read_mechanism(text), directory() if known is None else known, NOW_TAI_NS):
        told.setdefault(finding.place, []).append((finding.text, finding.is_problem))
    return told


def test_nothing_is_found_in_a_good_one() -> None:
    assert found(GOOD) == {}


def with_task(rest: str, *more: str) -> str:
    return mechanism(task("one", rest), *more)


DECISION = task("decide", 'kind = "decide"\nby = "chief"' + OPTIONS)
YES, NO = ('when = { decision = "decide", is = ["' + way + '"] }' for way in ("yes", "no"))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            with_task('by = "duty"\nafter = ["two"]', task("two", 'by = "duty"\nafter = ["one"]')),
            "plan p",
            "goes round in a loop: ",
        ),
        (with_task('by = "duty"\nafter = ["one"]'), "plan p", "one waits for one"),
        (
            with_task('by = "duty"\nwithin = "1 h"\nif_missed = ["chief", "duty"]'),
            "p/one",
            "duty is asked twice",
        ),
        (
            with_task('by = "duty"\nwithin = "1 h"\nacknowledge_within = "2 h"\nif_missed = ["chief"]'),
            "p/one",
            "acknowledged later than it has to be done",
        ),
        (
            with_task(
                'by = "duty"\nwithin = "1 h"\nacknowledge_within = "40 min"\nif_missed = ["chief", "board"]'
            ),
            "p/one",
            "asked after 80 min, and it has to be done within 1 h",
        ),
        (
            with_task(
                'by = "duty"\nwithin = "3 h"\nif_missed = ["chief"]',
                task(
                    "two",
                    'by = "duty"\nafter = ["one"]\nwithin = "2 h"\ncounts_from = "response"\n'
                    'if_missed = ["chief"]',
                ),
            ),
            "p/two",
            "2 h from the beginning, and what comes before it may take 3 h",
        ),
        (with_task('by = "duty"\nif_missed = ["chief"]'), "p/one", "it has no clock; give within"),
        (
            with_task(
                'by = "duty"\nlapses_after = "1 h"\nupheld_by = "two"',
                task("two", 'by = "board"\nwithin = "2 h"\nif_missed = ["chief"]'),
            ),
            "p/one",
            "lapses before two has to be done",
        ),
        (
            mechanism(
                task("decide", 'kind = "decide"\nby = "chief"\nfrom_severity = "severe"' + OPTIONS),
                task("do", f'by = "duty"\n{YES}'),
            ),
            "p/do",
            "cannot be reached below severe",
        ),
        (
            mechanism(
                DECISION, task("do", f'by = "duty"\n{YES}'), task("so", f'by = "duty"\nafter = ["do"]\n{NO}')
            ),
            "p/so",
            "cannot be reached: however the decisions before it go",
        ),
        (GOOD.replace('kinds = ["other"]', ""), "plan p", "holds for no kind"),
        (GOOD.replace('responsible = ["duty"]', ""), "plan p", "nobody is responsible"),
        (
            GOOD + PLAN.replace('id = "p"', 'id = "q"') + task("one"),
            "plan q",
            "holds for other from minor on, and so does p",
        ),
    ],
)
def test_what_cannot_work_is_a_problem_at_its_place(text: str, place: str, words: str) -> None:
    problems = {where: told for where, all_told in found(text).items() for told, bad in all_told if bad}
    assert set(problems) == {place}
    assert words in problems[place]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (GOOD.replace('sources = ["law"]\nby = "duty"', 'by = "duty"', 1), "p/look", "no public source"),
        (GOOD.replace('informed = ["neighbour", "chief", "board"]', ""), "role board", "no plan asks"),
        (GOOD.replace('audiences = ["THEM"]', ""), "organisation them", "letters without facts"),
        (GOOD.replace("stand_down_when", "#"), "plan p", "nothing says when it is over"),
        (
            with_task('open_because = { nl = "Niemand.", en = "No text." }'),
            "p/one",
            "open, nobody has it: No",
        ),
        (with_task('by = "duty"\nwithin = "1 h"'), "p/one", "nobody is asked when it runs out"),
        (with_task('by = "duty"\nto_be_confirmed = true'), "plan p", "nobody has confirmed yet stand in one"),
    ],
)
def test_what_is_worth_knowing_is_a_remark_at_its_place(text: str, place: str, words: str) -> None:
    told = found(text)
    assert set(told) == {place}
    ((said, is_problem),) = told[place]
    assert words in said
    assert not is_problem


def test_an_empty_directory_is_one_remark() -> None:
    assert list(found(GOOD, EVERYBODY)) == ["directory"]


def test_a_role_that_nobody_holds_is_a_problem_and_a_strange_one_a_remark() -> None:
    told = found(GOOD, directory("chief", more=contact("ghost")))
    assert told == {
        "role chief": [("nobody holds it: the directory has no contact and no shift for it", True)],
        "role ghost": [("stands in the directory, and small has no such role", False)],
    }


def test_a_contact_that_nobody_tried_lately_is_a_remark() -> None:
    old = contact("chief", 'verified_utc = "2025-06-01T00:00:00Z"\n')
    told = found(GOOD, directory("chief", "board", more=old + contact("board", "")))
    assert set(told) == {"role chief", "role board"}
    assert all("make a test call" in said and not bad for ((said, bad),) in told.values())


SHIFT = (
    '[[shift]]\nrole = "chief"\nperson = "Lina"\ndays = ["mon", "tue"]\nbegins = "00:00Z"\nends = "24:00Z"\n'
)


@pytest.mark.parametrize("is_reached", [True, False])
def test_a_gap_in_a_roster_is_a_problem_where_nobody_can_be_reached_else(is_reached: bool) -> None:
    told = found(GOOD, directory(*([] if is_reached else ["chief"]), more=SHIFT))
    # Monday noon to Wednesday, and Monday noon again: 36 hours and 12 of 168 are covered.
    assert told == {"role chief": [("nobody is on duty for 120 h of the coming week", not is_reached)]}
