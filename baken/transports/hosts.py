"""Names and addresses of machines."""

import ipaddress
import re

LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST_NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")


def is_host(text: str) -> bool:
    """Say whether a text reads as the name or the address of a machine.

    >>> [is_host(text) for text in ("mail.example.org", "::1", "mail..example.org", "two words", "")]
    [True, True, False, False, False]
    """
    return _address(text) is not None or HOST_NAME.fullmatch(text) is not None


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself, by its address; of names only ``localhost`` is.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "mail.example.org", "10.0.0.1")]
    [True, True, True, False, False]
    """
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
