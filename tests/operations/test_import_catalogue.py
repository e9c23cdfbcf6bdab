"""Does an import say of everything that stood in a file what became of it?"""

from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.ephemeris import Ephemeris
from baken.records.orbit import ElementSet
from tests.formats.test_ndm import EVERYTHING


def test_of_a_combined_message_the_orbits_are_taken_and_the_rest_is_named():
    read = read_catalogue(NamedContent(name="all.xml", content=EVERYTHING), Provenance())
    assert {type(record) for record in read.reading.records} == {ElementSet, Ephemeris}
    assert [one.field for one in read.reading.rejected] == ["NDM", "APM", "ConjunctionMessage"]
    assert read.file.n_read == len(read.reading.records) + read.file.n_rejected


def test_the_folders_of_a_file_are_no_part_of_where_its_orbits_come_from():
    lineages = {
        orbit.lineage
        for name in ("all.xml", "/home/somebody/secret/all.xml")
        for orbit in read_catalogue(NamedContent(name=name, content=EVERYTHING), Provenance()).reading.records
    }
    assert [[source.name for source in lineage.sources] for lineage in lineages] == [["all.xml"]]
