"""A dossier in a bundle, checked by the very program that goes along with dossiers."""

from baken.cli import verify_dossier
from baken.evidence.signed_note import VerifierKey
from baken.operations.exchange_ports import DossierVerdict


def check_dossier(content: bytes, key: VerifierKey) -> DossierVerdict:
    """Verify a dossier, a zip, against one key that is trusted."""
    trusted = verify_dossier.key_of(key.text, "key")
    try:
        report = verify_dossier.verify(verify_dossier.files_of_zip(content), trusted)
    except verify_dossier.DoesNotHold as error:
        return DossierVerdict(holds=False, told=verify_dossier.plain(str(error)))
    n_shown = sum(entry.fields is not None for entry in report.shown)
    return DossierVerdict(
        holds=True,
        told=verify_dossier.plain(f"{report.title}, {n_shown} of {len(report.shown)} entries shown"),
        realm=report.realm,
        recipient=report.recipient,
        signed_by=report.signed_by,
    )
