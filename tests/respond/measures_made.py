"""Measures, cases and catalogues for tests: made by hand, drawn by Hypothesis, and as they ship."""

from dataclasses import replace
from importlib import resources

from hypothesis import strategies as st

from baken.records.hypothesis import Confidence, Likelihood
from baken.records.incident import IncidentKind, Severity, Stage
from baken.records.measure import (
    Attribution,
    CaseSupport,
    Catalogue,
    Category,
    Level,
    Measure,
    Pace,
    Reversibility,
    Risk,
    Voting,
)
from baken.records.response import Bilingual, Source
from baken.respond.measures.catalogue_file import CatalogueFile, read_catalogue_file

BOTH = Bilingual(nl="iets", en="something")
AUDIENCES = ("EU", "NATO", "PUBLIC")
PLAIN = Measure(
    measure_id="plain",
    name=BOTH,
    what=BOTH,
    category=Category.PREVENTIVE,
    level=Level.EU,
    legal_basis=BOTH,
    proposer=BOTH,
    decider=BOTH,
    executor=BOTH,
    voting=Voting.CONSENSUS,
    attribution=Attribution.NONE,
    reversible=Reversibility.YES,
    escalation=Risk.LOW,
    works_within=Pace.DAYS,
    duration=BOTH,
    line=BOTH,
    sources=(Source(source_id="a-text", title="A text", url="https://example.org"),),
)
CASE = CaseSupport(
    incident_id="NL-IN26-0001",
    kind=IncidentKind.CYBER_ATTACK,
    severity=Severity.SEVERE,
    stage=Stage.CONFIRMED,
)


def shipped_file() -> CatalogueFile:
    """Return the catalogue that comes with Baken."""
    file = resources.files("baken.respond.measures") / "catalogue.toml"
    return read_catalogue_file(file.read_text(encoding="utf-8"))


def shipped() -> Catalogue:
    """Return the measures that come with Baken."""
    return Catalogue(measures=shipped_file().measures)


audiences = st.lists(st.sampled_from(AUDIENCES), unique=True)
counts = audiences.flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(n), st.integers(1, 4)) for n in names))
)
measures = st.builds(
    replace,
    st.just(PLAIN),
    measure_id=st.text("abcdefgh-", min_size=1, max_size=6),
    category=st.sampled_from(Category),
    attribution=st.sampled_from(Attribution),
    from_confidence=st.sampled_from(Confidence),
    evidence_for=counts,
    kinds=st.frozensets(st.sampled_from(IncidentKind), max_size=3),
    from_severity=st.sampled_from(Severity),
    when_confirmed=st.booleans(),
    escalation=st.sampled_from(Risk),
    works_within=st.sampled_from(Pace),
    reversible=st.sampled_from(Reversibility),
)
catalogues = st.lists(measures, max_size=8, unique_by=lambda one: one.measure_id).map(
    lambda some: Catalogue(measures=tuple(some))
)
cases = st.builds(
    CaseSupport,
    incident_id=st.just("NL-IN26-0001"),
    kind=st.sampled_from(IncidentKind),
    severity=st.sampled_from(Severity),
    stage=st.sampled_from(Stage),
    likelihood=st.none() | st.sampled_from(Likelihood),
    confidence=st.none() | st.sampled_from(Confidence),
    determined_by=st.sampled_from([(), ("Ruritania",)]),
    released=counts,
    n_pieces=st.integers(0, 5),
)
