"""What others can check: ``baken evidence prove``, ``verify-proof``, ``checkpoint``, ``witness``."""

from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.evidence_options import (
    THE_WITNESS,
    As,
    Keys,
    World,
    asked_entry,
    given_keys,
    key_name,
    posix_text,
    refuse_output,
    unlocked_key,
)
from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console, who_reads
from baken.cli.terminal import print_text
from baken.errors import NoSuchRecord, WrongUsage
from baken.evidence.check_proof import Verdict, check_proof
from baken.evidence.checkpoint import origin_of, read_checkpoint
from baken.evidence.log_proof import GrowthProof, read_proof
from baken.evidence.signed_note import read_note
from baken.evidence.witness import Refusal, SplitView
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import THE_LOG, keep, keep_access
from baken.operations.keep_keys import key_periods
from baken.operations.sign_log import (
    covering_checkpoint,
    prove_entry,
    prove_growth,
    sign_log,
    take_cosigned,
    troubles_of,
    witness,
)
from baken.operations.take_evidence import Taken, entry_of_content
from baken.records.evidence import EntryKind, entry_id_of
from baken.records.marking import Marking, Realm
from baken.wiring.clock import now_posix_s, now_tai_ns
from baken.wiring.files import read_bytes, said_of, write_bytes
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence

Output = Annotated[str | None, typer.Option("-o", metavar="FILE", help="Write there; else to the screen.")]
JSON_TYPE = "application/json"


def prove(
    context: typer.Context,
    entry_id: Annotated[str | None, typer.Argument(metavar="[EV-n]")] = None,
    since: Annotated[
        int | None, typer.Option(metavar="SIZE", help="That the log only grew since then.")
    ] = None,
    output: Output = None,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """Write a proof that anyone can check: that an entry is in the log, or that the log only grew."""
    setting: Setting = context.obj
    if (entry_id is None) == (since is None):
        raise WrongUsage("a proof is of one entry, EV-n, or of growth, --since SIZE")
    refuse_output(setting, output)
    who, now = actor(as_), now_tai_ns()
    with open_evidence(setting.home, who_reads(setting, who)) as (_, log):
        if since is not None:
            proof = prove_growth(log, realm, since, covering_checkpoint(log, realm, since)).content
        else:
            sequence = asked_entry(entry_id or "")
            about = log.entry(realm, sequence).entry.subject
            proof = prove_entry(log, realm, sequence, covering_checkpoint(log, realm, sequence + 1)).content
            thing = f"a proof of {entry_id_of(sequence)}"
            keep_access(log, realm, thing=thing, about=about, actor=who, at_tai_ns=now, luck=luck)
    return _give(setting, output, proof, {"proof": proof.decode()})


def verify_proof(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    key: Keys,
    earlier: Annotated[
        str | None, typer.Option(metavar="FILE", help="The checkpoint from which a log grew.")
    ] = None,
) -> int:
    """Check a proof with the keys of those you rely on: no home is needed, and nobody is asked."""
    setting: Setting = context.obj
    content = read_bytes(file)
    earlier_note = read_bytes(earlier) if earlier else None
    keys = given_keys(key)
    with said_of(file):
        verdict = check_proof(content, keys, earlier_note=earlier_note)
    if setting.as_json:
        print_json(_verdict_document(verdict))
    else:
        _say_verdict(verdict)
    return Exit.DONE if verdict.holds else Exit.DOES_NOT_HOLD


def checkpoint(
    context: typer.Context,
    size: Annotated[int | None, typer.Option(min=0, help="As the log was at this size; else now.")] = None,
    cosigned: Annotated[
        str | None, typer.Option(metavar="FILE", help="Take in a checkpoint a witness cosigned.")
    ] = None,
    output: Output = None,
    realm: World = Realm.REAL,
) -> int:
    """Sign what the log is now; what was signed before must still be its beginning."""
    setting: Setting = context.obj
    refuse_output(setting, output)
    note = read_bytes(cosigned) if cosigned else None
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        now = now_tai_ns()
        if note is not None:
            keys = [period.key for period in key_periods(log, realm)]
            with said_of(cosigned or ""):
                kept = take_cosigned(log, realm, note, keys, at_tai_ns=now)
        else:
            name = origin_of(store.node_name(), realm)
            signing = unlocked_key(setting, log, realm, name)
            kept = sign_log(log, realm, signing, at_tai_ns=now, size=size)
    return _give(setting, output, kept.note, _checkpoint_document(kept.note))


def witness_log(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]")] = None,
    key: Annotated[
        list[str] | None, typer.Option("--key", metavar="VKEY", help="The key of the log, or a file with it.")
    ] = None,
    of: Annotated[
        str | None, typer.Option(metavar="ORIGIN", help="Show what was last witnessed of a log.")
    ] = None,
    output: Output = None,
    as_: As = None,
) -> int:
    """Cosign the checkpoint of another's log, when it follows from what was seen of it before."""
    setting: Setting = context.obj
    if (file is None) == (of is None):
        raise WrongUsage("give the FILE of a checkpoint or of a proof of growth, or --of ORIGIN")
    refuse_output(setting, output)
    if of is not None:
        return _show_witnessed(setting, of, output)
    if not key:
        raise WrongUsage("a log is witnessed by its key; give it with --key")
    with said_of(file or ""):
        note, hashes = _grown(read_bytes(file or ""))
    who, keys = actor(as_), given_keys(key)
    with open_evidence(setting.home, who_reads(setting, who)) as (store, log):
        node = store.node_name()
        signing = unlocked_key(setting, log, Realm.REAL, key_name(THE_WITNESS, node, Realm.REAL))
        with said_of(file or ""):
            told = witness(log, note, hashes, keys, signing, posix_s=now_posix_s())
        if isinstance(told, Refusal) and told.split_view:
            _keep_conviction(log, told.split_view, note, who, node)
    if isinstance(told, Refusal):
        return _refuse(setting, told, output)
    return _give(setting, output, told, _checkpoint_document(told))


