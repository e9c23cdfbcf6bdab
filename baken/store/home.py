"""Opening a store: in a home folder of one's own, or on a server."""

from dataclasses import dataclass
from pathlib import Path

from baken.store.database import Database, database_at, sqlite_url
from baken.store.evidence_log import SqlEvidenceLog
from baken.store.people import SqlPeople
from baken.store.schema import bring_up_to_date, store_name
from baken.store.sql_store import SqlStore
from baken.store.troubles import told_plainly

STORE_FILE = "baken.sqlite"
BULK = "bulk"
CONTENTS = "contents"
FOR_ITS_OWNER = 0o700  # what nobody released, no other user of the machine may read


@dataclass(frozen=True, slots=True)
class Home:
    """The folder in which a node lives; over one database the store, the log, and how people come in."""

    folder: Path
    store: SqlStore
    log: SqlEvidenceLog
    people: SqlPeople


def open_home(folder: Path, url: str | None = None) -> Home:
    """Open a home, made when it is not there.  Its store is a file in it, or the database at a URL.

    Brings the tables up to this version, and sweeps away what a stopped process left.

    Raises: WrongUsage when the folder cannot be used or a newer Baken made the store; OutsideServiceFailed
    when the disk or the server fails.
    """
    with told_plainly(str(folder)):
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    database = database_at(url or sqlite_url(folder.resolve() / STORE_FILE))
    try:
        name = _born_as(database)
        home = Home(
            folder,
            SqlStore(database, folder / BULK / name),
            SqlEvidenceLog(database, folder / CONTENTS / name),
            SqlPeople(database),
        )
        home.store.sweep()
        home.log.sweep()
    except BaseException:
        database.close()
        raise
    return home


def _born_as(database: Database) -> str:
    bring_up_to_date(database)
    with database.reading() as connection:
        return store_name(connection)
