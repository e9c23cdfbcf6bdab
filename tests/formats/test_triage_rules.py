"""Are triage rules read as they are meant, and refused with the line and field where not?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import BadMessage, TheirMistake, UnreadableInput
from baken.formats.triage_rules import FIELDS, read_triage_rules
from baken.records.triage import WithoutProbability
from baken.wiring.triage_rules import triage_rules

OWN = """# ours
[[rule]]
name = "own"
source = "flight rules, 2026"
look_probability = 1e-6
act_probability = 1e-4
act_miss_m = 250
from_days = 5
without_probability = "quiet"

[[rule]]
name = "other"
source = "flight rules, 2026"
look_probability = 1e-5
act_probability = 1e-3
"""


def test_a_rule_is_read_in_si_and_what_it_leaves_out_is_the_default():
    own, other = read_triage_rules(OWN.encode())
    assert (own.name, own.act_miss_m, own.look_miss_m, own.from_s) == ("own", 250.0, None, 432_000.0)
    assert own.without_probability is WithoutProbability.QUIET
    assert (other.decision_s, other.factor) == (172_800.0, 10.0)


def test_rules_that_come_with_baken_are_those_of_cara_and_the_uk():
    cara, uk = triage_rules()
    assert (cara.look_probability, cara.act_probability) == (1e-7, 1e-4)
    assert (uk.look_probability, uk.act_probability) == (1e-5, 1e-3)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "field"),
    [
        ("act_probability = 1e-4", "act_probability = 1e-9", 6, "act_probability"),
        ("act_probability = 1e-3", 'act_probability = "high"', 15, "act_probability"),
        ("act_probability = 1e-3", "act_probability = true", 15, "act_probability"),
        ("act_probability = 1e-3", "act_probability = nan", 15, "act_probability"),
        ("act_probability = 1e-3\n", "", 11, "act_probability"),
        ("act_miss_m = 250", "act_miss_km = 0.25", 7, "act_miss_km"),
        ("act_miss_m = 250", "act_miss_m = -1", 7, "act_miss_m"),
        ("from_days = 5", "from_days = 1", 8, "from_days"),
        ('"quiet"', '"never"', 9, "without_probability"),
        ('name = "other"', 'name = "own"', 12, "name"),
        ('name = "other"', "name = 5", 12, "name"),
        ("[[rule]]", "[[rules]]", None, "rules"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_by_line_and_field(was, becomes, line, field):
    with pytest.raises(BadMessage) as refused:
        read_triage_rules(OWN.replace(was, becomes).encode())
    assert refused.value.field == field
    assert refused.value.line == line


def test_what_is_no_toml_is_refused_by_line():
    with pytest.raises(BadMessage, match=r"^3: this is no TOML") as refused:
        read_triage_rules(b"[[rule]]\nname = 'a'\nsource = = 3\n")
    assert refused.value.line == 3


def test_a_file_of_ones_own_is_named_in_its_refusal(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace("1e-4", '"soon"'), encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"own\.toml:6 act_probability: is a number"):
        triage_rules(str(path))


@given(st.binary(max_size=200))
def test_any_bytes_are_rules_or_one_refusal(content):
    try:
        rules = read_triage_rules(b"[[rule]]\n" + content)
    except TheirMistake:
        return
    assert rules


VALUES = st.one_of(
    st.integers(), st.floats().map(str), st.booleans().map(lambda b: str(b).lower()), st.just('"x"'),
    st.just("[1]"), st.just("1979-05-27"), st.just("{}"),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), VALUES))
def test_any_value_in_any_field_is_a_rule_or_one_refusal(values):
    text = OWN.partition("[[rule]]")[2].partition("[[rule]]")[0]
    kept = [line for line in text.splitlines() if line.partition(" =")[0] not in values]
    content = "\n".join(["[[rule]]", *kept, *(f"{key} = {value}" for key, value in values.items())])
    try:
        rules = read_triage_rules(content.encode())
    except BadMessage as error:
        refused = error
    else:
        assert len(rules) == 1
        return
    assert refused.field
    assert refused.line
