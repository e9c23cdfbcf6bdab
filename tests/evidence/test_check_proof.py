"""Is a proof checked as somebody does who takes nobody's word?"""

from baken.evidence.check_proof import check_proof
from baken.evidence.log_proof import GrowthProof
from baken.evidence.signed_note import WITNESS, SigningKey, cosigned, read_note
from tests.evidence.notes import LOG_KEY, WITNESS_KEY, log_of, note_of

LOG = log_of(11)


def test_who_signs_for_the_log_is_not_counted_as_a_witness_of_it() -> None:
    own = SigningKey("independent.example", LOG_KEY.private_key, WITNESS)
    note = read_note(note_of(LOG))
    for key in (own, WITNESS_KEY):
        note = cosigned(note, key, posix_s=7)
    proof = GrowthProof(earlier=0, hashes=(), checkpoint=note.content)
    verdict = check_proof(proof.content, [LOG_KEY.verifier, own.verifier, WITNESS_KEY.verifier])
    assert (verdict.holds, verdict.witnesses) == (True, ((WITNESS_KEY.name, 7),))
