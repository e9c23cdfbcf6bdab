"""The contribution ledger as rows of a table: one item a row, what went and what came, in order of time."""

from collections.abc import Iterator

from baken.astro.time import utc_text
from baken.records.contribution import Contribution, Given, Returned
from baken.records.terms import Terms
from baken.report.words import Speech

COLUMNS = ("way", "when", "name", "title", "precision", "label", "terms", "stands")
SHORT_ID = 12
SEPARATOR = "; "


def contribution_rows(told: Contribution, say: Speech) -> list[tuple[str, ...]]:
    """Return a row for each item that passed with one partner."""
    names = {each.item_id: str(each.release_id) for each in told.given}
    dated = [(each.went_at_tai_ns, _given(each, say)) for each in told.given]
    dated += [(each.came_at_tai_ns, _returned(each, names, say)) for each in told.returned]
    return [row for _, row in sorted(dated, key=lambda pair: pair[0])]


def contribution_summary(told: Contribution, say: Speech) -> str:
    """Say in one line how much passed each way."""
    return say(
        "contribution.summary",
        given=len(told.given),
        answered=told.n_answered,
        dissents=told.n_dissents,
        returned=len(told.returned),
    )


def _given(one: Given, say: Speech) -> tuple[str, ...]:
    stands = [
        say(f"release.stage.{one.stage}"),
        *(say(f"contribution.said.{each}") for each in one.said),
    ]
    return (
        say("contribution.way.given"),
        utc_text(one.went_at_tai_ns, 0),
        str(one.release_id),
        one.title,
        one.precision,
        one.label.text,
        _terms_text(one.terms, say),
        SEPARATOR.join(dict.fromkeys(stands)),
    )


def _returned(one: Returned, names: dict[str, str], say: Speech) -> tuple[str, ...]:
    reply = names.get(one.in_reply_to, one.in_reply_to[:SHORT_ID])
    stands = [say(f"contribution.standing.{one.standing}")]
    if reply:
        stands.append(say("contribution.reply", ours=reply))
    return (
        say("contribution.way.returned"),
        utc_text(one.came_at_tai_ns, 0),
        one.item_id[:SHORT_ID],
        one.title,
        "",
        one.label.text,
        _terms_text(one.terms, say),
        SEPARATOR.join(stands),
    )


def _terms_text(terms: Terms, say: Speech) -> str:
    return SEPARATOR.join(_terms_said(terms, say))


def _terms_said(terms: Terms, say: Speech) -> Iterator[str]:
    if terms.purpose:
        yield say("contribution.purpose", purpose=terms.purpose)
    yield say(f"contribution.onward.{terms.onward}")
    expires = terms.expires_tai_ns
    yield (
        say("contribution.no_end")
        if expires is None
        else say("contribution.until", when=utc_text(expires, 0))
    )
    if terms.licence:
        yield say("contribution.licence", licence=terms.licence)
