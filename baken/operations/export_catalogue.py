"""Hand a picture on in a format of the trade."""

from collections.abc import Sequence
from dataclasses import replace

from baken.catalogue.picture import draw_picture
from baken.errors import WrongUsage
from baken.formats.label_comments import labelled
from baken.formats.realm_word import REALM_KEYWORDS, realm_words
from baken.formats.sniff import writer_of
from baken.operations.ports import Store
from baken.operations.taken_back import TakenBack
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.records.orbit import ElementSet

# A format without room for a word about the realm would let an invented object pass for a real one.  It has
# none for a label either: whoever exports in it is told what he holds.
FORMATS_WITHOUT_ROOM = frozenset({"3le"})


def export_catalogue(
    store: Store, *, format_name: str, realm: Realm, as_of_tai_ns: int, taken_back: TakenBack
) -> tuple[bytes, int]:
    """Return the stored picture as text of a format, and how many objects it holds; nothing taken back.

    Raises: WrongUsage when the store holds nothing of this realm, or the format cannot hold what is there.
    """
    usable = Catalogue(element_sets=taken_back.without(store.catalogue(realm).element_sets))
    picture = draw_picture(usable, as_of_tai_ns=as_of_tai_ns)
    if not picture.choices:
        raise WrongUsage(
            f"the store holds no {realm} element sets; import some with 'baken catalogue import FILE'"
        )
    return labelled_text_of(picture.element_sets, format_name), len(picture.choices)


def labelled_text_of(element_sets: Sequence[ElementSet], format_name: str) -> bytes:
    """Return element sets as text of a format, each with its label where the format has room for one.

    Raises: WrongUsage as ``text_of`` does.
    """
    if format_name in FORMATS_WITHOUT_ROOM:
        return text_of(element_sets, format_name)
    return text_of(
        [replace(each, comments=labelled(each.comments, each.marking)) for each in element_sets], format_name
    )


def text_of(element_sets: Sequence[ElementSet], format_name: str) -> bytes:
    """Return element sets as text of a format; sets of another realm than the real one carry its name.

    Raises: WrongUsage when the format has no room for that name, or cannot hold a value.
    """
    write = writer_of(format_name)
    unreal = {element_set.realm for element_set in element_sets} - {Realm.REAL}
    if unreal and format_name in FORMATS_WITHOUT_ROOM:
        raise WrongUsage(f"{format_name} has no room to say {sorted(unreal)[0]}; write an OMM format instead")
    return write(tuple(_with_realm(element_set) for element_set in element_sets))


def _with_realm(element_set: ElementSet) -> ElementSet:
    if element_set.realm is Realm.REAL:
        return element_set
    others = tuple(field for field in element_set.other_fields if field[0] not in REALM_KEYWORDS)
    return replace(element_set, other_fields=(*others, *realm_words(element_set.realm)))
