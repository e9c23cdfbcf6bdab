"""The response of the story: the Dutch mechanism at work on the breakup, with much done and some late.

It acts through the door that people use, at the moments at which it happened.
"""

from dataclasses import replace

from starlette.testclient import TestClient

from baken.cli.serving import HERE
from baken.web.app import application
from baken.web.guard import LOOPBACK
from baken.wiring.mechanisms import DIRECTORY, FOLDER, example_directory, mechanism_text
from baken.wiring.transports import FILE
from tests.console.story.homes import NOW_TAI_NS, Door

MINUTE_NS = 60 * 10**9
OFFICER, COORDINATOR = "officer", "coordinator"
EVERY_12_H = 'situation = { every = "12 h", by = "ncc-duty"'
MORE_OFTEN = 'situation = { every = "175 min", by = "ncc-duty"'
BEGAN_MIN = 330


def tell(door: Door) -> None:
    """Tell of a response that is five hours old."""
    _made_ready(door)
    app = application(door.service, hosts=LOOPBACK, version="test")
    door = replace(door, client=TestClient(app, base_url=f"http://{HERE}"))
    place = f"/incidents/{_case(door)}/response"
    because = "the cloud crosses a busy shell"
    _at(door, BEGAN_MIN).post(f"{place}/plans", because=because, mechanism="nl", plan="breakup")
    _at(door, 328).post(f"{place}/plans/breakup/call-outs", because="they carry no facts")
    _first_hour(door, place)
    _asked(door, place)
    _told(door, place)
    for ago_min in (200, 100, 10, 0):
        _at(door, ago_min).post(f"{place}/turns")
        _at(door, ago_min).post(f"{place}/notices/deliveries")


def _made_ready(door: Door) -> None:
    """Put a directory, a way for letters, and a mechanism with reports more often in place."""
    (door.home / DIRECTORY).write_text(example_directory().replace('way = "smtp"', 'way = "folder"'))
    (door.home / FILE).write_text('[folder]\npath = "letters"\nfrom = "watch@baken.example"\n')
    (door.home / "letters").mkdir(exist_ok=True)
    (door.home / FOLDER).mkdir(exist_ok=True)
    text = mechanism_text(door.home, "nl")
    at = text.index('id = "breakup"')
    (door.home / FOLDER / "nl.toml").write_text(text[:at] + text[at:].replace(EVERY_12_H, MORE_OFTEN, 1))


def _case(door: Door) -> str:
    """Return the first case of a breakup that is open; one is opened when there is none."""
    found = door.get("/incidents", realm="SIMULATED", only_open=True)["incidents"]
    for one in found:
        if one["kind"] == "breakup":
            return str(one["incident_id"])
    events = door.get("/events", realm="SIMULATED", kind="FR")["events"]
    names = [events[0]["event_id"]] if events else []
    early = _at(door, 400)
    opened = early.post(
        "/incidents",
        title="Breakup of a spent stage",
        kind="breakup",
        because="24 new pieces part from one orbit",
        event_ids=names,
        realm="SIMULATED",
    )
    name = str(opened["incident_id"])
    _at(door, 338).post(
        f"/incidents/{name}/judgements", name="severity", value="serious", because="a busy shell"
    )
    return name


def _first_hour(door: Door, place: str) -> None:
    def take(ago_min: int, task: str) -> None:
        _at(door, ago_min, COORDINATOR).post(f"{place}/tasks/{task}/taken", plan="breakup")

    def done(ago_min: int, task: str, because: str) -> None:
        _at(door, ago_min, COORDINATOR).post(f"{place}/tasks/{task}/done", plan="breakup", because=because)

    take(322, "confirm-breakup")
    done(296, "ask-eu-sst", "both desks have our elements, and ask for our radar times")
    done(258, "confirm-breakup", "one parent, 24 pieces, between 840 and 880 km")
    take(250, "tell-ncc")
    done(244, "tell-ncc", "told by telephone and in writing")
    take(240, "call-iao")
    take(236, "tell-ministries")
    done(150, "tell-ministries", "seven duty officers have it")
    done(128, "call-iao", "the advisory team meets at 05:00Z")
    take(120, "register-check")


def _asked(door: Door, place: str) -> None:
    """Ask for two things; one was answered."""
    case = place.split("/")[2]
    objects = door.get(f"/incidents/{case}")["object_ids"]
    night = {"from_utc": "2026-11-26T20:00:00Z", "to_utc": "2026-11-27T05:00:00Z"}
    for ago_min, kind, of, purpose, of_what in (
        (300, "sensor", "eu-sst-desk", "Radar passes over the cloud", night | {"object_id": objects[0]}),
        (140, "operator-data", "operator-control", "Telemetry of the stage from its last contact", {}),
    ):
        _at(door, ago_min).post(
            f"{place}/requests",
            plan="breakup",
            kind=kind,
            of=of,
            purpose=purpose,
            noticeable="nothing: others look at it too",
            pap="AMBER",
            due_utc="2026-11-26T09:00:00Z",
            **of_what,
        )
    answer = "two passes on the 27th, 01:10Z and 02:48Z"
    _at(door, 190).post(f"{place}/requests/R-1/answers", act="answer", because=answer)


def _told(door: Door, place: str) -> None:
    """Approve some of the letters that wait, make the first report, and note what went wrong."""
    text = "One stage broke up by itself at 859 km. 24 pieces known. Nobody on the ground is at risk."
    _at(door, 170).post(f"{place}/turns")
    _at(door, 160).post(f"{place}/situation-reports", plan="breakup", text=text)
    letters = _at(door, 159).get(f"{place}/notices")["notices"]
    waiting = [one["key"] for one in letters if one["stage"] == "drafted"]
    approved = waiting[: 2 * len(waiting) // 3]
    read = "read, and right"
    _at(door, 158, COORDINATOR).post(f"{place}/notices/approvals", keys=approved, because=read)
    _at(door, 157).post(f"{place}/notices/deliveries")
    _at(door, 60).post(
        f"{place}/lessons", text="Nobody had the night number of the operator", owner="t.bakker"
    )


def _at(door: Door, ago_min: int, actor: str = OFFICER) -> Door:
    """Return the door as it was some minutes ago, for somebody."""
    at_tai_ns = NOW_TAI_NS - ago_min * MINUTE_NS
    then = replace(door.service, now_tai_ns=lambda: at_tai_ns, actor=actor)
    # One application, of which only the clock and the hand change: to make one takes half a second.
    door.client.app.state.service = then
    return replace(door, service=then)
