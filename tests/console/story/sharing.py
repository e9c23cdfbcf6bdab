"""With whom the node of the story shares: three partners, what goes to them, what came back and was asked back."""

import shutil
from dataclasses import dataclass, replace
from importlib import resources

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.cli.dossier import verifier_text
from baken.cli.dossier_check import check_dossier
from baken.evidence.bundle import link_of, write_bundle
from baken.evidence.keys import birth, new_key
from baken.evidence.signed_note import SigningKey
from baken.operations.approve_release import approve_release, sign_release
from baken.operations.build_dossier import Seal
from baken.operations.desk import Desk
from baken.operations.explain_release import Wish
from baken.operations.keep_keys import keep_key_note, key_notes
from baken.operations.propose_release import propose_release
from baken.operations.recall_release import recall_release, reject_release
from baken.operations.receive_bundle import Around, receive_bundle
from baken.operations.release_desk import release
from baken.operations.send_release import Packing, send_releases
from baken.records.bundle import AnswerKind, Bundle, BundleItem, ItemAnswer, ItemKind, Link, RecallRequest
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.records.precision import precision_from_text
from baken.records.release import ReleaseId, read_release_id
from baken.records.terms import Terms
from baken.wiring.case_documents import matrix_document
from baken.wiring.partners import partners
from baken.wiring.policies import FOLDER as POLICIES
from baken.wiring.sharing import sharing_of
from tests.console.story.homes import NOW_TAI_NS, Door
from tests.memory_log import CountedLuck

SIM, DAY_NS = Realm.SIMULATED, 86_400 * NANOSECONDS_A_SECOND
COARSE = "epoch=1min position=1km velocity=1m/s digits=2 keep=title"
LABEL = Marking(owner="NL", releasable_to=frozenset({"DE", "FR"}))
FILES = {
    "DE": f"""code = "DE"
nationalities = ["DE"]
realms = ["SIMULATED", "EXERCISE"]
purpose = "space safety"
precision = "{COARSE}"
handling = ["TLP:AMBER"]
contact = "Lagezentrum, +49 30 555 0100"
reciprocal = true
[names]
en = "Germany"
nl = "Duitsland"
[[agreement]]
name = "warning exchange"
from_utc = "2025-01-01T00:00:00Z"
until_utc = "2027-01-01T00:00:00Z"
[folders]
out = "post/to-DE"
in = "post/from-DE"
""",
    "FR": """code = "FR"
audiences = ["EU"]
nationalities = ["FR"]
realms = ["SIMULATED"]
purpose = "space safety"
precision = "full"
contact = "Centre, +33 1 55 55 01 00"
[names]
en = "France"
nl = "Frankrijk"
[[agreement]]
name = "NL-FR full orbits"
from_utc = "2024-06-01T00:00:00Z"
until_utc = "2026-12-20T00:00:00Z"
[folders]
out = "post/to-FR"
""",
    "NO": """code = "NO"
nationalities = ["NO"]
[names]
en = "Norway"
nl = "Noorwegen"
""",
}
KEYS = {
    name: new_key(full, CountedLuck(drawn=10_000 * (place + 1)))
    for place, (name, full) in enumerate(
        {
            "log": "baken/NL/simulated",
            "chief": "baken/NL/authority/chief",
            "deputy": "baken/NL/authority/deputy",
            "DE": "baken/DE/simulated",
            "FR": "baken/FR/simulated",
        }.items()
    )
}


