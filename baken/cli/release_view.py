"""Releases on a screen: what a recipient would see, field by field, and how a release stands."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.operations.take_evidence import title_of
from baken.records.evidence import entry_id_of
from baken.records.release import ReleaseStanding
from baken.records.release_view import PieceView, ReleaseView
from baken.records.terms import Terms
from baken.report.words import Speech
from baken.share.policy import Policies
from baken.wiring.release_documents import readable

NOTHING = "–"
DIGEST_SHOWN = 15


def show_view(console: Console, view: ReleaseView, say: Speech) -> None:
    """Print what one recipient would see, so that whoever signs it signs on what he read."""
    console.print(Text(say("release.would_see", recipient=view.recipient, what=view.what), style="bold"))
    for piece in view.pieces:
        console.print(_heading(piece, say))
        if piece.fields:
            console.print(_fields(piece, say))
        console.print(_grid(_ruled(piece, say)))
    if not view.may_go:
        console.print(Text(say("release.nothing"), style="bold yellow"))
    console.print(_grid(_terms(view, say)))
    if view.needs_two:
        console.print(Text(say("release.two")))


def show_rules(console: Console, views: Sequence[ReleaseView], policies: Policies, say: Speech) -> None:
    """Print what the rules that decided say to people, each once."""
    names = sorted({name for view in views for piece in view.pieces for name in piece.policy_ids})
    said = ((name, policies.says(name, say.language)) for name in names)
    console.print(_grid((name, words) for name, words in said if words))


def _heading(piece: PieceView, say: Speech) -> Text:
    entry = piece.kept.entry
    told = say("release.entry", entry=piece.kept.entry_id, kind=entry.kind.value, title=title_of(entry))
    return Text(f"\n{told}  [{say('release.goes' if piece.goes else 'release.stays')}]")


def _fields(piece: PieceView, say: Speech) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("field", "after", "before", "rule"):
        table.add_column(say(f"release.column.{name}"), overflow="fold")
    for each in piece.fields:
        after = say("release.not_told") if each.after is None else readable(each.name, each.after)
        style = "dim" if each.after is None else ""
        cells = (each.name, after, readable(each.name, each.before), _rule_text(each.rule, say))
        table.add_row(*(Text(cell, style=style) for cell in cells))
    return table


def _rule_text(rule: str, say: Speech) -> str:
    """Return what was done to a field in words; a rule of policy is called as it is there."""
    return say(f"reduction.{rule}") if say.knows(f"reduction.{rule}") else rule


def _ruled(piece: PieceView, say: Speech) -> Iterator[tuple[str, str]]:
    yield say("release.rules"), ", ".join(piece.policy_ids) or NOTHING
    yield say("release.asked"), ", ".join(piece.obligations) or NOTHING
    if piece.missing_consents:
        yield say("release.missing"), ", ".join(piece.missing_consents)


def _terms(view: ReleaseView, say: Speech) -> Iterator[tuple[str, str]]:
    yield say("release.label"), view.label.text if view.label else NOTHING
    yield from _terms_rows(view.terms, say)
    yield say("release.precision"), view.precision or NOTHING
    yield say("release.not_before"), utc_text(view.not_before_tai_ns, 0)
    yield say("release.digest"), view.policy_digest[:DIGEST_SHOWN]
    if view.troubles:
        yield say("release.troubles"), "; ".join(view.troubles)


def _terms_rows(terms: Terms, say: Speech) -> Iterator[tuple[str, str]]:
    yield say("release.purpose"), terms.purpose or NOTHING
    yield say("release.onward"), say(f"release.onward.{terms.onward}")
    yield say("release.until"), NOTHING if terms.expires_tai_ns is None else utc_text(terms.expires_tai_ns, 0)
    if terms.licence:
        yield say("release.licence"), terms.licence


def release_table(found: Sequence[ReleaseStanding], realm: str, say: Speech) -> Table:
    """Return one line for each release."""
    title = say("release.list", realm=realm, count=len(found))
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("release", "what", "to", "stage", "bundle"):
        table.add_column(say(f"release.column.{name}"), overflow="fold")
    table.add_column(say("release.label"), overflow="fold")
    for one in found:
        bundle = NOTHING if one.bundle_number is None else str(one.bundle_number)
        cells = (str(one.release_id), one.offer.what, one.offer.recipient, _stage(one, say), bundle)
        table.add_row(*map(Text, (*cells, one.offer.label.text)))
    return table


def show_release(console: Console, found: ReleaseStanding, say: Speech) -> None:
    """Print how one release stands, and all that happened to it."""
    offer = found.offer
    console.print(
        Text(f"{found.release_id}  {offer.what} → {offer.recipient}  [{offer.realm}]", style="bold")
    )
    console.print(_grid(_facts(found, say)))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    for _ in range(5):
        table.add_column(overflow="fold")
    for moment in found.moments:
        table.add_row(
            Text(utc_text(moment.at_tai_ns, 0)),
            Text(say(f"release.step.{moment.step}")),
            Text(moment.by),
            Text(moment.because),
            Text(entry_id_of(moment.entry_sequence)),
        )
    console.print(table)


def _facts(found: ReleaseStanding, say: Speech) -> Iterator[tuple[str, str]]:
    offer = found.offer
    yield say("release.stage"), _stage(found, say)
    yield say("release.label"), offer.label.text
    yield from _terms_rows(offer.terms, say)
    yield say("release.precision"), offer.precision or NOTHING
    yield say("release.not_before"), utc_text(offer.not_before_tai_ns, 0)
    yield say("release.column.bundle"), NOTHING if found.bundle_number is None else str(found.bundle_number)
    yield say("release.entries"), str(found.n_entries)


def _stage(found: ReleaseStanding, say: Speech) -> str:
    return say(f"release.stage.{found.stage}")


def _grid(rows: Iterator[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(name, Text(value))
    return grid
