"""What the reader of bundles owes to any bytes, and to any manifest that a partner signs."""

from baken.evidence.bundle import BUNDLE_TYPE, MANIFEST, BundleRefused, write_bundle
from baken.evidence.bundle_manifest import manifest_of
from baken.evidence.dossier import zip_of
from baken.evidence.dsse import envelope
from tests.evidence.bundles import KEY, bundle, read
from tests.fuzz.laws import A_MOMENT_S, within

FIRST = bundle()
FILES = {f"items/{one.item_id}": one.file.content for one in FIRST.items if one.file}
WHOLE, SIGNED = "bundle", "bundle-manifest"


def sound_bundles() -> dict[str, bytes]:
    """Return what to begin from: a whole bundle, and a manifest that is signed once it was bent."""
    return {WHOLE: write_bundle(FIRST, KEY), SIGNED: manifest_of(FIRST)}


def hold_bundle(name: str, content: bytes) -> None:
    """Read bytes and hold the reader to its laws.

    It answers in a moment; it raises nothing but a refusal, in one line that can be printed; what it takes
    is to the byte what it would write.
    """
    if name == SIGNED:
        content = zip_of({**FILES, MANIFEST: envelope(BUNDLE_TYPE, content, KEY)})
    with within(A_MOMENT_S):
        refusal, written = _answer(content)
    assert refusal.isprintable(), refusal
    assert refusal or written == content


def _answer(content: bytes) -> tuple[str, bytes]:
    """Return what is said of a bundle that is not taken, or what a taken one writes."""
    try:
        return "", write_bundle(read(content), KEY)
    except BundleRefused as refused:
        return str(refused), b""
