"""Three states share what one of them found, each as much as its owner decides: the demo of a release.

The Netherlands gives an orbit without its sensor and coarsely to Germany, a whole case to France, and nothing
to a fourth.  All is invented and of the world EXERCISE; the commands are those anyone types.  Run it as
``python tools/demo_release.py [FOLDER]``; the homes stay in the folder, to look at.
"""

import io
import json
import os
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from baken.cli.main import answer

STATES = {"NL": "lina", "DE": "jonas", "FR": "claire", "PL": "ola"}
WORLD = ("--realm", "EXERCISE")
CASE = "EXER-IN26-0001"
TO_DE, TO_FR = "EXER-RL26-0001", "EXER-RL26-0002"
OBJECT = "799500124"
POLICIES = Path(__file__).parents[1] / "baken/share/policies/examples"

PARTNER = """\
code = "{code}"
nationalities = ["{code}"]
realms = [{realms}]
purpose = "space safety"
precision = "{precision}"

[folders]
out = "{out}"
in = "{into}"

[[key]]
vkey = "{vkey}"
"""

OMM = """\
CCSDS_OMM_VERS = 3.0
COMMENT {comment}
CREATION_DATE = {created}
ORIGINATOR = {originator}
OBJECT_NAME = VISITOR
OBJECT_ID = 2026-101A
CENTER_NAME = EARTH
REF_FRAME = TEME
TIME_SYSTEM = UTC
MEAN_ELEMENT_THEORY = SGP4
EPOCH = {epoch}
MEAN_MOTION = 14.60012345
ECCENTRICITY = 0.0011034
INCLINATION = 98.2017
RA_OF_ASC_NODE = 120.4987
ARG_OF_PERICENTER = 89.9871
MEAN_ANOMALY = {anomaly}
EPHEMERIS_TYPE = 0
CLASSIFICATION_TYPE = U
NORAD_CAT_ID = {object}
ELEMENT_SET_NO = 12
REV_AT_EPOCH = 345
BSTAR = 0.00001
MEAN_MOTION_DOT = 0.000001
MEAN_MOTION_DDOT = 0.0
"""


