"""Policies nobody would write, from a grammar: well-typed, and with everything in them a rule may have."""

from hypothesis import strategies as st

TEXTS = [
    "principal.acts_for",
    "principal.purpose",
    "resource.owner",
    "resource.kind",
    "resource.realm",
    "resource.case",
    "resource.held_by",
    "resource.tlp",
    "resource.onward",
    '"NL"',
    '"finding"',
    '""',
]
SETS = [
    "principal.audiences",
    "principal.needs",
    "principal.categories",
    "principal.realms",
    "principal.may_handle",
    "resource.releasable_to",
    "resource.needs",
    "resource.originators",
    "resource.permissive",
    "resource.classifications",
    "context.meets",
    '["NL", "DE"]',
    '["space"]',
    "[principal.acts_for, resource.owner]",
]
INSTANTS = ["context.at_tai_ns", "800000000000000000", "0"]
TRUTHS = [
    "resource.case_only",
    "true",
    "false",
    "resource has review_tai_ns",
    "resource is Item",
    "resource has review_tai_ns && resource.review_tai_ns < context.at_tai_ns",
]
# What only the engine understands, and what goes wrong in it.
FOR_THE_ENGINE = [
    "context.at_tai_ns + 1 > 0",
    "context.at_tai_ns * 1000 > 0",
    'resource == Item::"what"',
    'resource in Item::"what"',
    "-context.at_tai_ns < 0",
]

texts, sets, instants = st.sampled_from(TEXTS), st.sampled_from(SETS), st.sampled_from(INSTANTS)
plain = st.one_of(
    st.sampled_from(TRUTHS),
    st.builds("({} {} {})".format, texts, st.sampled_from(["==", "!="]), texts),
    st.builds("{}.{}({})".format, sets, st.sampled_from(["containsAll", "containsAny"]), sets),
    st.builds("{}.contains({})".format, sets, texts),
    st.builds("({} == {})".format, sets, sets),
    st.builds("{}.isEmpty()".format, sets),
    st.builds("({} {} {})".format, instants, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), instants),
)
like = st.builds("{} like {}".format, texts, st.sampled_from(['"N*"', '"*"', '"f*d*g"', '"a.b"']))


def conditions(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return conditions over some leaves."""
    return st.recursive(
        leaves.map("({})".format),
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["&&", "||"]), inner),
            st.builds("!{}".format, inner),
            st.builds("(if {} then {} else {})".format, inner, inner, inner),
        ),
        max_leaves=5,
    )


def policies(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return whole files: a few rules, each with conditions over some leaves."""
    scope = st.sampled_from(["action", 'action == Action::"read"', 'action in [Action::"read"]'])
    clause = st.builds("{} {{ {} }}".format, st.sampled_from(["when", "unless"]), conditions(leaves))
    rule = st.builds(
        "{} (principal, {}, resource) {};".format,
        st.sampled_from(["permit", "permit", "forbid"]),
        scope,
        st.lists(clause, max_size=2).map(" ".join),
    )
    rules = st.lists(rule, min_size=1, max_size=4)
    return rules.map(lambda each: "\n".join(f'@id("r{i}") {text}' for i, text in enumerate(each)))
