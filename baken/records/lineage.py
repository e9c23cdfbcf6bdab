"""Where a record came from: sources, method, settings, and digests that anyone can compute again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import rfc8785


def digest_of_bytes(content: bytes) -> str:
    """Return the name a content has everywhere.

    >>> digest_of_bytes(b"")
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    return "sha256:" + hashlib.sha256(content).hexdigest()


def digest_of_json(document: object) -> str:
    """Return the digest of a JSON document in its canonical form, the same on every machine.

    Raises: ValueError when the document holds what JSON cannot carry (NaN, infinity, an integer past 2^53).
    Source: RFC 8785.

    >>> digest_of_json({"b": 1, "a": 2.0}) == digest_of_json({"a": 2, "b": 1})
    True
    """
    return digest_of_bytes(rfc8785.dumps(document))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing a record was made from, by name and by content."""

    name: str
    digest: str
    as_of_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """How a record was made, so that another can make it again and get the same bytes.

    ``settings`` are pairs in order of name, as text: what was chosen, and nothing that varies by machine.
    """

    sources: tuple[Source, ...] = ()
    method: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    code_version: str = ""

    def __post_init__(self) -> None:
        names = [name for name, _ in self.settings]
        if names != sorted(set(names)):
            raise ValueError(f"settings of a lineage stand once each, in order of name; these are {names}")


NO_LINEAGE = Lineage()
# What a setting says that names a file by its digest, where there was none.
NO_FILE = "none"


def settings_of(settings: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return settings as a lineage keeps them.

    >>> settings_of({"step_s": 120.0, "days": 7})
    (('days', '7'), ('step_s', '120.0'))
    """
    return tuple((name, str(settings[name])) for name in sorted(settings))