@dataclass
class Demo:
    """The homes of the states, and a place where what they type and read is shown."""

    folder: Path
    shown: bool = True
    codes: list[int] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Tell what happens next."""
        if self.shown:
            print(f"\n\033[1m# {text}\033[0m" if sys.stdout.isatty() else f"\n# {text}", flush=True)

    def type(self, state: str, *words: str, by: str = "", code: int = 0) -> str:
        """Type a command in the home of a state, show it and its answer, and return the answer.

        Raises: RuntimeError when it ends otherwise than it should.
        """
        told = io.StringIO()
        with acting_as(by or STATES[state]), redirect_stdout(told), redirect_stderr(told):
            ended = answer(["--home", str(self.folder / state), *words])
        if self.shown:
            person = f" ({by})" if by else ""
            print(f"\n{state}{person} $ baken {shlex.join(words)}\n{told.getvalue().rstrip()}", flush=True)
        if ended != code:
            raise RuntimeError(f"{state}: baken {shlex.join(words)}: ended with {ended}, not {code}")
        return told.getvalue()

    def ask(self, state: str, *words: str) -> str:
        """Ask without showing it."""
        shown, self.shown = self.shown, False
        try:
            return self.type(state, *words)
        finally:
            self.shown = shown


@contextmanager
def acting_as(person: str) -> Iterator[None]:
    """Let somebody act, with the passphrase of the demo."""
    before = dict(os.environ)
    os.environ |= {"BAKEN_ACTOR": person, "BAKEN_PASSPHRASE": "only a demo", "COLUMNS": "150"}
    os.environ.pop("BAKEN_DATABASE_URL", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def set_up(demo: Demo) -> None:
    """Give every state a home, a key for its log, and a file of every other one."""
    demo.say("Four states, each with a home of its own. Nobody sees anything of anybody.")
    vkeys = {}
    for state in STATES:
        demo.ask(state, "node", state)
        vkeys[state] = demo.ask(state, "evidence", "key", "new", "log", *WORLD).split()[-1]
    for authority in ("release-1", "release-2"):
        demo.ask("NL", "evidence", "key", "new", authority, *WORLD)
    for state in STATES:
        for other in STATES.keys() - {state}:
            _write_partner(demo.folder, state, other, vkeys[other])
    policies = demo.folder / "NL" / "policies"
    policies.mkdir()
    shutil.copy(POLICIES / "NL.cedar", policies)
    demo.say("NL wrote a file for each partner, and rules of its own: two persons sign for every orbit.")
    demo.type("NL", "partner", "list")


def _write_partner(folder: Path, state: str, other: str, vkey: str) -> None:
    out, into = (folder / "post" / f"{one}-to-{two}" for one, two in ((state, other), (other, state)))
    out.mkdir(parents=True, exist_ok=True)
    partners = folder / state / "partners"
    partners.mkdir(exist_ok=True)
    known = (state, other) != ("NL", "PL")
    told = PARTNER.format(
        code=other,
        realms='"EXERCISE"' if known else "",
        precision="epoch=1min position=1km velocity=1m/s sigma=1km" if other == "DE" else "full",
        out=out,
        into=into,
        vkey=vkey,
    )
    (partners / f"{other}.toml").write_text(told)


def find_something(demo: Demo) -> None:
    """Let NL keep an orbit and a case, and DE an orbit of its own of the same object."""
    demo.say("A visitor comes close. NL has its orbit from a radar; DE has one of its own, older.")
    now = datetime.now(UTC)
    for state, comment, hours, anomaly in (
        ("NL", "from 14 tracks of Radar Wijk", 6, "270.1234"),
        ("DE", "from one pass", 16, "180.4321"),
    ):
        epoch = (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:17.250")
        file = demo.folder / f"{state}.omm"
        created = now.strftime("%Y-%m-%dT%H:%M:%S")
        file.write_text(
            OMM.format(
                comment=comment,
                created=created,
                originator=state,
                epoch=epoch,
                anomaly=anomaly,
                object=OBJECT,
            )
        )
        demo.type(state, "catalogue", "import", str(file), "--source", state, *WORLD)
    demo.type(
        "NL",
        *("incident", "open", "--title", "Unannounced approach to a Dutch satellite"),
        *("--kind", "unfriendly-approach", "--because", "two passes within 20 km", *WORLD),
    )
    demo.type(
        "NL",
        *("evidence", "add", "--about", CASE, "--title", "Statement of the operator", "--source", "operator"),
        *("--text", "Nobody spoke to us before the approach.", "--field-label", "source=FR"),
        *("--releasable-to", "DE,FR", *WORLD),
    )
    demo.type("NL", "evidence", "list", *WORLD)


def decide(demo: Demo) -> None:
    """Let NL look at what each would see, propose, and sign; and find that nothing can go to PL."""
    until = (datetime.now(UTC) + timedelta(days=90)).strftime("%Y-%m-%dT00:00:00Z")
    demo.say("Before anything goes: what would DE see of the orbit, field by field, and by which rule?")
    why = ("--because", "DE has a satellite in the same plane", "--until", until)
    demo.type("NL", "release", "explain", OBJECT, "--for", "DE", *why, *WORLD)
    title = ("--title", "Orbit of an unannounced visitor")
    demo.type("NL", "release", "propose", OBJECT, "--for", "DE", *title, *why, *WORLD)
    demo.say("One signature is not enough for an orbit: NL's own rules ask two persons.")
    signing = ("release", "approve", TO_DE, "--because", "agreed in the morning call")
    demo.type("NL", *signing, "--key", "release-1")
    demo.type("NL", *signing, "--key", "release-1", code=2)
    demo.type("NL", *signing, "--key", "release-2", by="piet")
    demo.say("FR investigates with NL and gets the whole case, signed once.")
    to_fr = ("--because", "FR investigates with us", "--until", until)
    demo.type("NL", "release", "propose", CASE, "--for", "FR", *to_fr, *WORLD)
    demo.type("NL", "release", "approve", TO_FR, "--key", "release-1", "--because", "agreed")
    demo.say("With the fourth, no world was agreed: nothing can go, whoever asks.")
    to_pl = ("--because", "PL asked for it", "--until", until)
    demo.type("NL", "release", "propose", OBJECT, "--for", "PL", *to_pl, *WORLD, code=3)
    demo.type("NL", "release", "list", *WORLD)


def send(demo: Demo) -> None:
    """Let what is signed leave as bundles in folders, and let each take in what is his."""
    demo.say("What is signed leaves as one signed bundle for each, through a folder.")
    for state in ("DE", "FR", "PL"):
        demo.type("NL", "release", "send", "--for", state, *WORLD)
    demo.say("Each takes in what is his, verified. NL's orbit stands beside DE's own, and is never merged.")
    demo.type("DE", "partner", "receive")
    demo.type("DE", "catalogue", "show", OBJECT, *WORLD)
    demo.type("FR", "partner", "receive")
    demo.type("PL", "partner", "receive")


def verify(demo: Demo) -> None:
    """Let DE and FR verify their dossiers with a program that trusts nobody, and no network."""
    demo.say("DE gets a copy of the same case with the one statement it may see; both verify offline.")
    demo.ask("NL", "evidence", "checkpoint", *WORLD)
    copies = demo.folder / "copies"
    demo.type("NL", "dossier", "build", CASE, "--for", "DE", "-o", str(copies), "--because", "to verify")
    key = demo.ask("NL", "evidence", "key", "export", "log", *WORLD).split()[-1]
    (theirs,) = sorted((demo.folder / "post/NL-to-FR").rglob("*.zip"))
    of_fr = copies / f"{CASE}-FR.zip"
    with zipfile.ZipFile(theirs) as bundle:
        (item,) = (name for name in bundle.namelist() if name.startswith("items/"))
        of_fr.write_bytes(bundle.read(item))
    for state, copy in (("DE", copies / f"{CASE}-DE.zip"), ("FR", of_fr)):
        demo.type(state, "dossier", "verify", str(copy), "--key", key)
    demo.say("A bundle for FR in the hands of DE, one that comes twice, and one with a byte changed:")
    demo.type("DE", "partner", "receive", str(theirs), code=1)
    demo.type("FR", "partner", "receive", str(theirs))
    altered = demo.folder / "altered.zip"
    content = bytearray(theirs.read_bytes())
    content[len(content) // 2] ^= 1
    altered.write_bytes(content)
    demo.type("FR", "partner", "receive", str(altered), code=1)


def take_back(demo: Demo) -> None:
    """Let DE disagree, and NL ask its orbit back."""
    demo.say("DE disagrees. Its dissent comes back and stands beside what NL says.")
    item = item_of(demo)
    text = "Our own track shows another plane; we would not call this an approach."
    demo.type("DE", "partner", "answer", "NL", item, "dissent", "--text", text, *WORLD)
    demo.type("DE", "release", "send", "--for", "NL", *WORLD)
    demo.type("NL", "partner", "receive")
    demo.type("NL", "release", "show", TO_DE)
    demo.say("NL finds its track was of another object and asks it back: a request, recorded and sent.")
    demo.type("NL", "release", "recall", TO_DE, "--because", "the track was of another object")
    demo.type("NL", "release", "send", "--for", "DE", *WORLD)
    demo.type("DE", "partner", "receive")
    demo.type("DE", "partner", "answer", "NL", item, "recall-done", "--text", "taken out of use", *WORLD)
    demo.type("DE", "partner", "log", "NL", *WORLD)
    demo.say("DE's own orbit is used again; NL's is shown as taken back, and no watch of DE uses it.")
    demo.type("DE", "catalogue", "show", OBJECT, *WORLD)
    demo.type("DE", "release", "send", "--for", "NL", *WORLD)
    demo.type("NL", "partner", "receive")


def item_of(demo: Demo) -> str:
    """Return how the orbit of NL is called at DE."""
    told = json.loads(demo.ask("DE", "--json", "partner", "log", "NL", *WORLD))
    (item,) = told["items"]
    return str(item["item_id"])


def look_back(demo: Demo) -> None:
    """Show at any time who saw what, and what was given and came back."""
    demo.say("Who saw what, at any time; and what was given to whom, and what came back.")
    demo.type("NL", "release", "who-saw", TO_DE, *WORLD)
    demo.type("NL", "release", "who-saw", CASE, *WORLD)
    demo.type("NL", "release", "ledger", *WORLD)
    demo.type("NL", "release", "list", *WORLD)


def play(folder: Path, *, shown: bool = True) -> Demo:
    """Play all of it in a folder, which must not be there yet."""
    folder.mkdir(parents=True)
    demo = Demo(folder.resolve(), shown)
    for scene in (set_up, find_something, decide, send, verify, take_back, look_back):
        scene(demo)
    return demo


def main() -> None:
    """Play it where it is asked, anew."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo-release")
    if folder.exists():
        shutil.rmtree(folder)
    play(folder)
    print(f"\nThe homes of the four are in {folder}.")


if __name__ == "__main__":
    main()
