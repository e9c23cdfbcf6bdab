"""Does every reader keep its laws when sound texts are bent, in their bytes and in their lines?"""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from baken.formats.reading import Strictness
from baken.formats.sniff import known_formats
from tests.fuzz.bundles import hold_bundle, sound_bundles
from tests.fuzz.laws import hold, sound_texts
from tests.fuzz.playbooks import hold_playbook, sound_playbooks
from tests.fuzz.tables import READERS, hold_table, sound_tables

TEXTS = sound_texts()
TOKENS = (
    b"",
    b"\x00",
    b"\xff",
    b"\xc3\xa9",
    b"\r",
    b"\n",
    b"\x1a",
    b"=",
    b"[",
    b"]",
    b"<",
    b">",
    b"&amp;",
    b'"',
    b"{",
    b"}",
    b",",
    b"nan",
    b"1e400",
    b"-0",
    b"9" * 40,
    b"0x1",
    b"1_0",
    b"2016-12-31T23:59:60",
    b"9999-12-31T23:59:59.9999999999",
    b"0000-000T",
    b"COMMENT ",
    b"META_START\n",
    b"COVARIANCE_STOP\n",
    b"USER_DEFINED_X = 1\n",
    b"OBJECT = OBJECT1\n",
    b"<!-- x -->",
    b"<![CDATA[x]]>",
    b"null",
    b"[" * 50,
)
Bend = Callable[[bytes], bytes]


@st.composite
def bends(draw: st.DrawFn) -> Bend:
    """Draw one thing to do to a text: in its bytes, or in its lines."""
    at, width = draw(st.floats(0.0, 1.0)), draw(st.integers(0, 40))
    token = draw(st.sampled_from(TOKENS))
    kind = draw(st.sampled_from(["put", "cut", "double", "swap", "lose", "break off"]))

    def bend(content: bytes) -> bytes:
        start = int(at * len(content))
        if kind == "put":
            return content[:start] + token + content[start + width :]
        if kind == "cut":
            return content[:start] + content[start + width :]
        if kind == "break off":
            return content[:start]
        lines = content.splitlines(keepends=True)
        line = min(int(at * len(lines)), len(lines) - 1)
        if kind == "double":
            return b"".join([*lines[: line + 1], *lines[line : line + 1 + width % 3], *lines[line + 1 :]])
        if kind == "swap":
            other = (line + 1 + width) % max(len(lines), 1)
            lines[line : line + 1], lines[other : other + 1] = (
                lines[other : other + 1],
                lines[line : line + 1],
            )
            return b"".join(lines)
        return b"".join(lines[:line] + lines[line + 1 + width % 5 :])

    return bend


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_sound_text_keeps_every_law(name: str) -> None:
    assert not known_formats()[name].read(TEXTS[name], strictness=Strictness.STRICT).rejected
    hold(name, TEXTS[name])


@pytest.mark.parametrize("name", sorted(TEXTS))
@settings(max_examples=60, deadline=None)
@given(bent=st.lists(bends(), min_size=1, max_size=4))
def test_a_bent_text_keeps_every_law(name: str, bent: list[Bend]) -> None:
    content = TEXTS[name]
    for bend in bent:
        content = bend(content) or b"x"
    hold(name, content)


@pytest.mark.parametrize("name", sorted(known_formats()))
@settings(max_examples=30, deadline=None)
@given(content=st.binary(max_size=300))
@example(b"")
def test_any_bytes_keep_every_law(name: str, content: bytes) -> None:
    hold(name, content)


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_sound_table_is_read(name: str) -> None:
    assert READERS[name](sound_tables()[name].decode()).mjd_utc.size >= 8
    hold_table(name, sound_tables()[name])


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=100, deadline=None)
@given(bent=st.lists(bends(), min_size=1, max_size=4))
def test_a_bent_table_keeps_every_law(name: str, bent: list[Bend]) -> None:
    content = sound_tables()[name]
    for bend in bent:
        content = bend(content) or b"x"
    hold_table(name, content)


@pytest.mark.parametrize("name", sorted(sound_playbooks()))
@settings(max_examples=200, deadline=None)
@given(bent=st.lists(bends(), min_size=0, max_size=4))
def test_a_bent_playbook_keeps_every_law(name: str, bent: list[Bend]) -> None:
    content = sound_playbooks()[name]
    for bend in bent:
        content = bend(content) or b"x"
    hold_playbook(name, content)


@pytest.mark.parametrize("name", sorted(sound_bundles()))
@settings(max_examples=200, deadline=None)
@given(bent=st.lists(bends(), min_size=0, max_size=4))
def test_a_bent_bundle_keeps_every_law(name: str, bent: list[Bend]) -> None:
    content = sound_bundles()[name]
    for bend in bent:
        content = bend(content) or b"x"
    hold_bundle(name, content)
