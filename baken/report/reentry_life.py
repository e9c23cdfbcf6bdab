"""How what is told of one re-entry hangs together: earlier windows, and names that stay."""

from collections.abc import Iterable

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage
from baken.formats.cap import Words
from baken.formats.cap_reading import AS_WRITTEN, SentAlert
from baken.records.marking import Realm
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import EarlierWindow

LOSSLESS = 9  # decimals of a second
# What an alert tells beside its words, so that the next one can go on from it.
OBJECT, WHAT, WINDOW, EARLIER = "object_id", "what", "window", "earlier_window"


def uid_of(realm: Realm, object_id: str, key: str) -> str:
    """Return the name of a calendar's entry, the same in every update; a drill never takes away the truth.

    >>> uid_of(Realm.TEST, "OBJ-A", "COUNTRY:NLD")
    'TEST-OBJ-A-COUNTRY-NLD@baken'
    """
    return f"{realm}-{object_id}-{key}@baken".replace(":", "-").replace(" ", "_")


def window_now(prediction: ReentryPrediction) -> EarlierWindow:
    """Return what a prediction will be to the next one."""
    return EarlierWindow(
        as_of_tai_ns=prediction.as_of_tai_ns,
        window_start_tai_ns=prediction.window_start_tai_ns,
        epoch_tai_ns=prediction.epoch_tai_ns,
        window_end_tai_ns=prediction.window_end_tai_ns,
    )


def life_parameters(prediction: ReentryPrediction, what: str, earlier: Iterable[EarlierWindow]) -> Words:
    """Return what an alert tells so that the next one can go on from it."""
    return (
        (OBJECT, prediction.identity.object_id),
        (WHAT, what),
        (WINDOW, _window_text(window_now(prediction))),
        *((EARLIER, _window_text(one)) for one in earlier),
    )


def windows_told(sent: SentAlert) -> tuple[EarlierWindow, ...]:
    """Return every window an alert told of, its own last.

    Raises: BadMessage for one that cannot be read.
    """
    texts = [*(text for name, text in sent.parameters if name == EARLIER), sent.told(WINDOW)]
    return tuple(_window(text) for text in texts)


def _window_text(one: EarlierWindow) -> str:
    """Return four instants: as of, start, median, end."""
    instants = one.as_of_tai_ns, one.window_start_tai_ns, one.epoch_tai_ns, one.window_end_tai_ns
    return " ".join(utc_text(at_tai_ns, LOSSLESS) for at_tai_ns in instants)


def _window(text: str) -> EarlierWindow:
    try:
        as_of, start, median, end = (tai_ns_from_utc(part) for part in text.split())
    except ValueError as error:
        raise BadMessage(f"{text!r} is no window", field=WINDOW, next_step=AS_WRITTEN) from error
    return EarlierWindow(
        as_of_tai_ns=as_of, window_start_tai_ns=start, epoch_tai_ns=median, window_end_tai_ns=end
    )
