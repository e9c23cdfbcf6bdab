"""How long to wait between guesses: nothing for a slip of the finger, ever longer for who goes on."""

import hashlib
from ipaddress import IPv6Address, ip_address

from baken.records.sign_in import Attempts

SECOND_NS = 1_000_000_000
FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 20
LONGEST_WAIT_S = 900
FORGOTTEN_AFTER_NS = 24 * 3_600 * SECOND_NS
UNKNOWN_HEX = 4
IPV6_BITS_OF_A_HOUSE = 64
OF_ADDRESS = "address:"


def wait_s(of: str, tried: Attempts | None, at_tai_ns: int) -> int:
    """Return how many seconds are to pass before the next guess.

    >>> [wait_s("account:anna", Attempts(n_failed=n, last_tai_ns=0), 0) for n in (4, 5, 6, 7, 60)]
    [0, 1, 2, 4, 900]
    """
    if tried is None or tried.n_failed < (free := _free(of)):
        return 0
    wait_ns: int = min(1 << min(tried.n_failed - free, 20), LONGEST_WAIT_S) * SECOND_NS
    return max(0, -((at_tai_ns - tried.last_tai_ns - wait_ns) // SECOND_NS))


def counted_as(name: str, *, is_known: bool, address: str) -> tuple[str, str]:
    """Return under which two names a guess is counted: that of the account, and that of the address.

    Of a name that nobody has, which may well be a password, no more is kept than that it was this or one of
    many others.

    >>> counted_as("anna", is_known=True, address="2001:db8:1:2:3:4:5:6")
    ('account:anna', 'address:2001:db8:1:2::')
    """
    digest = hashlib.sha256(name.encode()).hexdigest()[:UNKNOWN_HEX]
    return f"account:{name}" if is_known else f"unknown:{digest}", OF_ADDRESS + _house(address)


def _free(of: str) -> int:
    return FREE_OF_ADDRESS if of.startswith(OF_ADDRESS) else FREE_OF_ACCOUNT


def _house(address: str) -> str:
    """Return the address of a whole house: whoever has one of IPv6 has very many."""
    try:
        read = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    kept = int(read) >> (128 - IPV6_BITS_OF_A_HOUSE) << (128 - IPV6_BITS_OF_A_HOUSE)
    return str(IPv6Address(kept))
