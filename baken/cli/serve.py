"""``baken serve``: the HTTP door of a node."""

import ssl
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.exits import Exit
from baken.cli.serving import USUAL_PORT, listening, served_home
from baken.cli.setting import Setting, log_console
from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.manage_people import people_now
from baken.records.reader import Keeper
from baken.web.guard import LOOPBACK
from baken.wiring.people import actor


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="Where to listen; this machine only, unless --only-reports.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = USUAL_PORT,
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
    hosts = {host, *LOOPBACK, *(name or ())}
    with served_home(setting.home, keeper, hosts=hosts, only_reports=only_reports, is_secure=is_secure) as (
        app,
        here,
    ):
        if host not in LOOPBACK and not only_reports:
            refuse_open_door(host, has_accounts=bool(people_now(here.log).accounts), is_secure=is_secure)
        address = f"{'https' if tls_cert else 'http'}://{host}:{port}"
        place = "report" if only_reports else "console/"
        log_console(setting).print(Text(f"{address}/{place}  ·  {address}/api/v1/openapi.json"))
        listening(app, host, port, tls_cert, tls_key, behind_proxy).run()
    return Exit.DONE


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
