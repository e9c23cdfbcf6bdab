"""Opening a store: in a home folder of one's own, or on a server."""

from dataclasses import dataclass
from pathlib import Path
from stat import S_IWOTH

from baken.errors import WrongUsage
from baken.store.database import Database, database_at, sqlite_url
from baken.store.evidence_log import SqlEvidenceLog
from baken.store.files import FOR_ITS_OWNER
from baken.store.people import SqlPeople
from baken.store.schema import bring_up_to_date, store_name
from baken.store.sql_store import SqlStore
from baken.store.troubles import told_plainly

STORE_FILE = "baken.sqlite"
BULK = "bulk"
CONTENTS = "contents"
OWNER_READS_AND_WRITES = 0o600


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

    Raises: WrongUsage when the folder cannot be used, anybody may write in it, or a newer Baken made the
    store; OutsideServiceFailed when the disk or the server fails.
    """
    with told_plainly(str(folder)):
        _make_for_owner(folder, url)
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


def _make_for_owner(folder: Path, url: str | None) -> None:
    folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    # Whoever may write in a home can put another file, or a pointer to one, in the place of each of its own.
    if folder.stat().st_mode & S_IWOTH:
        raise WrongUsage(
            f"{folder}: anybody on this machine may write in it; 'chmod go= {folder}', or name a folder in it"
        )
    if url is None:
        # The folder may have been there, open to others; SQLite gives its other files the rights of this one.
        (folder / STORE_FILE).touch(mode=OWNER_READS_AND_WRITES)


def _born_as(database: Database) -> str:
    bring_up_to_date(database)
    with database.reading() as connection:
        return store_name(connection)
