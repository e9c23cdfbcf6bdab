"""Read which identity provider a home believes: its ``oidc.toml``.

Claims give groups, and groups of work only: never a clearance, and neither of the keys to the node.
"""

from urllib.parse import SplitResult, urlsplit

from baken.formats.toml_table import TomlTable, read_toml
from baken.records.account import NAME
from baken.records.sign_in import Provider

ON_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
# Who holds the secret is for the door that reads it.
OF_SECRET = ("client_secret_env", "client_secret_file")


def read_provider(text: str) -> tuple[Provider, TomlTable]:
    """Return the provider a file names, and the file, for what it says of the secret.

    Raises: UnreadableInput that names the field.
    """
    told = read_toml(text)
    claims = told.table("claims")
    groups = told.table("groups")
    provider = Provider(
        issuer=_address(told, "issuer"),
        client_id=told.text("client_id"),
        redirect=_address(told, "redirect"),
        scopes=tuple(dict.fromkeys(("openid", *told.words("scopes")))),
        groups_claim=claims.text("groups", "groups"),
        groups=tuple((theirs, _group(groups, theirs)) for theirs in sorted(groups.told)),
        acr=told.text("acr", ""),
    )
    claims.refuse_unknown()
    told.refuse_unknown(OF_SECRET)
    return provider, told


def _group(groups: TomlTable, theirs: str) -> str:
    ours = groups.text(theirs)
    if not NAME.fullmatch(ours):
        raise groups.refuse(theirs, f"names a group here, like duty; not {ours!r}")
    return ours


def _address(told: TomlTable, name: str) -> str:
    text = told.text(name)
    read = _split(text)
    is_safe = read.scheme == "https" or (read.scheme == "http" and read.hostname in ON_THIS_MACHINE)
    if not is_safe or not read.hostname or read.username or read.fragment or read.query:
        raise told.refuse(name, f"is an address like https://id.example.org; not {text!r}")
    return text


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")
