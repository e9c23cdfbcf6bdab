"""What stands beside a dossier for whoever opens it first, in English and Dutch."""

from baken.evidence.signed_note import VerifierKey
from baken.records.marking import Realm

TEXT = """\
{banner}{title}
Copy of / Kopie van: {recipient}        Realm / Wereld: {realm}

EN  This dossier can be checked without trusting whoever made it. On a machine with Python 3.11 or newer,
    with nothing else and no network:

        python3 -I -S verify_dossier.py FOLDER_OR_ZIP --key KEY [--witness KEY]

    Take the program and the key from its maker by another way than this dossier, and compare. The program
    that lies here has the digest

        {digest}

    and the key that signed is said to be

        {key}

    What is not in this copy exists, and is withheld by its owner. Verified means: nothing was altered
    since it was signed. It does not mean that what people wrote is true.

NL  Dit dossier kan worden gecontroleerd zonder de maker te vertrouwen, met dezelfde opdracht. Haal
    programma en sleutel langs een andere weg bij de maker dan via dit dossier, en vergelijk. Wat in deze
    kopie ontbreekt bestaat, en wordt door de eigenaar achtergehouden. Gecontroleerd betekent: er is niets
    veranderd sinds de ondertekening. Het betekent niet dat waar is wat mensen schreven.
"""


def readme(realm: Realm, title: str, recipient: str, key: VerifierKey, verifier_digest: str) -> bytes:
    """Return the text that says how a dossier is checked."""
    banner = "" if realm is Realm.REAL else f"*** {realm} *** {realm} *** {realm} ***\n\n"
    return TEXT.format(
        banner=banner,
        title=title,
        recipient=recipient,
        realm=realm,
        digest=verifier_digest,
        key=key.text,
    ).encode()
