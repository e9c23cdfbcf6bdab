"""Does every table and every file say under which label it stands, or why it does not?

A new table or file stands in none of these lists, and fails until somebody says which.
"""

import ast
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from baken.formats.geojson import write_geojson
from baken.formats.icalendar import CalendarEntry, write_icalendar
from baken.formats.kml import write_kml
from baken.operations.export_catalogue import FORMATS_WITHOUT_ROOM, labelled_text_of
from baken.operations.export_ephemeris import FORMATS as EPHEMERIS_FORMATS
from baken.operations.export_ephemeris import ephemeris_text
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, Realm, strictest
from tests.makers import element_set
from tests.store.test_ephemerides import ephemeris

PACKAGE = Path(__file__).parents[2] / "baken"

# Each table of the command line, and the function that says the label of what stands in it.
TABLES = {
    "approach_view._table": "approach_view._table",
    "avoid._table": "avoid._table",
    "breakup_view._candidates": "breakup_view._world_line",
    "breakup_view._risks": "breakup_view._world_line",
    "brief_view._table": "brief_view._foot",
    "case_view._opinions": "case_view._opinion",
    "case_view._trends": "case_view._opinion",
    "dossier.releases_table": "dossier.releases_table",
    "event_triage._table": "event_triage._table",
    "evidence_view.entry_table": "evidence_view.entry_table",
    "evidence_view.shown_entry": "evidence_view.shown_entry",
    "fragmentation_simulate._table": "fragmentation_simulate.show_breakup",
    "incident_view.incident_table": "incident_view._cells",
    "incident_view.timeline_table": "incident_view.timeline_table",
    "pairs.paired_table": "event_view._cells",
    "reentry_view.reentry_table": "reentry_view.reentry_table",
    "relabel._table": "relabel.relabel",
    "release_view._fields": "release_view._terms",
    "release_view.release_table": "release_view.release_table",
    "release_view.show_release": "release_view._facts",
    "respond_after.show_after_action": "respond_after.show_after_action",
    "weighing_view.evidence_table": "weighing_view.evidence_table",
}
TABLES_WITHOUT = {
    "contribution._show": "counts what went to whom under which terms; each release says its label",
    "partner_view._table": "partners, and rules of policy",
    "policy._show": "rules of policy",
    "people_view._table": "accounts and their rights; what clearances cover is in 'baken evidence labels'",
    "release_saw._table": "who was shown an entry, which says its label where it is shown",
    "catalogue._show_import": "counts what was read, and shows none of it",
    "dossier_recompute.results_table": "compares digests, and shows no record",
    "event_accuracy._table": "counts over all events, and shows none",
    "evidence_keys.list_keys": "public keys are for everybody",
    "labels._table": "the table of classifications is itself about labels",
    "measures_view._family": "a catalogue of measures, which speaks of no case",
    "measures_view.show_compared": "a catalogue of measures, which speaks of no case",
    "respond_assistance._table": "questions of a checklist; who may see an answer stands with its entry",
    "respond_simulate._show": "a trial of a plan, which nothing is kept of",
    "respond_view._board_table": "what this node itself is at; who may see a letter stands in the letter",
    "respond_view.roster_table": "who is on duty here",
    "respond_view.show_findings": "faults of a plan",
    "respond_view.show_notices": "what this node itself is at; who may see a letter stands in the letter",
    "respond_view.tasks_table": "what this node itself is at; who may see a letter stands in the letter",
    "weighing_view.standings_table": "counts over pieces of evidence, whose labels stand in the table below",
}
# Each file the command line writes, and the function that writes the label into it.
FILES = {
    "avoid.avoid": "report.decision_map._title",
    "catalogue.export": "operations.export_catalogue.labelled_text_of",
    "catalogue.simulate": "operations.export_catalogue.labelled_text_of",
    "determination.sign": "incident.determination.payload_of",
    "dossier._write": "records.evidence.disclosable",
    "ephemeris_view.export_ephemeris": "operations.export_ephemeris.ephemeris_text",
    "event_page.page": "report.conjunction_page.page_data",
    "fragmentation.analyse": "report.breakup_figures.breakup_svg",
    "fragmentation_simulate.simulate": "report.simulated_breakup_figures.draw_breakup",
    "incident_brief.brief": "report.decision_page.page_data",
    "plans.answer_plans": "assess.conjunction.conjunction_table._markings",
    "reentry.list_": "cli.reentry_view.reentry_row",
    "reentry.predict": "cli.reentry_view.reentry_row",
    "reentry_products.publish": "report.reentry_products.alert",
    "reentry_withdraw.withdraw": "formats.cap._info",
    "respond_after.after_action": "report.after_action_page.after_action_data",
    "respond_after.clocks": "formats.icalendar.write_icalendar",
    "respond_statement.statement": "wiring.statement_documents.statement_text",
    "screen.screen": "assess.conjunction.conjunction_table._markings",
}
FILES_WITHOUT = {
    "convert.convert": "says what it read, labels included, and knows of no other",
    "dossier.verifier": "a program",
    "evidence.show": "gives a content back in the bytes in which it came",
    "evidence_proofs._give": "digests and signatures, which tell nothing of what they stand for",
    "evidence_proofs._refuse": "digests and signatures, which tell nothing of what they stand for",
    "exercise.run": "dossiers of a game, whose entries carry their labels",
    "respond_duty._written": "the roster and the plan of this node",
    "respond_playbook.export_playbook": "a plan, with the markings its author gave it",
    "respond_playbook.import_playbook": "a plan, with the markings its author gave it",
}
FORMATS_WITHOUT = {
    "3le": "has no room for a word; whoever exports in it is told so",
    "ndm-xml": "is only read and converted, with the comments it came with",
    "ocm-kvn": "is only read and converted, with the comments it came with",
    "ocm-xml": "is only read and converted, with the comments it came with",
    "opm-kvn": "is only read and converted, with the comments it came with",
    "opm-xml": "is only read and converted, with the comments it came with",
    "rdm-kvn": "is only read and converted, with the comments it came with",
    "rdm-xml": "is only read and converted, with the comments it came with",
    "tdm-kvn": "is only read and converted, with the comments it came with",
    "tdm-xml": "is only read and converted, with the comments it came with",
}
OMM = ("omm-csv", "omm-json", "omm-kvn", "omm-xml")
OEM = ("oem-kvn", "oem-xml")
# tests/formats/test_cdm.py
CDM = ("cdm-json", "cdm-kvn", "cdm-xml")

