"""Can an authority sign a release where his key lies, and nothing that is no release?"""

import pytest

UNTIL = ("--until", "2099-01-01T00:00:00Z", "--purpose", "collision warning")


@pytest.fixture
def proposed(ask, monkeypatch, tmp_path):
    """A release that waits for a signature, as the node tells it."""
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    for words in (("evidence", "key", "new", "log"), ("evidence", "key", "new", "chief")):
        ask(*words)
    (tmp_path / "home" / "partners").mkdir()
    (tmp_path / "home" / "partners" / "DE.toml").write_text('code = "DE"\nrealms = ["REAL"]\n')
    (kept,) = ask("--json", "evidence", "add", "--title", "Our radar", "--text", "a pass").document()["added"]
    why = ("--because", "they asked", "--precision", "keep=title", *UNTIL)
    told = ask("--json", "release", "propose", kept["entry_id"], "--for", "DE", *why)
    assert told.code == 0, told.err
    return told.document()


def test_what_was_signed_where_the_key_lies_is_an_approval_at_the_node(ask, proposed, tmp_path):
    (tmp_path / "asked.json").write_text(proposed["statement"])
    signed = ask("release", "sign", "asked.json", "--key", "chief")
    assert signed.code == 0, signed.err
    (tmp_path / "asked.note").write_bytes(signed.raw)
    name = proposed["release_id"]
    told = ask("--json", "release", "approve", name, "--note", "asked.note", "--because", "it helps")
    assert (told.code, told.document()["stage"]) == (0, "approved")


@pytest.mark.parametrize(
    "text", ["anything", '{"format":"baken release 2"}', '{"format": "baken release 1"}']
)
def test_the_key_of_an_authority_signs_nothing_but_a_statement(ask, proposed, tmp_path, text):
    (tmp_path / "asked.json").write_text(text)
    refused = ask("release", "sign", "asked.json", "--key", "chief")
    assert (refused.code, refused.out, "asked.json" in refused.err) == (2, "", True)


def test_a_key_that_does_not_lie_here_signs_nothing(ask, proposed, tmp_path):
    (tmp_path / "asked.json").write_text(proposed["statement"])
    assert ask("release", "sign", "asked.json", "--key", "nobody").code == 2
