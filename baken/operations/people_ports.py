"""What the procedures ask of the place that keeps how people show who they are, and their visits."""

from collections.abc import Sequence
from typing import Protocol

from baken.records.sign_in import Journey, PasswordHash, Secrets, Session


class People(Protocol):
    """Secrets and visits, apart from the log that says who is who: each call is one transaction."""

    def secrets(self, name: str) -> Secrets | None:
        """Return how somebody shows who he is; None when he cannot."""
        ...

    def keep_secrets(self, name: str, secrets: Secrets) -> None:
        """Keep how somebody shows who he is from now on; what was before holds no more."""
        ...

    def keep_password(self, name: str, password: PasswordHash, *, instead_of: PasswordHash) -> None:
        """Keep the same password under another cost, unless somebody changed it meanwhile."""
        ...

    def spend_step(self, name: str, step: int) -> bool:
        """Spend the one-time code of a half minute; False when it, or a later one, was spent already."""
        ...

    def spend_recovery(self, name: str, digest: str) -> bool:
        """Spend a code on paper; False when there is none like it."""
        ...

    def begin_session(self, session: Session, *, most: int) -> None:
        """Keep a visit; of its person's, so many of the newest stay, and of all, those of the last day."""
        ...

    def sessions_of(self, account: str) -> tuple[Session, ...]:
        """Return somebody's visits that were not forgotten, the newest first."""
        ...

    def session(self, digest: str) -> Session | None:
        """Return a visit by the digest of what its browser shows."""
        ...

    def see_session(self, digest: str, at_tai_ns: int) -> None:
        """Keep when a visit was last heard of."""
        ...

    def end_session(self, digest: str) -> None:
        """Forget a visit."""
        ...

    def begin_journey(self, journey: Journey) -> None:
        """Keep that somebody went to his identity provider, and forget those who went a day before."""
        ...

    def end_journey(self, digest: str) -> Journey | None:
        """Return a way there and back, once; None when it was nobody's, or taken already."""
        ...

    def count_attempt(self, counted_as: Sequence[str], at_tai_ns: int) -> int:
        """Count a guess under each name and return 0; or count nothing, and return the seconds to wait.

        What is tried counts before it is known to be wrong: many guesses at once are no way around.  How long
        to wait is for ``people.patience``.
        """
        ...

    def forgive_attempt(self, of_account: str, of_address: str) -> None:
        """Forget the guesses at an account, and one from an address: this one was none."""
        ...
