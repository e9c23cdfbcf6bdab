"""``baken respond playbook``: a plan out as a CACAO 2.0 playbook, and a playbook in as a file to read."""

from pathlib import Path
from typing import Annotated

import typer

from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console
from baken.errors import UnreadableInput, WrongUsage
from baken.formats.cacao import read_cacao, write_cacao
from baken.records.response import Mechanism
from baken.respond.mechanism_text import write_mechanism
from baken.respond.playbook import playbook_of
from baken.respond.playbook_import import mechanism_from
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import STANDARD_STREAM, read_bytes, refuse_unwritable, said_of, write_bytes
from baken.wiring.mechanisms import FOLDER, mechanism

# The levels of TLP 2.0, as people type them.
LEVELS = {
    "red": "TLP:RED",
    "amber+strict": "TLP:AMBER+STRICT",
    "amber": "TLP:AMBER",
    "green": "TLP:GREEN",
    "clear": "TLP:CLEAR",
}
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")
]

app = typer.Typer(help="Plans as CACAO 2.0 playbooks, out and in.", no_args_is_help=True)


@app.command("export")
def export_playbook(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="Which plan, by its name.")],
    mechanism_name: Annotated[
        str, typer.Option("--mechanism", metavar="NAME", help="Whose mechanism: nl, eu, or your own.")
    ] = "nl",
    tlp: Annotated[
        str, typer.Option("--tlp", help="Who may read it: red, amber+strict, amber, green or clear.")
    ] = "red",
    output: Output = STANDARD_STREAM,
) -> int:
    """Write a plan of the mechanism as a playbook: each task a manual step, in the language asked for.

    It names roles and nobody's telephone.  Marked TLP:RED until somebody says who else may read it.
    """
    setting: Setting = context.obj
    if tlp not in LEVELS:
        raise WrongUsage(f"--tlp is one of {', '.join(LEVELS)}; it was {tlp}")
    refuse_unwritable(output)
    playbook = playbook_of(
        mechanism(setting.home, mechanism_name),
        plan,
        made_tai_ns=now_tai_ns(),
        tlp_level=LEVELS[tlp],
        language=setting.language,
    )
    write_bytes(output, write_cacao(playbook).encode())
    return Exit.DONE


@app.command("import")
def import_playbook(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="A CACAO 2.0 playbook; - is standard input.")],
    output: Output = STANDARD_STREAM,
) -> int:
    """Write a playbook as a mechanism file with one plan of manual tasks, for a person to read.

    Nothing in it is carried out, and it is not put in place: read it, correct it, then put it there.
    """
    setting: Setting = context.obj
    _refuse_in_place(setting, output)
    refuse_unwritable(output)
    with said_of(path):
        taken = mechanism_from(read_cacao(_text(read_bytes(path))))
    write_bytes(output, write_mechanism(taken).encode())
    log_console(setting).print(_left_to_do(taken), markup=False, highlight=False, soft_wrap=True)
    return Exit.DONE


def _refuse_in_place(setting: Setting, output: str) -> None:
    """Refuse to write where the home's own mechanisms are read: what a stranger sent is read first."""
    if output != STANDARD_STREAM and Path(output).resolve().parent == (setting.home / FOLDER).resolve():
        raise WrongUsage(
            f"{output}: a mechanism there holds at once; write it elsewhere, read it, then move it"
        )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"this is no text in UTF-8 (byte {error.start}); ask for it anew") from error


def _left_to_do(taken: Mechanism) -> str:
    """Return what a person still has to see to."""
    tasks = taken.plans[0].tasks
    n_open = sum(1 for task in tasks if not task.by)
    n_unconfirmed = sum(1 for task in tasks if task.to_be_confirmed)
    return (
        f"{len(tasks)} tasks, {n_open} that nobody has, {n_unconfirmed} to be confirmed; "
        "read it, and check it with 'baken respond lint FILE'"
    )
