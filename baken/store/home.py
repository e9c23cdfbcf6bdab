"""Opening a store: in a home folder of one's own, or on a server."""

from dataclasses import dataclass
from pathlib import Path

from baken.store.database import Database, database_at, sqlite_url
from baken.store.schema import bring_up_to_date, store_name
from baken.store.sql_store import SqlStore
from baken.store.troubles import told_plainly

STORE_FILE = "baken.sqlite"
BULK = "bulk"
FOR_ITS_OWNER = 0o700  # what nobody released, no other user of the machine may read


@dataclass(frozen=True, slots=True)
class Home:
    """The folder in which a node lives, and the store in it."""

    folder: Path
    store: SqlStore


def open_home(folder: Path, url: str | None = None) -> Home:
    """Open a home, made when it is not there.  Its store is a file in it, or the database at a URL.

    Raises: WrongUsage when the folder cannot be used or a newer Baken made the store; OutsideServiceFailed
    when the disk or the server fails.
    """
    with told_plainly(str(folder)):
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    return Home(folder, open_store(url or sqlite_url(folder.resolve() / STORE_FILE), folder / BULK))


def open_store(url: str, bulk_folder: Path) -> SqlStore:
    """Open the store at ``sqlite:///FILE`` or ``postgresql://HOST/NAME``, its large tables in a folder.

    Brings the tables up to this version, and sweeps away what a stopped process left.
    """
    database = database_at(url)
    try:
        store = SqlStore(database, bulk_folder / _born_as(database))
        store.sweep()
    except BaseException:
        database.close()
        raise
    return store


def _born_as(database: Database) -> str:
    bring_up_to_date(database)
    with database.reading() as connection:
        return store_name(connection)
