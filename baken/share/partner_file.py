"""A partner as a person writes him: one TOML file, every field known, every error with its place."""

import re

from baken.astro.time import tai_ns_from_utc
from baken.formats.toml_table import TomlTable, read_toml
from baken.records.handling import NAME, Handling, handling_from_tokens
from baken.records.marking import Realm
from baken.records.partner import Agreement, Partner, PartnerKey

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
VKEY = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+")
CLEARANCE = re.compile(r"[^/]+/[^/]+")
LANGUAGES = ("en", "nl")


def read_partner(text: str) -> Partner:
    """Read a partner, whole.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.

    >>> read_partner('code = "DE"').code
    'DE'
    >>> read_partner('code = "DE"\\nkeys = []')
    Traceback (most recent call last):
    baken.errors.UnreadableInput: keys: no such field; there are agreement, audiences, categories, ...
    """
    told = read_toml(text)
    names = told.table("names")
    folders = told.table("folders")
    partner = Partner(
        code=_code(told),
        names={language: name for language in LANGUAGES if (name := names.text(language, ""))},
        audiences=_names(told, "audiences"),
        nationalities=_names(told, "nationalities"),
        agreements=tuple(_agreement(each) for each in told.tables("agreement")),
        needs=_names(told, "needs"),
        categories=_names(told, "categories"),
        licences=_names(told, "licences"),
        realms=frozenset(told.among("realms", Realm, word) for word in told.words("realms")),
        reciprocal=told.truth("reciprocal", False),
        purpose=told.text("purpose", ""),
        precision=told.text("precision", ""),
        handling=_handling(told),
        keys=tuple(_key(each) for each in told.tables("key")),
        out_folder=folders.text("out", ""),
        in_folder=folders.text("in", ""),
        contact=told.text("contact", ""),
        language=_language(told),
    )
    for table in (names, folders, told):
        table.refuse_unknown()
    return partner


def _code(told: TomlTable) -> str:
    code = told.text("code")
    if not CODE.fullmatch(code):
        raise told.refuse("code", f"is {code!r}; a partner is named by letters, figures and dashes, like DE")
    return code


def _language(told: TomlTable) -> str:
    language = told.text("language", "en")
    if language not in LANGUAGES:
        raise told.refuse("language", f"is {language!r}; it is one of {', '.join(LANGUAGES)}")
    return language


def _names(told: TomlTable, field: str) -> frozenset[str]:
    words = told.words(field)
    for word in words:
        if not NAME.fullmatch(word):
            raise told.refuse(
                field, f"{word!r}: a name in a label has none of , : ; | and no space at its ends"
            )
    return frozenset(words)


def _handling(told: TomlTable) -> Handling:
    try:
        return handling_from_tokens(told.words("handling"))
    except ValueError as error:
        raise told.refuse("handling", f'{error}; write like ["TLP:AMBER", "PAP:AMBER"]') from error


def _agreement(told: TomlTable) -> Agreement:
    clearances = told.words("clearances")
    for each in clearances:
        if not CLEARANCE.fullmatch(each):
            raise told.refuse("clearances", f"{each!r}: a clearance is written POLICY/LEVEL")
    name, first, last = told.text("name"), _instant(told, "from_utc"), _instant(told, "until_utc")
    told.refuse_unknown()
    if first is None:
        raise told.refuse("from_utc", "is missing; an agreement is in force from some day on")
    if last is not None and last <= first:
        raise told.refuse("until_utc", "is not later than from_utc")
    return Agreement(name=name, clearances=frozenset(clearances), from_tai_ns=first, until_tai_ns=last)


def _key(told: TomlTable) -> PartnerKey:
    vkey = told.text("vkey")
    if not VKEY.fullmatch(vkey):
        raise told.refuse("vkey", "is no key like NAME+ID+BASE64; 'baken evidence key export log' gives it")
    key = PartnerKey(vkey=vkey, revoked_since_tai_ns=_instant(told, "revoked_since_utc"))
    told.refuse_unknown()
    return key


def _instant(told: TomlTable, field: str) -> int | None:
    text = told.text(field, "")
    if not text:
        return None
    try:
        return tai_ns_from_utc(text)
    except ValueError as error:
        raise told.refuse(field, f"{error}; write like 2026-11-25T00:00:00Z") from error
