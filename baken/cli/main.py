"""The command line: what Baken can be asked, and how a refusal is told."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command, get_group

from baken.cli.commands import NOUNS, VERBS
from baken.cli.exits import Exit, error_line, exit_of
from baken.cli.setting import Setting
from baken.errors import BakenError
from baken.wiring.home import home_folder


class ByName(TyperGroup):
    """All commands by name, each brought in when it is asked for: whoever asks one waits for one."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return their names, in the order in which people meet them."""
        return [*VERBS, *NOUNS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return one of them; ``None`` when there is none of that name."""
        if cmd_name in self.list_commands(ctx) and cmd_name not in self.commands:
            found = get_command(VERBS[cmd_name]()) if cmd_name in VERBS else get_group(NOUNS[cmd_name]())
            found.name = cmd_name
            self.add_command(found, cmd_name)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    cls=ByName,
    name="baken",
    help="Space security: from observation to warning, with evidence another state can verify.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# People type these where they think of them.
FOR_EVERY_COMMAND = frozenset({"--json", "--quiet", "-q", "--debug"})


@app.callback()
def remember(
    context: typer.Context,
    home: Annotated[str | None, typer.Option(help="Where Baken keeps things; else $BAKEN_HOME.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error arose.")] = False,
    language: Annotated[str, typer.Option("--language", help="en or nl, for what people read.")] = "en",
) -> None:
    """Remember what was said before the command."""
    context.obj = Setting(
        home=home_folder(home), as_json=as_json, quiet=quiet, debug=debug, language=language
    )


def answer(arguments: list[str]) -> int:
    """Answer one command line; refusals become one line on standard error, and a number."""
    try:
        result = app(said_first(arguments), standalone_mode=False)
    except TyperException as error:
        told = getattr(error, "format_message", error.__str__)()
        if not told:  # the help was asked for by asking nothing
            return Exit.WRONG_USAGE_OR_INPUT
        return _refuse(f"{told}; see 'baken --help'", Exit.WRONG_USAGE_OR_INPUT)
    except BakenError as error:
        if "--debug" in arguments:
            raise
        return _refuse(error, exit_of(error))
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        # Whoever read along has seen enough.
        sys.stderr.close()
        return Exit.DONE
    except Exception as error:
        # The last door: whoever asked gets a line that says whose mistake it is, not a stack.
        if "--debug" in arguments:
            raise
        ours = f"a mistake of Baken's own, {type(error).__name__}: {error}"
        return _refuse(f"{ours}; ask again with --debug and report what it says", Exit.OWN_MISTAKE)
    # Typer turns an interrupt into its exit code and says nothing.
    return _interrupted() if result == Exit.INTERRUPTED else int(result or Exit.DONE)


def said_first(arguments: list[str]) -> list[str]:
    """Return the words of a command line, those that hold for every command moved to its front.

    >>> said_first(["screen", "--days", "1", "--json"])
    ['--json', 'screen', '--days', '1']
    """
    ends = arguments.index("--") if "--" in arguments else len(arguments)
    general = [word for word in arguments[:ends] if word in FOR_EVERY_COMMAND]
    return general + [word for word in arguments[:ends] if word not in FOR_EVERY_COMMAND] + arguments[ends:]


def _interrupted() -> int:
    return _refuse("interrupted; what was kept before stays kept, ask again to go on", Exit.INTERRUPTED)


def _refuse(error: BaseException | str, code: Exit) -> int:
    sys.stderr.write(error_line(error if isinstance(error, BaseException) else BakenError(error)) + "\n")
    return code
