"""Partners as a person reads them at a terminal: who they are, what came in, what passed with them."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from baken.operations.partner_entries import ReceivedItem, WithPartner
from baken.operations.receive_folder import Outcome
from baken.operations.take_evidence import title_of
from baken.operations.would_get import WouldGet
from baken.records.evidence import entry_id_of
from baken.records.partner import Partner
from baken.report.words import Speech
from baken.share.partner_doubts import Doubted
from baken.testing.check_partner import Tried

# As much of an item's name as tells it from others; the whole stands in --json.
SHORT_ID = 12


def partners_table(told: Sequence[tuple[Partner, Sequence[Doubted]]], at_tai_ns: int, say: Speech) -> Table:
    """Return the partners of a home, one a row."""
    table = _table(
        say("partner.list"),
        *(say(f"partner.{name}") for name in ("code", "name", "realms", "keys", "agreements", "look")),
    )
    for partner, doubts in told:
        in_force = [each.name for each in partner.agreements if each.is_in_force(at_tai_ns)]
        n_good = sum(each.revoked_since_tai_ns is None for each in partner.keys)
        table.add_row(
            Text(partner.code),
            Text(partner.name(say.language)),
            Text(", ".join(sorted(partner.realms)) or "-"),
            str(n_good),
            Text("\n".join(in_force) or "-"),
            Text("\n".join(doubt_text(each, say) for each in doubts) or "-"),
        )
    return table


def partner_table(partner: Partner, doubts: Sequence[Doubted], at_tai_ns: int, say: Speech) -> Table:
    """Return all that is said of one partner."""
    table = _table(f"{partner.code}: {partner.name(say.language)}", "", "")
    table.show_header = False
    in_force = [each.name for each in partner.agreements if each.is_in_force(at_tai_ns)]
    for name, value in (
        ("audiences", ", ".join(sorted(partner.audiences | {partner.code}))),
        ("realms", ", ".join(sorted(partner.realms))),
        ("agreements", "\n".join(in_force)),
        ("clearances", ", ".join(sorted(partner.clearances(at_tai_ns)))),
        ("needs", ", ".join(sorted(partner.needs))),
        ("licences", ", ".join(sorted(partner.licences))),
        ("handling", "; ".join(partner.handling.tokens)),
        ("purpose", partner.purpose),
        ("precision", partner.precision),
        ("reciprocal", say("partner.yes" if partner.reciprocal else "partner.no")),
        ("keys", "\n".join(each.vkey for each in partner.keys)),
        ("folders", ", ".join(each or "-" for each in (partner.out_folder, partner.in_folder))),
        ("contact", partner.contact),
        ("look", "\n".join(doubt_text(each, say) for each in doubts)),
    ):
        table.add_row(say(f"partner.{name}"), Text(value or "-"))
    return table


def doubt_text(doubted: Doubted, say: Speech) -> str:
    """Return in words what to look at."""
    return say(f"partner.doubt.{doubted.doubt}", which=doubted.name)


def tries_table(tries: Sequence[Tried], say: Speech) -> Table:
    """Return what was offered on purpose, and what policy said of each."""
    table = _table(say("partner.tried"), *(say(f"partner.{name}") for name in ("offered", "said", "rules")))
    for tried in tries:
        offered = say(f"partner.probe.{tried.probe}") + (f" ({tried.name})" if tried.name else "")
        rules = (*tried.decision.policy_ids, *tried.decision.errors)
        table.add_row(Text(offered), _said_of(tried, say), Text("\n".join(rules)))
    return table


def _said_of(tried: Tried, say: Speech) -> Text:
    if not tried.is_as_it_should_be:
        return Text(say("partner.would-go"), style="bold red")
    return Text(say("partner.goes" if tried.decision.allowed else "partner.refused"))


def would_table(found: Sequence[WouldGet], code: str, say: Speech) -> Table:
    """Return what a partner would get today, entry by entry."""
    columns = ("entry", "kind", "about", "what", "label", "rules")
    table = _table(say("partner.would", code=code), *(say(f"partner.{name}") for name in columns))
    for each in found:
        entry = each.kept.entry
        cells = (entry.kind.value, entry.subject, title_of(entry), entry.marking.text)
        table.add_row(each.kept.entry_id, *map(Text, cells), Text("\n".join(each.decision.policy_ids)))
    return table


def outcomes_table(outcomes: Sequence[Outcome], say: Speech, *, in_full: bool) -> Table:
    """Return what became of each file, and for who may read everything also of each item in it."""
    table = _table(say("partner.received"), say("partner.file"), say("partner.outcome"))
    for outcome in outcomes:
        table.add_row(Text(outcome.name), Text("\n".join(_lines(outcome, say, in_full))))
    return table


def _lines(outcome: Outcome, say: Speech, in_full: bool) -> Iterator[str]:
    if outcome.refused is not None:
        # Why in full may name labels of what he may not know of.
        yield str(outcome.refused) if in_full else f"refused ({outcome.refused.why})"
    if outcome.received is None:
        return
    bundle = outcome.received.bundle
    yield say("partner.taken", number=bundle.number, code=bundle.sender, items=len(bundle.items))
    if not in_full:
        return
    for item in bundle.items:
        yield f"  {item.kind} {item.title}: {outcome.received.verdicts[item.item_id]}"
    for recall in bundle.recalls:
        yield "  " + say(
            "partner.recall-open", code=bundle.sender, item=recall.item_id[:SHORT_ID], because=recall.because
        )
    for answer in bundle.answers:
        yield f"  {answer.kind}: {answer.text}"


def numbers_text(now: WithPartner, say: Speech) -> str:
    """Return how far the bundles of a partner and ours are."""
    received, sent = ("-" if link is None else link.number for link in (now.received, now.sent))
    return say("partner.log.numbers", received=received, sent=sent, taken_to=now.taken_to)


def exchange_view(now: WithPartner, at_tai_ns: int, say: Speech) -> Iterator[RenderableType]:
    """Return what passed with a partner: the numbers, what he sent, what he asks, what he said of ours."""
    yield Text(say("partner.log", code=now.partner, realm=now.realm.value), style="bold")
    yield Text(numbers_text(now, say))
    for name, numbers in (("refused", now.refused), ("not-taken", now.not_taken)):
        if numbers:
            yield Text(say(f"partner.log.{name}", numbers=", ".join(map(str, numbers))))
    if now.items:
        yield _items_table(now.items, at_tai_ns, say)
    for recall in now.recalls:
        if recall.our_answer is None:
            yield Text(
                say(
                    "partner.recall-open",
                    code=now.partner,
                    item=recall.item_id[:SHORT_ID],
                    because=recall.because,
                )
            )
    if now.answers:
        yield _answers_table(now, say)
    if now.due:
        yield Text(say("partner.log.due", count=len(now.due)))


def _items_table(items: Sequence[ReceivedItem], at_tai_ns: int, say: Speech) -> Table:
    columns = ("item", "entry", "kind", "what", "label", "standing", "verdict", "answered")
    table = _table("", *(say(f"partner.{name}") for name in columns))
    for item in items:
        standing = say(f"partner.standing.{item.standing(at_tai_ns)}", because=item.recalled_because or "")
        cells = (item.kind, item.title, item.marking.text, standing, item.verdict)
        table.add_row(
            item.item_id[:SHORT_ID],
            entry_id_of(item.entry_sequence),
            *map(Text, cells),
            ", ".join(item.our_answers) or "-",
        )
    return table


def _answers_table(now: WithPartner, say: Speech) -> Table:
    columns = ("item", "entry", "about", "said-of", "what", "label")
    table = _table(say("partner.answers"), *(say(f"partner.{name}") for name in columns))
    for each in now.answers:
        answer = each.answer
        cells = (each.subject, answer.kind.value, answer.text, answer.marking.text)
        table.add_row(answer.item_id[:SHORT_ID], entry_id_of(each.entry_sequence), *map(Text, cells))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table
