"""Files of a home that have no label, and who may read them: as what is for its owner only.

The files of partners and the rules of sharing say what a state agreed with others; the directory says how
people are reached, and its own plans and rules how it would act.  They are asked of the same policies as
everything else, under the label that says nothing: whoever acts for the node that keeps them reads them,
unless a rule of that state forbids it by their kind.
"""

from pathlib import Path

from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, Realm
from baken.records.reader import Item, Keeper, Reader
from baken.wiring.admitting import admitting

PARTNER_FILE, POLICY_FILE = "partner-file", "policy-file"
DIRECTORY_FILE, MECHANISM_FILE, RULES_FILE = "directory-file", "mechanism-file", "rules-file"
# What ships with Baken anybody can read at its source.
SHIPPED_LABEL = Marking(releasable_to=frozenset({"PUBLIC"}), handling=Handling(tlp=Tlp.CLEAR))


def label_of_files(node: str) -> Marking:
    """Return the label that files of a home are read under."""
    return Marking(owner=node)


def may_read_files(home: Path, reader: Reader | Keeper, kind: str, *, node: str, realm: Realm) -> bool:
    """Say whether somebody may read the files of a kind, as he works in a world."""
    if isinstance(reader, Keeper):
        return True
    item = Item(marking=label_of_files(node), realm=realm, held_by=node, kind=kind)
    return admitting(home, reader).admits(item)
