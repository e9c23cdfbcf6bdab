"""What a file of orbits carries so that an invented sky never passes for the real one.

OMM's own way to add a word; OEM has none, and there it stands in a comment.
"""

from baken.records.marking import Realm

REALM_KEYWORD = "USER_DEFINED_BAKEN_REALM"
# A message read from KVN or XML names its user-defined fields without the prefix.
REALM_KEYWORDS = (REALM_KEYWORD, "BAKEN_REALM")


def realm_words(realm: Realm) -> tuple[tuple[str, str], ...]:
    """Return the field that tells of which world a message speaks; of the real one nothing is said.

    >>> realm_words(Realm.EXERCISE), realm_words(Realm.REAL)
    ((('USER_DEFINED_BAKEN_REALM', 'EXERCISE'),), ())
    """
    return () if realm is Realm.REAL else ((REALM_KEYWORD, realm.value),)
