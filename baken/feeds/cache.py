"""Answers on disk.  A copy is given out only when it still is what was received."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from baken.feeds.files import FOR_ITS_OWNER, make_last, settle, write_whole
from baken.records.lineage import digest_of_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a kept answer: where it came from, when, and what the service calls this version.

    ``checked_tai_ns`` is when the service last sent it or said that it had not changed.
    """

    url: str
    digest: str
    fetched_at_tai_ns: int
    checked_at_tai_ns: int
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the cache holds for a URL.  ``discarded`` tells of a copy that could not be trusted."""

    entry: Entry | None = None
    content: bytes = b""
    discarded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """A folder of answers.  Whoever writes stands in the service's queue; readers need not."""

    folder: Path

    def find(self, url: str) -> Found:
        """Return the kept answer to a URL, its digest checked; a damaged one counts as none, and is told."""
        seen = None
        while (text := self._entry_text(url)) is not None and text != seen:
            # A body that is gone may have been replaced while we read: then the entry has changed as well.
            seen = text
            found = self._read(url, text)
            if found.entry is not None:
                return found
        return found if text is not None else Found()

    def keep(self, entry: Entry, part: Path) -> None:
        """Keep a received file.  The body is in place before the entry points at it."""
        body = self._body_path(entry)
        body.parent.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        make_last(part)
        settle(part, body)
        self.confirm(entry)
        for other in self.folder.glob(f"{_key(entry.url)}.*.body"):
            if other != body:
                other.unlink(missing_ok=True)

    def confirm(self, entry: Entry) -> None:
        """Keep what was newly learnt of an answer whose bytes stand."""
        write_whole(self._entry_path(entry.url), json.dumps(asdict(entry), indent=1).encode("utf-8"))

    def discard(self, url: str) -> None:
        """Throw away what is kept of a URL."""
        self._entry_path(url).unlink(missing_ok=True)

    def _read(self, url: str, entry_text: str) -> Found:
        try:
            entry = Entry(**json.loads(entry_text))
            content = self._body_path(entry).read_bytes()
        except (ValueError, TypeError, AttributeError, OSError) as problem:
            return Found(discarded=f"discarded the kept answer to {url}: it cannot be read ({problem})")
        if entry.url != url or digest_of_bytes(content) != entry.digest:
            return Found(discarded=f"discarded the kept answer to {url}: its bytes are not those received")
        return Found(entry=entry, content=content)

    def _entry_text(self, url: str) -> str | None:
        try:
            return self._entry_path(url).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None

    def _entry_path(self, url: str) -> Path:
        return self.folder / f"{_key(url)}.json"

    def _body_path(self, entry: Entry) -> Path:
        return self.folder / f"{_key(entry.url)}.{_key(entry.digest)}.body"


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
