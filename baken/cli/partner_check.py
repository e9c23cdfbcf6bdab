"""``baken partner check``: is it safe to share with a partner as his file describes him?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, working
from baken.cli.partner_view import doubt_text, tries_table, would_table
from baken.cli.setting import Setting, table_console
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_keys import periods_of_partner
from baken.operations.ports import DEFAULT_NODE
from baken.operations.would_get import WouldGet, audiences_in_labels, would_get
from baken.records.partner import Partner
from baken.records.reader import Item
from baken.report.words import Speech
from baken.share.decide import Decision
from baken.share.partner_doubts import Doubted, doubts_about
from baken.testing.check_partner import Sharing, Tried, release_of_a_try, tries, would_go
from baken.wiring.classifications import classifications
from baken.wiring.clock import now_tai_ns
from baken.wiring.partner_documents import partner_document, tried_document, would_document
from baken.wiring.partners import partner_of_file, partners
from baken.wiring.policies import policies

# A table longer than this is for --json.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found of one file; ``would`` is nothing where there is no home to look in."""

    file: str
    partner: Partner
    doubts: tuple[Doubted, ...]
    tries: tuple[Tried, ...]
    would: tuple[WouldGet, ...] | None

    @property
    def is_sound(self) -> bool:
        return all(each.is_as_it_should_be for each in self.tries)


def check(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files of partners, as TOML.")],
    by: By = None,
) -> int:
    """Check files of partners: offer what must not go, and show what each would get today."""
    setting: Setting = context.obj
    read = {file: partner_of_file(file) for file in files}
    for each in read.values():
        periods_of_partner(each)
    known = partners(setting.home)
    if setting.home.exists():
        with working(context, by) as place:
            sharing = _sharing(setting, place.store.node_name())
            checked = [_checked(file, one, sharing, known, place.desk.log) for file, one in read.items()]
    else:
        sharing = _sharing(setting, DEFAULT_NODE)
        checked = [_checked(file, one, sharing, known, None) for file, one in read.items()]
    if setting.as_json:
        print_json({"partners": [_document(each, sharing.at_tai_ns) for each in checked]})
    else:
        for found in checked:
            _tell(found, Speech(setting.language))
    return Exit.DONE if all(each.is_sound for each in checked) else Exit.DOES_NOT_HOLD


def _sharing(setting: Setting, node: str) -> Sharing:
    return Sharing(
        node=node,
        policies=policies(setting.home),
        classifications=classifications(setting.home),
        at_tai_ns=now_tai_ns(),
    )


def _checked(
    file: str, one: Partner, sharing: Sharing, known: Mapping[str, Partner], log: EvidenceLog | None
) -> Checked:
    others = {code: other for code, other in known.items() if code != one.code}
    audiences = frozenset[str]().union(*(other.audiences for other in others.values()))
    if log is not None:
        audiences = audiences.union(*(audiences_in_labels(log, realm) for realm in one.realms))
    return Checked(
        file=file,
        partner=one,
        doubts=doubts_about(
            one, known_audiences=audiences, other_codes=frozenset(others), at_tai_ns=sharing.at_tai_ns
        ),
        tries=tries(one, sharing, frozenset(others)),
        would=None if log is None else _would(one, sharing, log),
    )


def _would(one: Partner, sharing: Sharing, log: EvidenceLog) -> tuple[WouldGet, ...]:
    release, now = release_of_a_try(one, sharing), sharing.at_tai_ns

    def ask(item: Item) -> Decision:
        return would_go(one, sharing, item, release)

    return tuple(
        found for realm in sorted(one.realms) for found in would_get(log, realm, sharing.node, ask, now)
    )


def _document(checked: Checked, at_tai_ns: int) -> dict[str, object]:
    would = checked.would
    return {
        "file": checked.file,
        "sound": checked.is_sound,
        "partner": partner_document(checked.partner, checked.doubts, at_tai_ns),
        "tried": [tried_document(each) for each in checked.tries],
        "would_get": None if would is None else [would_document(each) for each in would],
    }


def _tell(checked: Checked, say: Speech) -> None:
    console, code = table_console(), checked.partner.code
    for doubt in checked.doubts:
        console.print(Text(f"{checked.file}: {doubt_text(doubt, say)}"))
    console.print(tries_table(checked.tries, say))
    if checked.would:
        console.print(would_table(checked.would[-MOST_SHOWN:], code, say))
        if (more := len(checked.would) - MOST_SHOWN) > 0:
            console.print(Text(say("partner.would-more", count=more)))
    elif checked.would is not None:
        console.print(Text(say("partner.would-none", code=code)))
    if checked.is_sound:
        console.print(Text(say("partner.sound", file=checked.file)))
