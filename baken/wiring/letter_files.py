"""The letters of an exercise as files a person can read: one for each that arrived, in the order they did."""

from collections.abc import Mapping

from baken.astro.time import utc_text
from baken.records.response_standing import Notice, ResponseStanding
from baken.respond.notice_life import ARRIVED

FOLDER = "letters"


def letter_files(found: ResponseStanding) -> Mapping[str, bytes]:
    """Return each letter that arrived, by the name of its file: to whom, when, by which way, what it says."""
    arrived = [notice for notice in found.notices if notice.stage in ARRIVED and notice.attempts]
    arrived.sort(key=lambda notice: (_arrived_tai_ns(notice), notice.key))
    return {
        f"{FOLDER}/{number:03}-{notice.key.replace('/', '.')}.txt": _text(found, notice).encode()
        for number, notice in enumerate(arrived, 1)
    }


def _arrived_tai_ns(notice: Notice) -> int:
    last = notice.attempts[-1]
    return last.ended_at_tai_ns or last.began_at_tai_ns


def _text(found: ResponseStanding, notice: Notice) -> str:
    lines = (
        f"To: {notice.role_id}",
        f"When: {utc_text(_arrived_tai_ns(notice), 0)}",
        f"By: {notice.attempts[-1].way}",
        f"World: {found.realm}",
        f"Facts from: {', '.join(notice.carried_by) or '-'}",
        f"Subject: {notice.subject}",
        "",
        notice.text,
        "",
    )
    return "\n".join(lines)
