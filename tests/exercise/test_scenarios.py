"""Do the three cases that ship play to their end: briefs in two languages, a dossier strangers can check?"""

import io
import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import resources
from pathlib import Path

import pypdf
import pytest

from baken.cli import verify_dossier
from baken.cli.main import answer
from baken.errors import UnreadableInput
from baken.exercise.scenario import read_scenario
from baken.operations.response_state import begun_response
from baken.records.evidence import EntryKind, read_entry_id
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.records.response import Way
from baken.records.response_standing import RequestKind, RequestStage, TaskStage
from baken.report.words import Speech
from baken.respond.notice_life import ARRIVED
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence

pytestmark = pytest.mark.long

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CASES = ("reentry", "breakup", "cyber_attack")
BAKEN = str(Path(sys.executable).with_name("baken"))
NAMED_BY_A_STATE_ALONE = "Grand Fenwick"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Play every scenario once, and return what the command said of each."""
    told = {}
    for case in CASES:
        folder = tmp_path_factory.mktemp(case) / "played"
        words = ["--json", "--quiet", "exercise", "run", str(SCENARIOS / f"{case}.toml"), "-o", str(folder)]
        document = subprocess.run([BAKEN, *words], capture_output=True, text=True, check=False)
        assert document.returncode == 0, document.stderr
        told[case] = json.loads(document.stdout)
    return told


def entries_of(home):
    """Return every entry of the exercise, with its seal."""
    with open_evidence(home, THE_NODE) as (_, log):
        return log.entries(Realm.EXERCISE)


def response_of(home):
    with open_evidence(Path(home), THE_NODE) as (_, log):
        return begun_response(log, read_incident_id("EXER-IN26-0001"))


def text_of(told, language):
    read = pypdf.PdfReader(io.BytesIO(Path(told["folder"], f"brief-{language}.pdf").read_bytes()))
    return read, " ".join(" ".join(page.extract_text() for page in read.pages).split())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("recipient", ["DE", "FR"])
def test_a_case_ends_in_a_dossier_that_a_bare_python_verifies(played, case, recipient, tmp_path):
    told = played[case]
    alone = shutil.copy(verify_dossier.__file__, tmp_path / "verify_dossier.py")
    dossier = Path(told["folder"], f"EXER-IN26-0001-{recipient}.zip")
    words = ["-I", "-S", alone, str(dossier), "--key", told["key"], "--witness", told["witness"], "--json"]
    python = shutil.which("python3") or sys.executable
    checked = subprocess.run([python, *words], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    report = json.loads(checked.stdout)
    assert (report["holds"], report["realm"], report["recipient"]) == (True, "EXERCISE", recipient)
    assert [seen["name"] for seen in report["witnessed"]] == ["witness.example"]
    assert any(entry["fields"] and entry["fields"].get("kind") == "opened" for entry in report["entries"])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("language", "banner"), [("en", "EXERCISE EXERCISE"), ("nl", "OEFENING OEFENING")])
def test_a_case_has_one_page_for_a_minister_in_each_language(played, case, language, banner):
    read, text = text_of(played[case], language)
    assert len(read.pages) == 1
    assert banner in text
    assert "EV-1" in text


@pytest.mark.parametrize("case", ["breakup", "cyber_attack"])
def test_whoever_a_state_holds_responsible_is_named_in_its_own_words_and_nowhere_else(played, case):
    _, text = text_of(played[case], "en")
    before, determined = text.split("What authorities determined")
    determined, after = determined.split("What was done")
    assert NAMED_BY_A_STATE_ALONE in determined
    assert "Graustark" in determined
    assert NAMED_BY_A_STATE_ALONE not in before + after


def test_reports_that_repeat_each_other_are_one_voice(played):
    with zipfile.ZipFile(Path(played["cyber_attack"]["folder"], "EXER-IN26-0001-DE.zip")) as dossier:
        weighed = json.loads(dossier.read("hypotheses.json"))
    (voice,) = weighed["one_voice"]
    assert len(voice) == 3
    assert weighed["explanations"][0]["hypothesis_id"] == "deliberate"
    assert weighed["pieces_withheld"] == 0


def test_a_reentry_is_looked_at_again_and_its_case_follows(played):
    _, text = text_of(played["reentry"], "en")
    assert "(3 looks)" in text
    assert played["reentry"]["incident"]["stage"] == "closed"


def test_the_same_scenario_and_seed_leave_the_same_bytes(tmp_path, capsys):
    for name in ("one", "other"):
        words = [
            "--quiet",
            "exercise",
            "run",
            str(SCENARIOS / "cyber_attack.toml"),
            "-o",
            str(tmp_path / name),
        ]
        assert answer(words) == 0
    files = [*(tmp_path / "one").glob("*.*"), *(tmp_path / "one" / "letters").glob("*.txt")]
    for file in sorted(files):
        same = tmp_path / "other" / file.relative_to(tmp_path / "one")
        assert file.read_bytes() == same.read_bytes(), file.name
    assert entries_of(tmp_path / "one" / "home") == entries_of(tmp_path / "other" / "home")
    capsys.readouterr()


HEAD = '[scenario]\ntitle = "x"\nstart_utc = "2026-01-01T00:00:00Z"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("= 1", "no TOML"),
        ("[[act]]\ndo = 'watch'", r"\[scenario\]: is missing"),
        (HEAD, r"\[\[act\]\]: there is none"),
        (HEAD + "colour = 1\n[[act]]\ndo = 'watch'", r"\[scenario\] colour: no such field"),
        (HEAD.replace("2026-01-01T00:00:00Z", "soon") + "[[act]]\ndo='watch'", "start_utc"),
        (HEAD + "[[act]]\ndo = 'attack'", r"\[\[act\]\] 1 do: nobody can 'attack'"),
        (HEAD + "[[act]]\ndo = 'note'", r"\[\[act\]\] 1 \(note\) text: is missing"),
        (HEAD + "[[act]]\ndo = 'note'\ntext = 'x'\nsize = 1", r"\(note\) size: no such field"),
        (
            HEAD + "[[act]]\ndo='take'\nafter_h=2\n[[act]]\ndo='take'\nafter_h=1",
            r"\[\[act\]\] 2 .* lies before",
        ),
        (HEAD + "[[act]]\ndo='take'\nafter_h='x'", r"after_h: is 'x'; write a number"),
        (HEAD + "[sky]\nclouds = 1\n[[act]]\ndo='take'", r"\[sky\] clouds: no such field"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused_by_the_place_of_the_mistake(text, why):
    with pytest.raises(UnreadableInput, match=why):
        read_scenario(text)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("do = 'note'\ntext = 'x'", "no incident is open yet"),
        ("do = 'watch'", "there is no sky to watch"),
        ("do = 'take'", "nobody has offered the watch"),
    ],
)
def test_an_act_that_cannot_be_done_is_named(act, why, tmp_path, capsys):
    file = tmp_path / "case.toml"
    file.write_text(HEAD + f"[[act]]\n{act}\n")
    assert answer(["exercise", "run", str(file), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert why in told
    assert f"{file}: [[act]] 1" in told


@pytest.mark.parametrize("case", CASES)
def test_a_case_runs_through_the_plan_of_its_kind_to_the_end(played, case):
    found = response_of(Path(played[case]["folder"], "home"))
    (plan,) = found.plans
    assert plan.stood_down_at_tai_ns is not None
    assert [task.task.task_id for task in plan.tasks if task.is_overdue(plan.stood_down_at_tai_ns)] == []
    assert [request.stage for request in found.requests] == [RequestStage.ANSWERED]
    assert found.requests[0].answer_entry_ids
    assert found.lessons
    letters = list(Path(played[case]["folder"], "letters").glob("*.txt"))
    assert len(letters) == sum(notice.stage in ARRIVED for notice in found.notices) > 0


@pytest.mark.parametrize(
    ("case", "kind"), [("reentry", EntryKind.FINDING), ("breakup", EntryKind.OBSERVATION)]
)
def test_what_a_sensor_was_asked_for_comes_as_evidence_after_it_was_asked(played, case, kind):
    (request,) = response_of(Path(played[case]["folder"], "home")).requests
    assert request.kind is RequestKind.SENSOR
    with open_evidence(Path(played[case]["folder"], "home"), THE_NODE) as (_, log):
        entry = log.entry(Realm.EXERCISE, read_entry_id(request.answer_entry_ids[0])).entry
    assert entry.kind is kind
    assert request.object_id
    assert request.asked_at_tai_ns < entry.at_tai_ns


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_case_with_a_response_is_looked_back_on_in_both_languages(played, language):
    folder = Path(played["cyber_attack"]["folder"])
    read = pypdf.PdfReader(folder / f"after-action-{language}.pdf")
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    (plan,) = response_of(folder / "home").plans
    assert plan.plan.name.read_in(language) in text
    assert Speech(language)(f"realm.{Realm.EXERCISE}") in text
    assert [lesson.text.rstrip(".") in text for lesson in response_of(folder / "home").lessons] == [True]


def test_without_mail_the_response_of_a_case_goes_by_telephone(tmp_path, capsys):
    words = ["exercise", "run", str(SCENARIOS / "cyber_attack.toml"), "-o", str(tmp_path / "down")]
    assert answer(["--quiet", *words, "--outage", "smtp=17-19"]) == 0
    capsys.readouterr()
    found = response_of(tmp_path / "down" / "home")
    start_tai_ns = found.plans[0].started_at_tai_ns
    up_again_tai_ns = start_tai_ns + 2 * 3_600 * 10**9
    for notice in found.notices:
        last = notice.attempts[-1]
        assert last.way is Way.TELEPHONE or last.ended_at_tai_ns >= up_again_tai_ns
    assert {notice.attempts[-1].way for notice in found.notices} == {Way.TELEPHONE, Way.SMTP}
    # Whoever has a quarter of an hour to answer was called before it was over: nobody was passed over.
    assert not [one for task in found.plans[0].tasks for one in task.escalations]


def test_a_silent_operator_is_passed_over_in_a_case_at_the_minute_its_plan_says(tmp_path, capsys):
    head, *acts = (SCENARIOS / "cyber_attack.toml").read_text().split("[[act]]\n")
    # An hour of the response says it: with a silent operator it would go on for a month.
    acts = [act for act in acts if float(act.split("after_h = ")[1].split()[0]) <= 18.0]
    file = tmp_path / "short.toml"
    file.write_text("[[act]]\n".join([head, *acts]))
    words = ["exercise", "run", str(file), "-o", str(tmp_path / "silent")]
    assert answer(["--quiet", *words, "--silent", "operator-control"]) == 0
    capsys.readouterr()
    (plan,) = response_of(tmp_path / "silent" / "home").plans
    text = (resources.files("baken.respond") / "mechanisms" / "nl.toml").read_text(encoding="utf-8")
    cyber = next(one for one in tomllib.loads(text)["plan"] if one["id"] == "cyber")
    contain = next(task for task in cyber["task"] if task["id"] == "contain")
    number, unit = contain["acknowledge_within"].split()
    assert unit == "min"
    first = plan.of("contain").escalations[0]
    assert first.role_id == contain["if_missed"][0]
    assert first.at_tai_ns == plan.started_at_tai_ns + int(number) * 60 * 10**9
    assert plan.of("contain").stage is TaskStage.DONE


def test_an_exercise_is_played_in_a_folder_of_its_own(tmp_path, capsys):
    (tmp_path / "mine").write_text("x")
    assert answer(["exercise", "run", str(SCENARIOS / "reentry.toml"), "-o", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
