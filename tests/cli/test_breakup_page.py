"""Does a breakup that a turn of the watch found get its page, from the sky it was seen in and no other?"""

import io
from pathlib import Path

import numpy as np
import pypdf
import pytest

from baken.formats.omm_json import write
from tests.assess.fragmentation.made_breakups import AFTER_TAI_NS, ball_of_kicks, kicked, moved_on, parent
from tests.makers import element_set

WATCHED = ("run", "--once", "--realm", "TEST", "--days", "0.1", "--json")


@pytest.fixture(scope="module")
def sky() -> bytes:
    """Forty objects known before and after, and the pieces of one that broke up in between."""
    rng = np.random.default_rng(21)
    others = [element_set(920_001 + n, raan_rad=0.15 * n, realm=parent().realm) for n in range(40)]
    pieces = kicked(parent(), ball_of_kicks(20, 40.0, rng), rng)
    after = [*(moved_on(one, AFTER_TAI_NS) for one in others), *pieces]
    return bytes(write([parent(), *others, *after]))


@pytest.fixture
def found(ask, sky, tmp_path) -> str:
    """Return the name of the breakup in a sky that is stored."""
    (tmp_path / "sky.json").write_bytes(sky)
    assert ask("catalogue", "import", "sky.json", "--realm", "TEST").code == 0
    assert ask(*WATCHED).code == 0
    (listed,) = ask("event", "list", "--realm", "TEST", "--kind", "FR", "--json").document()["listed"]
    return listed["event_id"]


@pytest.mark.parametrize(("language", "said"), [("en", "blame nobody"), ("nl", "wijzen niemand aan")])
def test_a_breakup_that_was_found_has_one_page_in_each_language(ask, found, language, said):
    told = ask("--language", language, "event", "page", found, "-o", "page.pdf", "--asset", "920001")
    assert told.code == 0, told.err
    (page,) = pypdf.PdfReader(io.BytesIO(Path("page.pdf").read_bytes())).pages
    text = " ".join(page.extract_text().split())
    for word in (found, "MADE PARENT (900100)", "TEST", said, "920001"):
        assert word in text, word


def test_a_breakup_seen_in_files_asks_for_them_and_is_made_from_them(ask, sky, tmp_path):
    (tmp_path / "sky.json").write_bytes(sky)
    assert ask(*WATCHED, "--catalogue", "sky.json").code == 0
    (listed,) = ask("event", "list", "--realm", "TEST", "--kind", "FR", "--json").document()["listed"]
    words = ("event", "page", listed["event_id"], "-o", "page.pdf")
    refused = ask(*words)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "--catalogue" in refused.err
    assert not Path("page.pdf").exists()
    assert ask(*words, "--catalogue", "sky.json").code == 0
    assert Path("page.pdf").read_bytes().startswith(b"%PDF")