def check(context: typer.Context, realm: World = Realm.REAL) -> int:
    """Go through the whole log: every entry, every content, every checkpoint; name what was changed."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting)) as (_, log):
        keys = [period.key for period in key_periods(log, realm)]
        found, size, n_signed = troubles_of(log, realm, keys), log.size(realm), len(log.checkpoints(realm))
    if setting.as_json:
        print_json({"realm": realm.value, "entries": size, "checkpoints": n_signed, "troubles": found})
    else:
        for trouble in found:
            print_text(trouble + "\n")
        state = "all as they were kept" if not found else f"{len(found):,} not as they were kept"
        print_text(f"{realm}: {size:,} entries, {n_signed:,} checkpoints; {state}\n")
    return Exit.DOES_NOT_HOLD if found else Exit.DONE


def _grown(content: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Return the checkpoint in a file and the proof before it, if there is one."""
    if not content.startswith(b"old "):
        return content, ()
    proof = read_proof(content)
    return proof.checkpoint, proof.hashes if isinstance(proof, GrowthProof) else ()


def _show_witnessed(setting: Setting, origin: str, output: str | None) -> int:
    with open_evidence(setting.home, who_reads(setting)) as (_, log):
        seen = log.witnessed(origin)
    if seen is None:
        raise NoSuchRecord(f"nothing of {origin} was witnessed here")
    return _give(setting, output, seen.note, _checkpoint_document(seen.note))


def _keep_conviction(log: EvidenceLog, found: SplitView, note: bytes, who: str, node: str) -> None:
    """Keep the evidence of a split view as an entry of this node's own log."""
    origin = read_checkpoint(read_note(note).text).origin
    now = now_tai_ns()
    log.keep_content(found.content)
    taken = Taken(
        subject=THE_LOG,
        actor=who,
        at_tai_ns=now,
        title=f"{origin} showed two histories",
        source=origin,
        marking=Marking(owner=node),
    )
    entry = entry_of_content(
        found.content,
        name="split-view.json",
        media_type=JSON_TYPE,
        kind=EntryKind.OBSERVATION,
        taken=taken,
    )
    keep(log, [entry], at_tai_ns=now, luck=luck)


def _refuse(setting: Setting, told: Refusal, output: str | None) -> int:
    evidence = told.split_view.content if told.split_view else None
    if setting.as_json:
        split_view = evidence.decode() if evidence else None
        print_json({"witnessed": False, "reason": told.reason, "split_view": split_view})
    else:
        print_text(f"not witnessed: {told.reason}\n")
    if evidence:
        place = output or "split-view.json"
        write_bytes(place, evidence)
        _remark(setting, f"the evidence is in {place}, and kept in the log")
    return Exit.DOES_NOT_HOLD


def _give(setting: Setting, output: str | None, content: bytes, document: dict[str, object]) -> int:
    if output:
        write_bytes(output, content)
    if setting.as_json:
        print_json(document)
    elif output:
        _remark(setting, f"written to {output}")
    else:
        print_text(content.decode())
    return Exit.DONE


def _remark(setting: Setting, text: str) -> None:
    log_console(setting).print(text, highlight=False, markup=False, soft_wrap=True)


def _checkpoint_document(content: bytes) -> dict[str, object]:
    note = read_note(content)
    said = read_checkpoint(note.text)
    return {
        "origin": said.origin,
        "size": said.size,
        "root": said.root.hex(),
        "signed_by": [one.name for one in note.signatures],
        "note": content.decode(),
    }


def _verdict_document(verdict: Verdict) -> dict[str, object]:
    return {
        "holds": verdict.holds,
        "says": verdict.says,
        "origin": verdict.origin or None,
        "size": verdict.size,
        "witnesses": [{"name": name, "at_utc": posix_text(posix_s)} for name, posix_s in verdict.witnesses],
    }


def _say_verdict(verdict: Verdict) -> None:
    print_text(f"{'holds' if verdict.holds else 'does not hold'}: {verdict.says}\n")
    for name, posix_s in verdict.witnesses:
        print_text(f"seen by {name} at {posix_text(posix_s)}\n")
