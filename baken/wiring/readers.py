"""Who reads at this machine: its keeper, or whoever has an account in the home."""

from collections.abc import Mapping
from pathlib import Path

from baken.errors import RefusedByPolicy
from baken.operations.manage_people import people_now
from baken.records import account
from baken.records.reader import Keeper, Reader
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence

THE_NODE = Keeper(name="baken")


def reader_of(home: Path, name: str | None) -> Reader | Keeper:
    """Return who reads in a home.

    Without accounts in it, the person at this machine is its keeper, whatever he is called; with accounts he
    is the one named, else ``$BAKEN_ACTOR``, else who is logged in.
    Raises: RefusedByPolicy when nobody of that name may come in.
    """
    accounts = _accounts(home)
    if not accounts:
        return Keeper(name=name or "keeper")
    named = actor(name)
    if named not in accounts:
        raise RefusedByPolicy(
            f"nobody called {named} may read here; say who you are with --as NAME or $BAKEN_ACTOR"
        )
    return account.reader_of(accounts[named])


def has_accounts(home: Path) -> bool:
    """Say whether a home has accounts: then each reads for himself what the node's own work came to."""
    return bool(_accounts(home))


def _accounts(home: Path) -> Mapping[str, account.Account]:
    with open_evidence(home, THE_NODE) as (_, log):
        return people_now(log).accounts
