"""Does the real breakup of Cosmos 1408 become a case, with a brief and a dossier that others can check?"""

import shutil
import subprocess
import sys

import pytest

from baken.assess.fragmentation.detector import FragmentationDetector
from baken.catalogue.picture import draw_picture
from baken.cli import verify_dossier
from baken.operations.assess_picture import assess_picture, keep_assessment
from baken.operations.taken_back import NOTHING_TAKEN_BACK
from baken.records.event import Window
from baken.records.marking import Realm
from baken.wiring.clock import now_tai_ns
from baken.wiring.readers import THE_NODE
from baken.wiring.skies import stored_sky
from baken.wiring.stores import open_store
from baken.wiring.workers import threads
from tests.cli.conftest import befriend

HOUR_NS = 3_600 * 10**9
CATALOGUES = ("cat_20191219_odap.3le.gz", "cat_20220122_odap.3le.gz")
PARENT = 13552
CASE = "LOCAL-IN26-0001"


@pytest.fixture
def watched(ask, shared_data, tmp_path, monkeypatch):
    """Keep the catalogues before and after, and look at the later sky for breakups, as the watch does."""
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    befriend(tmp_path / "home", "DE")
    for name in CATALOGUES:
        assert ask("catalogue", "import", str(shared_data / "catalogue" / name)).code == 0
    with open_store(tmp_path / "home", THE_NODE) as store, threads(None) as run:
        sky = stored_sky(store, realm=Realm.REAL, now_tai_ns=now_tai_ns(), taken_back=NOTHING_TAKEN_BACK)
        picture = draw_picture(sky.catalogue, as_of_tai_ns=sky.start_tai_ns, past=sky.past)
        window = Window(start_tai_ns=sky.start_tai_ns, end_tai_ns=sky.start_tai_ns + HOUR_NS)
        assessment = assess_picture(picture, window, [FragmentationDetector()], run=run)
        keep_assessment(store, assessment, wall_s=0.0, at_tai_ns=now_tai_ns())


@pytest.mark.long
def test_a_real_breakup_becomes_a_case_that_others_can_check(ask, watched, tmp_path):
    events = ask("--json", "event", "list", "--kind", "FR").document()["listed"]
    event = next(one for one in events if one["parent_norad_cat_id"] == PARENT)
    asked = (
        "--title",
        "Many pieces",
        "--kind",
        "breakup",
        "--because",
        "new pieces",
        "--releasable-to",
        "DE",
    )
    assert ask("evidence", "key", "new", "log").code == 0
    opened = ask("incident", "open", *asked, "--event", event["event_id"])
    assert opened.code == 0, opened.err
    told = ask("evidence", "add", "--event", event["event_id"], "--about", CASE, "--releasable-to", "DE")
    assert told.code == 0, told.err
    brief = " ".join(ask("--language", "nl", "incident", "brief", CASE).out.split())
    assert "13552 COSMOS 1408" in brief
    assert "Er is geen vaststelling vastgelegd" in brief
    built = ask("--json", "dossier", "build", CASE, "--for", "DE", "-o", str(tmp_path / "out"))
    key = ask("--json", "evidence", "key", "export", "log").document()["key"]
    alone = shutil.copy(verify_dossier.__file__, tmp_path / "verify_dossier.py")
    words = ["-I", "-S", alone, built.document()["copies"]["DE"], "--key", key]
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("HOLDS")
