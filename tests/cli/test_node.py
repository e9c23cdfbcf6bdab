"""What a node is called is said once, and stands in every name it gives."""


def test_a_node_is_local_until_it_is_named(ask):
    assert ask("--json", "node").document() == {"node": "LOCAL"}
    assert ask("--json", "node", "NL").document() == {"node": "NL"}
    opened = ask(
        "--json", "incident", "open", "--title", "a", "--kind", "other", "--because", "seen"
    ).document()
    assert opened["incident_id"].startswith("NL-IN")


def test_a_node_is_not_named_like_a_drill_or_a_sentence(ask):
    for name in ("EXER", "nl", "N", "NEDERLAND"):
        refused = ask("node", name)
        assert (refused.code, refused.out) == (2, "")
    assert ask("--json", "node").document() == {"node": "LOCAL"}
