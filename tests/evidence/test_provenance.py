"""Does PROV tell where the shown entries come from, and nothing of the others?"""

import io
import json

from prov.model import ProvDocument

from baken.evidence.provenance import provenance_of

SHOWN = [
    (
        "EV-3",
        {"kind": "finding", "title": "Two met", "actor": "baken", "made_from": (("a.csv", "sha256:aa"),)},
    ),
    ("EV-5", {"kind": "report", "title": "of ‘a’", "actor": "A. de Boer / NL", "derived_from": ("EV-3",)}),
    ("EV-6", {"title": "its kind is withheld"}),
]


def read(content):
    return ProvDocument.deserialize(io.StringIO(content.decode()), format="json")


def test_what_is_told_is_prov_that_others_read():
    document = read(provenance_of(SHOWN))
    told = {str(record.identifier) for record in document.get_records() if record.identifier}
    assert {"baken:EV-3", "baken:EV-5", "baken:EV-6", "baken:sha256/aa"} <= told
    assert document == read(provenance_of(SHOWN))


def test_sources_and_makers_are_told():
    told = json.loads(provenance_of(SHOWN))
    derived = {
        (each["prov:generatedEntity"], each["prov:usedEntity"]) for each in told["wasDerivedFrom"].values()
    }
    assert derived == {("baken:EV-3", "baken:sha256/aa"), ("baken:EV-5", "baken:EV-3")}
    assert len(told["agent"]) == 2


def test_the_same_entries_give_the_same_bytes():
    assert provenance_of(SHOWN) == provenance_of(SHOWN)
    assert provenance_of([]) == provenance_of(())
