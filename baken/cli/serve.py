"""``baken serve``: the HTTP door of a node."""

import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from fastapi import FastAPI
from rich.text import Text

from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console
from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.manage_people import people_now
from baken.records.reader import Keeper
from baken.web.app import application
from baken.web.entrance import Entrance
from baken.web.guard import LOOPBACK
from baken.web.service import Service
from baken.wiring.clock import now_tai_ns
from baken.wiring.code_version import code_version
from baken.wiring.identity_provider import identity_provider
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import PeopleOfHome, open_for_many, open_people

if TYPE_CHECKING:
    import uvicorn

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
    tls_cert: Annotated[str | None, typer.Option(metavar="FILE", help="Certificates, PEM.")] = None,
    tls_key: Annotated[str | None, typer.Option(metavar="FILE", help="Its private key, PEM.")] = None,
    behind_proxy: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of the proxy that speaks TLS for this door.")
    ] = None,
) -> int:
    """Answer over HTTP: people with an account, or without accounts one person at this machine."""
    setting: Setting = context.obj
    if (tls_cert is None) != (tls_key is None):
        raise WrongUsage("--tls-cert and --tls-key go together; give both")
    is_secure = bool(tls_cert or behind_proxy)
    if tls_cert and tls_key:
        _refuse_bad_certificate(tls_cert, tls_key)
    keeper = Keeper(name=actor(by))
    with open_for_many(setting.home) as seen_by, open_people(setting.home, keeper) as here:
        if host not in LOOPBACK and not only_reports:
            refuse_open_door(host, has_accounts=bool(people_now(here.log).accounts), is_secure=is_secure)
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
        app = application(
            service,
            hosts={host, *LOOPBACK, *(name or ())},
            version=code_version(),
            only_reports=only_reports,
            entrance=None if only_reports else _entrance(setting.home, here, keeper, is_secure),
        )
        address = f"{'https' if tls_cert else 'http'}://{host}:{port}"
        log_console(setting).print(Text(f"{address}/report  ·  {address}/api/v1/openapi.json"))
        listening(app, host, port, tls_cert, tls_key, behind_proxy).run()
    return Exit.DONE


def _entrance(home: Path, here: PeopleOfHome, keeper: Keeper, is_secure: bool) -> Entrance:
    return Entrance(
        people=here.people,
        log=here.log,
        keeper=keeper,
        node=here.node,
        now_tai_ns=now_tai_ns,
        luck=luck,
        is_secure=is_secure,
        provider=identity_provider(home),
    )


def listening(
    app: FastAPI, host: str, port: int, tls_cert: str | None, tls_key: str | None, behind_proxy: str | None
) -> "uvicorn.Server":
    """Return the server of an application, not yet listening."""
    import uvicorn  # Not needed by any other command, and slow to come.

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=CLOSE_WITHIN_S,
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
        # Whoever is not the proxy says nothing of where others come from.
        proxy_headers=behind_proxy is not None,
        forwarded_allow_ips=behind_proxy or "",
    )
    return uvicorn.Server(config)


def _refuse_bad_certificate(certificate: str, key: str) -> None:
    try:
        # A key under a passphrase is not asked for here.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:
        raise WrongUsage(f"{certificate}, {key}: no certificate and its open key in PEM ({error})") from None


def refuse_open_door(host: str, *, has_accounts: bool, is_secure: bool) -> None:
    """Refuse to listen where others reach, unless they have to sign in, and nobody can listen in.

    Raises: RefusedByPolicy that names what is missing.
    """
    if not has_accounts:
        raise RefusedByPolicy(
            f"--host {host}: whoever reaches it could read and do all that you can; listen on 127.0.0.1, "
            "make accounts with 'baken people init', or open the door for reports alone with --only-reports"
        )
    if not is_secure:
        raise RefusedByPolicy(
            f"--host {host}: passwords would be heard on the way; give --tls-cert and --tls-key, or name the "
            "proxy that speaks TLS with --behind-proxy"
        )