def tell(door: Door) -> None:
    """Let NL share some of what it knows, and take some of it back."""
    _befriend(door)
    house = House(door)
    house.keep_keys()
    event = door.get("/events", realm=SIM.value, kind="CJ", limit=1)["events"][0]["event_id"]
    passed = house.kept(
        EntryKind.OBSERVATION,
        event,
        ("title", "Pass of a visitor over the North Sea"),
        ("miss_distance_m", 18_642.7),
        ("relative_speed_m_s", 213.4),
        ("sensor", "Radar Wijk"),
        ("text", "Seen in 14 tracks; nobody announced it."),
    )
    said = house.kept(
        EntryKind.STATEMENT,
        event,
        ("title", "Operator: no contact before the approach"),
        ("text", "Nobody spoke to us."),
    )
    first = house.proposed(passed, "DE", days_ago=6.0, expires_in_days=-1.0)
    house.sign(first, "chief", days_ago=6.0)
    house.send("DE", days_ago=6.0)
    to_fr = house.proposed(said, "FR", precision="full keep=text,title", days_ago=2.0)
    house.sign(to_fr, "chief", days_ago=2.0)
    house.send("FR", days_ago=2.0)
    back = house.proposed(passed, "FR", days_ago=1.5, title="Orbit of a visitor")
    house.sign(back, "deputy", days_ago=1.5)
    house.send("FR", days_ago=1.5)
    house.hear(
        "FR",
        1,
        answers=(
            (to_fr, AnswerKind.TAKEN, "Taken in."),
            (
                to_fr,
                AnswerKind.DISSENT,
                "Our own track shows another plane; we would not call this an approach.",
            ),
        ),
    )
    recall_release(house.desk("chief", 0.5), back, "the track was of another object")
    house.send("FR", days_ago=0.4)
    house.hear("DE", 1, items=("A pass seen from Bavaria", "A second pass seen from Bavaria"))
    house.hear("DE", 2, recalls=1)
    refused = house.proposed(said, "DE", days_ago=0.3)
    reject_release(house.desk("chief", 0.2), refused, "they have it already, from the operator")
    approved = house.proposed(passed, "FR", days_ago=0.2, title="The pass, as we saw it")
    house.sign(approved, "chief", days_ago=0.1)
    wanted = {
        "recipients": ["DE"],
        "because": "DE has a satellite in the same plane",
        "realm": SIM.value,
        "until_utc": "2027-02-24T00:00:00Z",
    }
    door.post("/releases", what=passed, title="Pass of a visitor", **wanted)
    an_object = door.get("/names", words="SIM GRAVEYARD", realm=SIM.value)["found"]
    orbit = next(each["id"] for each in an_object if each["kind"] == "object")
    (waits,) = door.post("/releases", what=orbit, title="Orbit of a visitor", **wanted)["releases"]
    note = sign_release(house.offer(waits["release_id"]), KEYS["chief"]).decode()
    door.post(f"/releases/{waits['release_id']}/approvals", note=note, because="agreed in the morning call")


def _befriend(door: Door) -> None:
    """Lay out the files of the partners, and the rules of the state."""
    (door.home / "partners").mkdir()
    for code, told in FILES.items():
        key = f'[[key]]\nvkey = "{KEYS[code].verifier.text}"\n' if code in KEYS else ""
        (door.home / "partners" / f"{code}.toml").write_text(told + key)
    (door.home / POLICIES).mkdir()
    with resources.as_file(resources.files("baken.share") / "policies" / "examples" / "NL.cedar") as rules:
        shutil.copy(rules, door.home / POLICIES)


