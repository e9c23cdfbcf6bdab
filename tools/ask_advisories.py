"""Ask an advisory service what is known of the locked versions.  Only on request: ``make audit NETWORK=yes``.

The service is told names and versions of public packages, and nothing else.  What it answers is printed; the
list that ``make lint`` reads is kept by hand, so that whoever adds to it has read what he adds.

Source: the batch query of OSV, https://google.github.io/osv.dev/post-v1-querybatch/
"""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from tools.audit_dependencies import ROOT, pins_of

SERVICE = "https://api.osv.dev/v1/querybatch"
ALLOWED = "yes"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PATIENCE_S = 30.0


def questions(pins: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """Return one question for each locked version."""
    return [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, versions in sorted(pins.items())
        for version in sorted(versions)
    ]


def known_weaknesses(service: str, pins: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Ask a service, and tell each weakness it knows.

    Raises: ValueError for an address without TLS, or an answer that does not fit the questions;
    httpx.HTTPError when the service does not answer.
    """
    asked, address = questions(pins), urlsplit(service)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ValueError(f"{service}: what decides on our safety is asked over https only")
    answer = httpx.post(service, json={"queries": asked}, timeout=PATIENCE_S, follow_redirects=False)
    answer.raise_for_status()
    results = answer.json()["results"]
    if len(results) != len(asked):
        raise ValueError(f"{service}: {len(asked)} questions, and {len(results)} answers")
    for one, said in zip(asked, results, strict=True):
        if said.get("next_page_token"):
            raise ValueError(f"{service}: more is known of {one['package']['name']} than one answer holds")
        for weakness in said.get("vulns", ()):
            yield f"{one['package']['name']} {one['version']}: {weakness['id']}"


def main() -> int:
    """Ask, if whoever runs this said that the network may be used."""
    if os.environ.get("NETWORK") != ALLOWED:
        sys.stderr.write("audit: asks a service on the network; allow it with 'make audit NETWORK=yes'\n")
        return 2
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    pins = pins_of(*(path.read_text(encoding="utf-8") for path in locks))
    try:
        found = list(known_weaknesses(os.environ.get("ADVISORIES", SERVICE), pins))
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"audit: the service gave no answer that can be used ({error}); nothing is known\n")
        return 4
    for weakness in found:
        sys.stdout.write(f"{weakness}\n")
    sys.stdout.write(f"audit: {len(questions(pins))} versions asked, {len(found)} weaknesses known\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
