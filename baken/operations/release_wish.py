"""What somebody says when he wants to release something, and what follows where he says nothing."""

from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.explain_release import Wish, explain_release, is_case
from baken.operations.keep_evidence import keep_access
from baken.operations.keep_orbit import keep_orbit
from baken.operations.ports import Store
from baken.operations.release_desk import Sharing
from baken.records.bundle import new_item_id
from baken.records.evidence import ENTRY_ID
from baken.records.handling import Onward
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.records.partner import Partner
from baken.records.precision import FULL, Precision, precision_from_text
from baken.records.release_view import ReleaseView
from baken.records.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfRelease:
    """What was said: of an entry, a case, or an object of ours by name; what is empty was not said."""

    what: str
    because: str
    precision: str = ""
    purpose: str = ""
    expires_tai_ns: int | None = None
    onward: Onward = Onward.NOBODY
    licence: str = ""
    consents: tuple[tuple[str, str], ...] = ()
    title: str = ""
    realm: Realm = Realm.REAL


def wishes_of(
    desk: Desk, store: Store, sharing: Sharing, said: SaidOfRelease, recipients: list[str]
) -> list[Wish]:
    """Return one wish for each recipient; our orbit of an object is first kept as evidence.

    Purpose and precision follow from the partner's file where nobody said them; a case goes whole.
    Raises: NoSuchRecord for a partner nobody knows; WrongUsage when nobody says how precisely.
    """
    partners = [sharing.partner(code) for code in dict.fromkeys(recipients)]
    what = _named(desk, store, said)
    realm = realm_of_incident(read_incident_id(what)) if is_case(what) else said.realm
    return [
        Wish(
            what=what,
            recipient=partner.code,
            precision=_precision(what, said.precision, partner),
            terms=Terms(
                purpose=said.purpose or partner.purpose,
                onward=said.onward,
                expires_tai_ns=said.expires_tai_ns,
                licence=said.licence,
            ),
            because=said.because,
            item_id=new_item_id(desk.luck),
            realm=realm,
            title=said.title,
            consents=said.consents,
        )
        for partner in partners
    ]


def explained_to(desk: Desk, sharing: Sharing, wish: Wish) -> ReleaseView:
    """Return what a recipient would see, and keep that whoever asks looked at it, once an hour.

    Raises: NoSuchRecord, WrongUsage, RefusedByPolicy for what cannot be asked so.
    """
    view = explain_release(desk.log, sharing, wish, releaser=desk.actor, at_tai_ns=desk.at_tai_ns)
    keep_access(
        desk.log,
        wish.realm,
        thing=f"{wish.what} as {wish.recipient} would see it",
        about=wish.what,
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        luck=desk.luck,
    )
    return view


def _named(desk: Desk, store: Store, said: SaidOfRelease) -> str:
    word = said.what.strip().upper()
    if is_case(word) or ENTRY_ID.fullmatch(word):
        return word
    return keep_orbit(desk, store, said.what.strip(), said.realm).entry_id


def _precision(what: str, told: str, partner: Partner) -> Precision:
    if told:
        return precision_from_text(told)
    if is_case(what):
        return FULL
    if not partner.precision:
        raise WrongUsage(
            f"say how precisely it goes to {partner.code}: a precision like 'epoch=1min position=1km', "
            "or full; the file of the partner does not say"
        )
    return precision_from_text(partner.precision)
