"""Bringing a store up to the tables of this version, when it is opened."""

import uuid
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from baken.errors import WrongUsage
from baken.store.database import Database
from baken.store.rows import insert_missing
from baken.store.tables import settings

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST_SCHEMA = "0008"
STORE_NAME = "store_name"


def bring_up_to_date(database: Database) -> None:
    """Run the migrations a store lacks; two processes that start at once run them once.

    Raises: WrongUsage when a newer Baken made the store, OutsideServiceFailed when it does not answer.
    """
    with database.reading() as connection:
        schema = schema_of(connection)
    _refuse_newer(schema, database.place)
    if schema == NEWEST_SCHEMA:
        return
    with database.writing() as connection:
        # Somebody may have done it while this process waited for its turn.
        schema = schema_of(connection)
        _refuse_newer(schema, database.place)
        if schema != NEWEST_SCHEMA:
            _migrate(connection)
            # Bulk files stand in a folder of this name, so that no store ever sweeps away another's.
            insert_missing(connection, settings, [{"name": STORE_NAME, "value": uuid.uuid4().hex[:12]}])


def schema_of(connection: Connection) -> str | None:
    """Return the number of the newest migration a store has seen, ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def store_name(connection: Connection) -> str:
    """Return the name a store was born with."""
    return str(connection.execute(select(settings.c.value).where(settings.c.name == STORE_NAME)).scalar_one())


def _refuse_newer(schema: str | None, place: str) -> None:
    if schema is not None and schema > NEWEST_SCHEMA:
        raise WrongUsage(
            f"the store {place} was made by a newer Baken: its schema is {schema}, this Baken knows up to "
            f"{NEWEST_SCHEMA}; use the newer Baken, or another home"
        )


def _migrate(connection: Connection) -> None:
    # Alembic takes half a second to import, and most starts have nothing to migrate.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)

    with EnvironmentContext(
        config,
        script,
        fn=lambda schema, _context: script._upgrade_revs("head", schema),
        destination_rev="head",
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