SENSOR = Marking(owner="NL", releasable_to=frozenset({"NL"}), handling=Handling(tlp=Tlp.RED))
LABEL = Marking(
    owner="NL",
    releasable_to=frozenset({"NL", "DE"}),
    handling=Handling(tlp=Tlp.AMBER, classifications=frozenset({"NL/STG. GEHEIM"})),
    of_fields=(("sensor", SENSOR),),
)
WHOLE = "NL: NL; CLASS:NL/STG. GEHEIM"


@cache
def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def those_who_call(name: str) -> set[str]:
    return {
        f"{path.stem}.{function}"
        for path in (PACKAGE / "cli").glob("*.py")
        for function, node in functions(path).items()
        if any(
            isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == name
            for call in ast.walk(node)
        )
    }


def says_a_label(dotted: str) -> bool:
    *place, function = dotted.split(".")
    path = PACKAGE.joinpath(*place).with_suffix(".py")
    said = ast.unparse(functions(path)[function])
    return "marking" in said or ".label" in said


def test_every_table_shows_the_labels_of_what_stands_in_it_or_says_why_not() -> None:
    assert those_who_call("Table") == set(TABLES) | set(TABLES_WITHOUT)
    assert not set(TABLES) & set(TABLES_WITHOUT)
    assert [each for each in TABLES.values() if not says_a_label(f"cli.{each}")] == []


def test_every_file_carries_the_label_of_what_stands_in_it_or_says_why_not() -> None:
    assert those_who_call("write_bytes") == set(FILES) | set(FILES_WITHOUT)
    assert not set(FILES) & set(FILES_WITHOUT)
    assert [each for each in FILES.values() if not says_a_label(each)] == []


def test_every_format_carries_a_label_or_says_why_not() -> None:
    known = {each.name for each in entry_points(group="baken.formats")}
    assert known == {*OMM, *OEM, *CDM, *FORMATS_WITHOUT}
    assert set(EPHEMERIS_FORMATS.values()) == set(OEM)
    assert set(FORMATS_WITHOUT) >= FORMATS_WITHOUT_ROOM


@pytest.mark.parametrize("name", [*OMM, *OEM])
def test_an_orbit_goes_out_under_its_whole_label_and_comes_in_under_it(name: str) -> None:
    if name in OMM:
        content = labelled_text_of([element_set(marking=LABEL, comments=("by us", "MARKING NL: FR"))], name)
    else:
        content = ephemeris_text(ephemeris(marking=LABEL), name)
    assert content.count(b"MARKING") == 1
    assert f"MARKING {WHOLE}".encode() in content
    (orbit,) = read_catalogue(NamedContent(name="a file", content=content), Provenance()).reading.records
    assert orbit.marking == LABEL.whole
    assert not any("MARKING" in comment for comment in orbit.comments)
    # Whoever reads it may ask for more, and never for less.
    told = Marking(owner="NL", releasable_to=frozenset({"NL", "FR"}), handling=LABEL.handling)
    (orbit,) = read_catalogue(
        NamedContent(name="a file", content=content), Provenance(marking=told)
    ).reading.records
    assert orbit.marking == strictest(frozenset({LABEL, told}))


def test_maps_and_calendars_stand_under_the_whole_label() -> None:
    entry = CalendarEntry(uid="a", summary="a", start_tai_ns=0, end_tai_ns=10**9)
    made = (
        write_geojson([], realm=Realm.TEST, marking=LABEL),
        write_kml("a", [], realm=Realm.TEST, marking=LABEL),
        write_icalendar([entry], made_tai_ns=0, realm=Realm.TEST, marking=LABEL).replace(b"\r\n ", b""),
    )
    for content in made:
        assert WHOLE.encode() in content.replace(b"\\;", b";")
        assert b"narrower for" not in content
