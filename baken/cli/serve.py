"""``baken serve``: the HTTP door of a node."""

from typing import Annotated

import typer
from rich.text import Text

from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console
from baken.errors import RefusedByPolicy
from baken.records.reader import Keeper
from baken.web.app import application
from baken.web.guard import LOOPBACK
from baken.web.service import Service
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.pages import code_version
from baken.wiring.people import actor
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import open_for_many

# A stream that nobody closes would keep the door open for ever.
CLOSE_WITHIN_S = 3


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="Where to listen; this machine only, unless --only-reports.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8420,
    only_reports: Annotated[
        bool,
        typer.Option(
            "--only-reports", help="Only the doors for reports and acknowledgements: for strangers."
        ),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A name under which this node is asked."),
    ] = None,
    by: Annotated[str | None, typer.Option("--as", metavar="NAME", help="On whose behalf.")] = None,
) -> int:
    """Answer over HTTP, on behalf of one person at this machine."""
    setting: Setting = context.obj
    if host not in LOOPBACK and not only_reports:
        raise RefusedByPolicy(
            f"--host {host}: whoever reaches it could read and do all that you can; listen on 127.0.0.1, or "
            "open the door for reports alone with --only-reports"
        )
    import uvicorn  # Not needed by any other command, and slow to come.

    keeper = Keeper(name=actor(by))
    with open_for_many(setting.home) as seen_by:
        store, log = seen_by(keeper)
        service = Service(
            store=store,
            log=log,
            actor=keeper.name,
            lend=seen_by,
            rules=priority_rules(setting.home),
            now_tai_ns=now_tai_ns,
            luck=luck,
            home=setting.home,
        )
        names = {host, *LOOPBACK, *(name or ())}
        app = application(service, hosts=names, version=code_version(), only_reports=only_reports)
        log_console(setting).print(
            Text(f"http://{host}:{port}/report  ·  http://{host}:{port}/api/v1/openapi.json")
        )
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=CLOSE_WITHIN_S,
        )
    return Exit.DONE