@dataclass
class House:
    """The desks at which the people of the node share."""

    door: Door

    def desk(self, actor: str, days_ago: float = 0.0) -> Desk:
        """Return the desk of somebody, at a moment in the days before."""
        desk = self.door.service.desk(actor)
        return replace(desk, at_tai_ns=NOW_TAI_NS - round(days_ago * DAY_NS))

    @property
    def sharing(self):
        return sharing_of(self.door.home, "NL")

    def keep_keys(self) -> None:
        """Say in the log whose keys sign for the node."""
        desk = self.desk("officer", 7.0)
        for name in ("log", "chief", "deputy"):
            note = birth(KEYS[name], at_tai_ns=desk.at_tai_ns)
            keep_key_note(desk.log, note, actor=name, at_tai_ns=desk.at_tai_ns, luck=desk.luck, realm=SIM)

    def kept(self, kind: EntryKind, about: str, *fields) -> str:
        """Keep something that is for both partners, but for its sensor."""
        names = {name for name, _ in fields}
        narrow = (("sensor", Marking(owner="NL")),) if "sensor" in names else ()
        desk = self.desk("lina", 6.5)
        entry = desk.entry(kind, about, SIM, *fields, marking=replace(LABEL, of_fields=narrow))
        (one,) = desk.keep(entry)
        return one.entry_id

    def proposed(
        self,
        what: str,
        to: str,
        *,
        precision: str = COARSE,
        days_ago: float,
        expires_in_days: float = 90.0,
        title: str = "",
    ) -> ReleaseId:
        """Propose a release, as the analyst."""
        desk = self.desk("lina", days_ago)
        terms = Terms(purpose="space safety", expires_tai_ns=NOW_TAI_NS + round(expires_in_days * DAY_NS))
        wish = Wish(
            what=what,
            recipient=to,
            precision=precision_from_text(precision),
            terms=terms,
            because="they fly in the same plane",
            item_id=desk.luck(16).hex(),
            realm=SIM,
            title=title,
        )
        return propose_release(desk, self.sharing, wish).release_id

    def offer(self, name: ReleaseId | str):
        """Return what a release offers."""
        return release(self.door.service.log, read_release_id(str(name))).offer

    def sign(self, name: ReleaseId, by: str, *, days_ago: float) -> None:
        """Let a release go, as one of the authorities."""
        note = sign_release(self.offer(name), KEYS[by])
        approve_release(self.desk(by, days_ago), self.sharing, name, note, "agreed in the morning call")

    def send(self, code: str, *, days_ago: float) -> None:
        """Send what is due; nobody carries the bundle anywhere."""
        desk = self.desk("officer", days_ago)
        seal = Seal(key=KEYS["log"], notes=key_notes(desk.log, SIM))
        packing = Packing(seal=seal, verifier=verifier_text(), tell_matrix=matrix_document)
        send_releases(desk, self.sharing, code, SIM, packing)

    def hear(self, code: str, number: int, *, answers=(), items=(), recalls: int = 0) -> None:
        """Take in a bundle of a partner: what he says of ours, gives of his, and asks back of it."""
        desk = self.desk("officer", 0.45 - 0.01 * number)
        sender: SigningKey = KEYS[code]
        for_us = Marking(owner=code, releasable_to=frozenset({"NL"}))
        bundle = Bundle(
            sender=code,
            recipient="NL",
            realm=SIM,
            number=number,
            previous=LAST[code].digest if number > 1 else "",
            made_at_tai_ns=desk.at_tai_ns - NANOSECONDS_A_SECOND,
            valid_until_tai_ns=desk.at_tai_ns + DAY_NS,
            policy_digest="sha256:" + "0" * 64,
            items=tuple(
                BundleItem(
                    item_id=f"{ord(code[0]) * 1000 + place:032x}",
                    kind=ItemKind.OBSERVATION,
                    title=title,
                    marking=for_us,
                    terms=Terms(purpose="space safety", expires_tai_ns=NOW_TAI_NS + 30 * DAY_NS),
                    told=(("text", "Two minutes above the horizon."),),
                )
                for place, title in enumerate(items)
            ),
            recalls=tuple(
                RecallRequest(
                    item_id=f"{ord(code[0]) * 1000 + place:032x}",
                    because="our clock was off by a second",
                    at_tai_ns=desk.at_tai_ns - NANOSECONDS_A_SECOND,
                )
                for place in range(recalls)
            ),
            answers=tuple(
                ItemAnswer(
                    answer_id=f"{ord(code[0]) * 2000 + place:032x}",
                    item_id=self.offer(name).item_id,
                    kind=kind,
                    text=text,
                    at_tai_ns=desk.at_tai_ns - NANOSECONDS_A_SECOND,
                    marking=for_us,
                )
                for place, (name, kind, text) in enumerate(answers)
            ),
        )
        content = write_bundle(bundle, sender)
        LAST[code] = link_of(bundle, content)
        around = Around(me="NL", partners=partners(self.door.home), check_dossier=check_dossier)
        receive_bundle(desk, self.door.service.store, content, around)


LAST: dict[str, Link] = {}
