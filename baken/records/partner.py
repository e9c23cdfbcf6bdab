"""A partner: who he is, what was agreed with him, and with which keys he signs."""

from collections.abc import Mapping
from dataclasses import dataclass

from baken.records.handling import NAME, NO_HANDLING, Handling
from baken.records.marking import Realm
from baken.records.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A treaty or an arrangement: what a partner may hold under it, and from when until when.

    ``clearances`` are written ``POLICY/LEVEL``, each as it stands in the agreement.
    """

    name: str
    clearances: frozenset[str]
    from_tai_ns: int
    until_tai_ns: int | None = None

    def __post_init__(self) -> None:
        if self.until_tai_ns is not None and self.until_tai_ns <= self.from_tai_ns:
            raise ValueError(f"the agreement {self.name} ends before it begins")

    def is_in_force(self, at_tai_ns: int) -> bool:
        """Say whether it holds at an instant.

        >>> Agreement(name="GSA", clearances=frozenset(), from_tai_ns=5).is_in_force(4)
        False
        """
        return self.from_tai_ns <= at_tai_ns and (self.until_tai_ns is None or at_tai_ns < self.until_tai_ns)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerKey:
    """A public key of a partner as he handed it over (C2SP vkey), and since when it is not to be trusted."""

    vkey: str
    revoked_since_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A state or an organisation with which items are shared, as its file says.

    ``code`` is what it is called in labels and bundles; ``audiences`` are further names in a label that mean
    it, and ``names`` what people call it, by language.  What was not agreed is not allowed: without an
    agreement in force it holds nothing classified, and outside ``realms`` it gets nothing.  ``reciprocal``
    says that it gives the like in return.  ``precision`` names how what goes to it is reduced, and
    ``handling`` what is asked of it, unless a release says otherwise.
    """

    code: str
    names: Mapping[str, str]
    audiences: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()
    agreements: tuple[Agreement, ...] = ()
    needs: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    realms: frozenset[Realm] = frozenset()
    reciprocal: bool = False
    purpose: str = ""
    precision: str = ""
    handling: Handling = NO_HANDLING
    keys: tuple[PartnerKey, ...] = ()
    out_folder: str = ""
    in_folder: str = ""
    contact: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        for name in (self.code, *self.audiences):
            if not NAME.fullmatch(name):
                raise ValueError(
                    f"a name in a label has none of , : ; | and no space around it; not {name!r}"
                )

    def name(self, language: str) -> str:
        """Return what people who speak a language call it.

        >>> Partner(code="DE", names={"nl": "Duitsland", "en": "Germany"}).name("nl")
        'Duitsland'
        """
        return self.names.get(language) or self.names.get("en") or self.code

    def clearances(self, at_tai_ns: int) -> frozenset[str]:
        """Return what it may hold under the agreements that are in force."""
        in_force = [each.clearances for each in self.agreements if each.is_in_force(at_tai_ns)]
        return frozenset[str]().union(*in_force)


def partner_reader(partner: Partner, *, at_tai_ns: int) -> Reader:
    """Return a partner as policy sees him at an instant.

    >>> partner_reader(Partner(code="DE", names={}), at_tai_ns=0).audiences
    frozenset({'DE'})
    """
    return Reader(
        name=source_of_partner(partner.code),
        acts_for=partner.code,
        audiences=partner.audiences | {partner.code},
        nationalities=partner.nationalities,
        clearances=partner.clearances(at_tai_ns),
        needs=partner.needs,
        categories=partner.categories,
        realms=partner.realms,
        purpose=partner.purpose,
    )


def source_of_partner(code: str) -> str:
    """Return how a partner is called as a source of opinions, and as what entries from him are about.

    >>> source_of_partner("NL")
    'partner:NL'
    """
    return f"partner:{code}"
