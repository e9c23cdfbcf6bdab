"""A home with two people, and the cheap hashes that tests may use."""

from dataclasses import dataclass, field
from pathlib import Path

from baken.operations.desk import Desk
from baken.operations.manage_people import Enrolment, Newcomer, begin_people, do, people_now
from baken.operations.sign_in import Shown, SignedIn, sign_in
from baken.people.acts import Act, Roster, Verb
from baken.people.one_time import code_at
from baken.records.account import Right
from baken.records.sign_in import HashCost
from baken.store.home import Home, open_home
from tests.makers import EPOCH_TAI_NS
from tests.memory_log import CountedLuck

# As little as Argon2 allows: tests guess nothing.
CHEAP = HashCost(passes=1, memory_kib=8, lanes=1)
SECOND_NS = 1_000_000_000
ANNA, BERT = "anna", "bert"
PASSWORDS = {ANNA: "vier grijze reigers wachten", BERT: "een lange rode tram door Delft"}
ADDRESS = "192.0.2.7"


@dataclass
class Door:
    """A home, its two first people with their telephones, and a clock one turns by hand."""

    home: Home
    now_tai_ns: int = EPOCH_TAI_NS
    luck: CountedLuck = field(default_factory=CountedLuck)
    enrolled: dict[str, Enrolment] = field(default_factory=dict)

    def desk(self, actor: str) -> Desk:
        return Desk(log=self.home.log, actor=actor, at_tai_ns=self.now_tai_ns, luck=self.luck)

    @property
    def roster(self) -> Roster:
        return people_now(self.home.log)

    def do(self, by: str, verb: Verb, of: str, right: Right | None = None, value: str = "") -> Roster:
        return do(self.desk(by), Act(by=by, verb=verb, of=of, right=right, value=value))

    def code(self, name: str) -> str:
        secrets = self.home.people.secrets(name)
        return code_at(secrets.one_time_secret, self.now_tai_ns)

    def later(self, seconds: float) -> None:
        self.now_tai_ns += int(seconds * SECOND_NS)

    def come(
        self, name: str, password: str | None = None, code: str | None = None, new_password: str = ""
    ) -> SignedIn:
        shown = Shown(
            name=name,
            password=PASSWORDS[name] if password is None else password,
            code=self.code(name) if code is None else code,
            address=ADDRESS,
            new_password=new_password,
        )
        return sign_in(self.desk("outside"), self.home.people, self.roster, shown, cost=CHEAP)


def door_of(folder: Path, url: str | None = None) -> Door:
    door = Door(home=open_home(folder, url))
    door.home.store.name_node("NL")
    newcomers = [Newcomer(name=name, person=name.title(), password=PASSWORDS[name]) for name in (ANNA, BERT)]
    told = begin_people(door.desk("home"), door.home.people, *newcomers, acts_for="NL", cost=CHEAP)
    door.enrolled = dict(zip((ANNA, BERT), told, strict=True))
    return door
