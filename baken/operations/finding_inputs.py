"""What a finding was made from, by digest: which of the files at hand it speaks of."""

from collections.abc import Mapping

from baken.errors import UnreadableInput, WrongUsage
from baken.formats.sniff import unpack
from baken.records.event import Finding
from baken.records.lineage import NO_FILE, Source, digest_of_bytes


def inputs_named(finding: Finding) -> tuple[Source, ...]:
    """Return every file a finding was made from: the sources of its lineage, and what its settings name."""
    known = tuple(
        Source(name=name, digest=value)
        for name, value in finding.lineage.settings
        if name in BESIDE and value != NO_FILE
    )
    return (*finding.lineage.sources, *known)


# Settings whose value is the digest of a file: what is known beside the catalogue.
BESIDE = ("hard_body_radii", "space_weather")


def input_of(finding: Finding, name: str, content: bytes) -> bytes:
    """Return a file as the finding was made from it: as it is, or unpacked.

    Raises: WrongUsage when it is none of the finding's inputs.
    """
    named = {source.digest for source in inputs_named(finding)}
    for one in (content, unpack(content)):
        if digest_of_bytes(one) in named:
            return one
    told = ", ".join(f"{source.name} ({source.digest})" for source in inputs_named(finding)) or "nothing"
    raise WrongUsage(
        f"{name} ({digest_of_bytes(content)}) is not what this finding was made from; that is {told}"
    )


def refuse_missing(finding: Finding, contents: Mapping[str, bytes]) -> None:
    """Refuse to go on without every input of a finding among contents by digest.

    Raises: UnreadableInput naming those that are missing.
    """
    missing = [source for source in inputs_named(finding) if source.digest not in contents]
    if missing:
        told = ", ".join(f"{source.name} ({source.digest})" for source in missing)
        raise UnreadableInput(
            f"not in this dossier: {told}; who made it adds it with 'baken evidence add --event --input'"
        )
