"""Hand a picture on in a format of the trade."""

from baken.catalogue.picture import draw_picture
from baken.errors import WrongUsage
from baken.formats.sniff import writer_of
from baken.operations.ports import Store
from baken.records.marking import Realm


def export_catalogue(
    store: Store, *, format_name: str, realm: Realm, as_of_tai_ns: int
) -> tuple[bytes, int]:
    """Return the stored picture as text of a format, and how many objects it holds.

    Raises: WrongUsage when the store holds nothing of this realm, or the format cannot hold what is there.
    """
    write = writer_of(format_name)
    picture = draw_picture(store.catalogue(realm), as_of_tai_ns=as_of_tai_ns)
    if not picture.choices:
        raise WrongUsage(f"the store holds no {realm} element sets; import some with 'baken catalogue import FILE'")
    return write(picture.element_sets), len(picture.choices)
