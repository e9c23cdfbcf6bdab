"""``baken exercise``: a case on paper, played as in earnest, marked EXERCISE throughout."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.dossier import verifier_text
from baken.cli.exits import Exit
from baken.cli.incident_view import show_incident
from baken.cli.setting import Setting, log_console, table_console
from baken.errors import WrongUsage
from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import birth, new_key
from baken.evidence.signed_note import WITNESS, SigningKey, cosigned, read_note
from baken.exercise.cast_file import refuse_strangers, with_outages, with_silent
from baken.exercise.invented_watch import InventedWatch
from baken.exercise.play import NODE, REALM, House, SeededLuck, play
from baken.exercise.play_response import Responding
from baken.exercise.rehearsal import invented_directory, invented_mail
from baken.exercise.scenario import Scenario, read_scenario
from baken.operations import work_incident
from baken.operations.brief_decision import case_file, may_say
from baken.operations.build_dossier import AskedDossier, Gate, Seal, build_dossier
from baken.operations.desk import Desk
from baken.operations.dossier_gate import gate_of_labels
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_keys import keep_key_note, key_notes
from baken.operations.look_back import after_action
from baken.operations.release_desk import Sharing
from baken.operations.release_question import Act
from baken.operations.response_state import response
from baken.operations.sign_log import sign_log, take_cosigned
from baken.records.incident import Incident, IncidentId
from baken.records.marking import Marking
from baken.records.partner import Partner
from baken.records.terms import Terms
from baken.report.words import LANGUAGES, Speech
from baken.respond.mechanism_file import read_mechanism
from baken.wiring.case_documents import incident_document, matrix_document
from baken.wiring.classifications import shipped_classifications
from baken.wiring.code_version import code_version
from baken.wiring.files import read_bytes, said_of, write_bytes
from baken.wiring.letter_files import letter_files
from baken.wiring.mechanisms import text_of_mechanism
from baken.wiring.pages import pdf_of_after_action, pdf_of_decision
from baken.wiring.plugins import detectors
from baken.wiring.policies import shipped_policies
from baken.wiring.priority_rules import priority_rules
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence_of_its_own
from baken.wiring.workers import threads

app = typer.Typer(help="Exercises: run.", no_args_is_help=True)
EXERCISE_BANNER = "EXERCISE EXERCISE EXERCISE"
A_MINUTE_NS = 60 * 10**9
A_YEAR_NS = 366 * 86_400 * 10**9
TAI_2000_IN_POSIX_S = 946_684_768


@app.command("run")
def run(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="SCENARIO.toml")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new folder.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same bytes.")] = 1,
    silent: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", help="Whoever has this role answers nothing.")
    ] = None,
    outage: Annotated[
        list[str] | None,
        typer.Option(metavar="WAY=FROM-TO", help="Letters by this way fail in these hours, like smtp=0-3."),
    ] = None,
) -> int:
    """Play a scenario in a home of its own: briefs in two languages, and a dossier for each recipient.

    Where the scenario has a response, there are an after-action report in two languages, and the letters
    that arrived, in FOLDER/letters.
    """
    setting: Setting = context.obj
    if output.exists() and any(output.iterdir()):
        raise WrongUsage(f"{output}: is not empty; an exercise is played in a folder of its own")
    with said_of(file):
        scenario = read_scenario(read_bytes(file).decode(errors="replace"))
    home = output / "home"
    with said_of(file), open_evidence_of_its_own(home, THE_NODE) as (store, log), threads(None) as runner:
        luck = SeededLuck(seed)
        key, witness = new_key(origin_of(NODE, REALM), luck), new_key("witness.example", luck, WITNESS)
        keep_key_note(
            log,
            birth(key, at_tai_ns=scenario.start_tai_ns),
            actor="baken",
            at_tai_ns=scenario.start_tai_ns,
            luck=luck,
            realm=REALM,
        )
        watch = InventedWatch(
            sky=scenario.sky,
            store=store,
            detectors=detectors(),
            run=runner,
            marking=Marking(owner=NODE, releasable_to=frozenset(scenario.releasable_to)),
            make_rng=np.random.default_rng,
        )
        house = House(
            store=store,
            log=log,
            rules=priority_rules(home),
            luck=luck,
            watch=watch,
            responding=_responding(setting, scenario, log, luck, silent or (), outage or ()),
        )
        incident_id = play(scenario, house)
        _sign(log, scenario, key, witness)
        files = {
            **(letter_files(response(log, incident_id)) if scenario.response else {}),
            **(_reports(log, scenario, incident_id) if scenario.response else {}),
            **_briefs(log, scenario, incident_id),
            **_dossiers(log, scenario, incident_id, key, luck),
        }
        incident = work_incident.incident(log, incident_id)
    for name, content in files.items():
        (output / name).parent.mkdir(exist_ok=True)
        write_bytes(str(output / name), content)
    return _told(setting, scenario.about, incident, output, tuple(files), key, witness)


def _responding(
    setting: Setting,
    scenario: Scenario,
    log: EvidenceLog,
    luck: SeededLuck,
    silent: Collection[str],
    outages: Sequence[str],
) -> Responding | None:
    """Return what a response is played with: the scenario's cast, with what was said at the command line."""
    if scenario.response is None:
        if silent or outages:
            raise WrongUsage("--silent and --outage: this scenario has no [response]; leave them out")
        return None
    text = text_of_mechanism(setting.home, scenario.response.mechanism)
    mechanism = read_mechanism(text)
    cast = with_outages(with_silent(scenario.response.cast, silent), outages, scenario.start_tai_ns)
    refuse_strangers(cast, mechanism)
    mail = invented_mail(invented_directory(mechanism), cast, NODE)
    return Responding(log=log, luck=luck, mechanism_text=text, mail=mail, cast=cast)


