"""``baken policy``: which rules say who may read and what may go, and is a file of rules sound?"""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, table_console
from baken.operations.keep_policies import digests_kept, kept_policies
from baken.records.marking import Realm
from baken.share.policy import Policies, PolicySet
from baken.wiring.policies import policies, policy_file

app = typer.Typer(help="Rules of sharing: list those that hold here, check a file.", no_args_is_help=True)


@app.command("list")
def list_policies(context: typer.Context) -> int:
    """List the rules that hold in this home, set by set, and what cannot be read: then nothing is allowed."""
    setting: Setting = context.obj
    held = policies(setting.home)
    if setting.as_json:
        sets = [_document(each) for each in held.sets]
        print_json({"digest": held.digest, "sets": sets, "broken": list(held.broken)})
    else:
        for each in held.sets:
            _show(each, setting.language)
        for problem in held.broken:
            _say(f"{problem}; nothing is allowed until it is mended")
        _say(f"all together {held.digest}")
    return Exit.DOES_NOT_HOLD if held.broken else Exit.DONE


@app.command("check")
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A state's rules, like NL.cedar.")],
) -> int:
    """Check a file against the schema, and show its rules, what they oblige to, and its digest."""
    setting: Setting = context.obj
    read = policy_file(file)
    if setting.as_json:
        print_json(_document(read))
    else:
        _show(read, setting.language)
    if all(rule.forbids for rule in read.rules.values()):
        if not setting.as_json:
            _say(f"{file}: it permits nothing, so nobody may read or get anything; add a permit")
        return Exit.DOES_NOT_HOLD
    return Exit.DONE


@app.command("kept")
def kept(
    context: typer.Context,
    digest: Annotated[str, typer.Argument(metavar="[DIGEST]", help="Show these rules, as written.")] = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Show the rules that decisions in the log name by their digest, as they were at the time."""
    setting: Setting = context.obj
    with working(context, by) as place:
        if digest:
            return _show_text(setting, kept_policies(place.desk.log, realm, digest))
        found = digests_kept(place.desk.log, realm)
    if setting.as_json:
        print_json({"kept": [{"digest": name, "kept_utc": utc_text(when, 0)} for name, when in found]})
    else:
        for name, when in found:
            _say(f"{utc_text(when, 0)} {name}")
    return Exit.DONE


def _show_text(setting: Setting, held: Policies) -> int:
    if setting.as_json:
        print_json({"digest": held.digest, "texts": {each.name: each.text for each in held.sets}})
    else:
        for each in held.sets:
            _say(f"// {each.name}.cedar\n\n{each.text}")
    return Exit.DONE


def _show(policy_set: PolicySet, language: str) -> None:
    table = Table(title=policy_set.name, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("rule", "", "says", "obliges to"):
        table.add_column(heading, overflow="fold")
    for rule in policy_set.rules.values():
        effect = "forbids" if rule.forbids else "permits"
        said = (dict(rule.says).get(language, "-"), ", ".join(rule.obligations) or "-")
        table.add_row(Text(rule.rule_id), effect, *map(Text, said))
    table_console().print(table)
    _say(policy_set.digest)


def _say(line: str) -> None:
    table_console().print(line, markup=False, highlight=False, soft_wrap=True)


def _document(policy_set: PolicySet) -> dict[str, object]:
    return {
        "name": policy_set.name,
        "digest": policy_set.digest,
        "rules": [
            {
                "id": f"{policy_set.name}:{rule.rule_id}",
                "effect": "forbid" if rule.forbids else "permit",
                "obligations": list(rule.obligations),
                "says": dict(rule.says),
            }
            for rule in policy_set.rules.values()
        ],
    }
