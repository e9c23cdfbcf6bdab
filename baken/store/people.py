"""How people show who they are and their visits, kept: what calls promise is in ``people_ports.People``."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update

from baken.people.patience import FORGOTTEN_AFTER_NS, wait_s
from baken.records.sign_in import Attempts, HashCost, Journey, PasswordHash, Secrets, Session, Way
from baken.store.database import Database
from baken.store.people_tables import (
    account_secrets,
    journeys,
    recovery_codes,
    sessions,
    sign_in_attempts,
)
from baken.store.rows import insert_rows, put_row

DAY_NS = 24 * 3_600 * 1_000_000_000


class SqlPeople:
    """Secrets and visits in a relational database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secrets(self, name: str) -> Secrets | None:
        of_codes = select(recovery_codes.c.code_digest).where(recovery_codes.c.account == name)
        with self._database.reading() as connection:
            row = connection.execute(
                select(account_secrets).where(account_secrets.c.account == name)
            ).one_or_none()
            codes = connection.scalars(of_codes).all()
        if row is None:
            return None
        cost = HashCost(passes=row.passes, memory_kib=row.memory_kib, lanes=row.lanes)
        return Secrets(
            password=PasswordHash(cost=cost, salt=bytes(row.salt), digest=bytes(row.password_digest)),
            one_time_secret=bytes(row.one_time_secret),
            last_step=row.last_step,
            recovery_digests=frozenset(codes),
        )

    def keep_secrets(self, name: str, secrets: Secrets) -> None:
        row = {
            "account": name,
            **_password_row(secrets.password),
            "one_time_secret": secrets.one_time_secret,
            "last_step": secrets.last_step,
        }
        codes = [{"account": name, "code_digest": code} for code in sorted(secrets.recovery_digests)]
        with self._database.writing() as connection:
            put_row(connection, account_secrets, row)
            connection.execute(delete(recovery_codes).where(recovery_codes.c.account == name))
            insert_rows(connection, recovery_codes, codes)

    def keep_password(self, name: str, password: PasswordHash, *, instead_of: PasswordHash) -> None:
        is_still = (account_secrets.c.account == name) & (account_secrets.c.salt == instead_of.salt)
        with self._database.writing() as connection:
            connection.execute(update(account_secrets).where(is_still).values(**_password_row(password)))

    def spend_step(self, name: str, step: int) -> bool:
        is_newer = (account_secrets.c.account == name) & (account_secrets.c.last_step < step)
        with self._database.writing() as connection:
            spent = connection.execute(update(account_secrets).where(is_newer).values(last_step=step))
            return spent.rowcount == 1

    def spend_recovery(self, name: str, digest: str) -> bool:
        is_it = (recovery_codes.c.account == name) & (recovery_codes.c.code_digest == digest)
        with self._database.writing() as connection:
            return connection.execute(delete(recovery_codes).where(is_it)).rowcount == 1

    def begin_session(self, session: Session, *, most: int) -> None:
        row = {
            "session_digest": session.digest,
            "account": session.account,
            "way": session.way.value,
            "begun_tai_ns": session.begun_tai_ns,
            "seen_tai_ns": session.seen_tai_ns,
            "as_of": session.as_of,
        }
        with self._database.writing() as connection:
            connection.execute(
                delete(sessions).where(sessions.c.begun_tai_ns < session.begun_tai_ns - DAY_NS)
            )
            earlier = _of_account(session.account).offset(most - 1)
            surplus = [each.session_digest for each in connection.execute(earlier)]
            connection.execute(delete(sessions).where(sessions.c.session_digest.in_(surplus)))
            insert_rows(connection, sessions, [row])

    def sessions_of(self, account: str) -> tuple[Session, ...]:
        with self._database.reading() as connection:
            return tuple(map(_session, connection.execute(_of_account(account))))

    def session(self, digest: str) -> Session | None:
        with self._database.reading() as connection:
            row = connection.execute(
                select(sessions).where(sessions.c.session_digest == digest)
            ).one_or_none()
        return None if row is None else _session(row)

    def see_session(self, digest: str, at_tai_ns: int) -> None:
        of = update(sessions).where(sessions.c.session_digest == digest)
        with self._database.writing() as connection:
            connection.execute(of.values(seen_tai_ns=at_tai_ns))

    def end_session(self, digest: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.session_digest == digest))

    def begin_journey(self, journey: Journey) -> None:
        row = {
            "state_digest": journey.digest,
            "nonce": journey.nonce,
            "verifier": journey.verifier,
            "begun_tai_ns": journey.begun_tai_ns,
        }
        with self._database.writing() as connection:
            connection.execute(
                delete(journeys).where(journeys.c.begun_tai_ns < journey.begun_tai_ns - DAY_NS)
            )
            insert_rows(connection, journeys, [row])

    def end_journey(self, digest: str) -> Journey | None:
        with self._database.writing() as connection:
            row = connection.execute(select(journeys).where(journeys.c.state_digest == digest)).one_or_none()
            connection.execute(delete(journeys).where(journeys.c.state_digest == digest))
        if row is None:
            return None
        return Journey(
            digest=row.state_digest, nonce=row.nonce, verifier=row.verifier, begun_tai_ns=row.begun_tai_ns
        )

    def count_attempt(self, counted_as: Sequence[str], at_tai_ns: int) -> int:
        with self._database.writing() as connection:
            long_ago = sign_in_attempts.c.last_tai_ns < at_tai_ns - FORGOTTEN_AFTER_NS
            connection.execute(delete(sign_in_attempts).where(long_ago))
            before = {name: _attempts(connection, name) for name in counted_as}
            longest_s = max(wait_s(name, tried, at_tai_ns) for name, tried in before.items())
            if not longest_s:
                for name, tried in before.items():
                    _put(connection, name, (tried.n_failed if tried else 0) + 1, at_tai_ns)
        return longest_s

    def forgive_attempt(self, of_account: str, of_address: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.counted_as == of_account))
            tried = _attempts(connection, of_address)
            if tried is not None:
                _put(connection, of_address, max(0, tried.n_failed - 1), tried.last_tai_ns)


def _password_row(password: PasswordHash) -> dict[str, int | bytes]:
    return {
        "passes": password.cost.passes,
        "memory_kib": password.cost.memory_kib,
        "lanes": password.cost.lanes,
        "salt": password.salt,
        "password_digest": password.digest,
    }


def _of_account(account: str) -> Select[Any]:
    newest_first = (sessions.c.begun_tai_ns.desc(), sessions.c.session_digest)
    return select(sessions).where(sessions.c.account == account).order_by(*newest_first)


def _session(row: Row[Any]) -> Session:
    return Session(
        digest=row.session_digest,
        account=row.account,
        way=Way(row.way),
        begun_tai_ns=row.begun_tai_ns,
        seen_tai_ns=row.seen_tai_ns,
        as_of=row.as_of,
    )


def _attempts(connection: Connection, name: str) -> Attempts | None:
    of = select(sign_in_attempts).where(sign_in_attempts.c.counted_as == name)
    row = connection.execute(of).one_or_none()
    return None if row is None else Attempts(n_failed=row.n_failed, last_tai_ns=row.last_tai_ns)


def _put(connection: Connection, name: str, n_failed: int, last_tai_ns: int) -> None:
    row = {"counted_as": name, "n_failed": n_failed, "last_tai_ns": last_tai_ns}
    put_row(connection, sign_in_attempts, row)