def _sign(log: EvidenceLog, scenario: Scenario, key: SigningKey, witness: SigningKey) -> None:
    """Sign the log at the end of the scenario, and let its witness see it."""
    end_tai_ns = scenario.end_tai_ns + A_MINUTE_NS
    note = sign_log(log, REALM, key, at_tai_ns=end_tai_ns).note
    seen = cosigned(read_note(note), witness, posix_s=TAI_2000_IN_POSIX_S + end_tai_ns // 10**9)
    take_cosigned(log, REALM, seen.content, [key.verifier], at_tai_ns=end_tai_ns)


def _briefs(log: EvidenceLog, scenario: Scenario, incident_id: IncidentId) -> Mapping[str, bytes]:
    as_of_tai_ns = scenario.end_tai_ns + A_MINUTE_NS
    case = case_file(log, incident_id, as_of_tai_ns=as_of_tai_ns, code_version=code_version())
    return {f"brief-{language}.pdf": pdf_of_decision(case, language, may_say) for language in LANGUAGES}


def _reports(log: EvidenceLog, scenario: Scenario, incident_id: IncidentId) -> Mapping[str, bytes]:
    as_of_tai_ns = scenario.end_tai_ns + A_MINUTE_NS
    told = after_action(log, incident_id, as_of_tai_ns=as_of_tai_ns, code_version=code_version())
    return {
        f"after-action-{language}.pdf": pdf_of_after_action(told, language, may_say) for language in LANGUAGES
    }


def _dossiers(
    log: EvidenceLog, scenario: Scenario, incident_id: IncidentId, key: SigningKey, luck: SeededLuck
) -> Mapping[str, bytes]:
    at_tai_ns = scenario.end_tai_ns + 2 * A_MINUTE_NS
    desk = Desk(log=log, actor=scenario.officer, at_tai_ns=at_tai_ns, luck=luck)
    asked = AskedDossier(
        incident_id=incident_id,
        title=f"{scenario.title} ({EXERCISE_BANNER})",
        recipients=scenario.recipients,
        verifier=verifier_text(),
        gate=_gate(log, scenario, at_tai_ns),
    )
    seal = Seal(key=key, notes=key_notes(log, REALM))
    built = build_dossier(desk, asked, seal, matrix_document)
    return {f"{incident_id}-{recipient}.zip": content for recipient, content in built.copies.items()}


def _gate(log: EvidenceLog, scenario: Scenario, at_tai_ns: int) -> Gate:
    """Return who may get what in a game: its recipients are its partners, under the rules that ship."""
    realms = frozenset({REALM})
    sharing = Sharing(
        node=NODE,
        policies=shipped_policies(),
        classifications=shipped_classifications(),
        partners={code: Partner(code=code, names={}, realms=realms) for code in scenario.recipients},
    )
    terms = Terms(expires_tai_ns=at_tai_ns + A_YEAR_NS)
    act = Act(
        releaser=scenario.officer, because=scenario.title, terms=terms, reduced=False, at_tai_ns=at_tai_ns
    )
    return gate_of_labels(log, sharing, act)


def _told(
    setting: Setting,
    about: str,
    incident: Incident,
    folder: Path,
    files: tuple[str, ...],
    key: SigningKey,
    witness: SigningKey,
) -> int:
    if setting.as_json:
        told = {"about": about, "folder": str(folder), "files": list(files), "key": key.verifier.text}
        print_json({**told, "witness": witness.verifier.text, "incident": incident_document(incident)})
        return Exit.DONE
    if about:
        table_console().print(Text(about))
    show_incident(table_console(), incident, Speech(setting.language))
    for name in files:
        table_console().print(Text(str(folder / name)))
    log_console(setting).print(
        Text(f"verify with --key {key.verifier.text} --witness {witness.verifier.text}"), soft_wrap=True
    )
    return Exit.DONE
