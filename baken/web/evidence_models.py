"""What is sent in as evidence: what somebody says, a file, or a finding as it stands."""

import base64
import binascii
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from baken.astro.time import tai_ns_from_utc
from baken.errors import WrongUsage
from baken.records.marking import Realm
from baken.web.models import Labelled, Words

MaybeLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Subject = Annotated[str, Field(pattern=r"^[A-Z]{2,8}-[A-Z]{2}[0-9]{2}-[0-9]{4,9}$")]
# What is larger is kept where the file is: the door takes no more than a million bytes.
LARGEST_BASE64 = 980_000


class KindOfFile(StrEnum):
    """What a file is that is kept as evidence."""

    MESSAGE = "message"
    IMAGE = "image"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    STATEMENT = "statement"


class Stating(Labelled):
    """What somebody says of an incident or an event, where it comes from and since when."""

    about: Subject
    text: Words
    title: MaybeLine = ""
    source: MaybeLine = ""
    source_time_utc: MaybeLine = ""
    realm: Realm = Realm.REAL

    def checked_time(self) -> str:
        """Return when it came into being where it comes from; empty when nobody says.

        Raises: WrongUsage for what is no instant.
        """
        try:
            if self.source_time_utc:
                tai_ns_from_utc(self.source_time_utc)
        except ValueError as error:
            raise WrongUsage(f"source_time_utc: {error}") from error
        return self.source_time_utc


class Bringing(Stating):
    """A file in base64 (RFC 4648), kept as it is."""

    name: Annotated[str, Field(pattern=r"^[^/\\\x00-\x1f]{1,200}$")]
    content: Annotated[str, Field(max_length=LARGEST_BASE64)]
    text: Annotated[str, StringConstraints(max_length=10_000)] = ""
    kind: KindOfFile = KindOfFile.DOCUMENT

    def content_bytes(self) -> bytes:
        """Return the file.

        Raises: WrongUsage for what is no base64.
        """
        try:
            return base64.b64decode(self.content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise WrongUsage(f"content: is no base64 ({error})") from error
