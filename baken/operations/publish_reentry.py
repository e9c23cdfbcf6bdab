"""Publish a re-entry: from a prediction and what its reader named, to every product people can use."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from baken.assess.reentry.messages import Sender, message_of
from baken.assess.reentry.outlook import AskedOutlook, outlook_of
from baken.errors import WrongUsage
from baken.formats import rdm_xml
from baken.formats.cap import MessageType, write_cap
from baken.formats.cap_reading import SentAlert
from baken.formats.geojson import write_geojson
from baken.formats.icalendar import write_icalendar
from baken.formats.kml import write_kml
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import ReentryOutlook
from baken.report.reentry_life import OBJECT, windows_told
from baken.report.reentry_page import ReentryPage
from baken.report.reentry_products import Telling, alert, calendar_entries, map_features
from baken.report.reentry_sentence import object_name
from baken.report.words import Speech


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskedProducts:
    """What is asked: about which regions and people, for whom, in which language, told by whom and when.

    ``replaced`` is the alert this one takes the place of; none for the first of an object.
    """

    about: AskedOutlook
    now_tai_ns: int
    sender: str
    message_id: str
    language: str = "en"
    concerning: tuple[str, ...] = ()
    next_tai_ns: int | None = None
    replaced: SentAlert | None = None
    land: npt.NDArray[np.bool_] | None = None
    code_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryProducts:
    """What came of it: the outlook, what its page is made from, each text by the end of a file's name."""

    outlook: ReentryOutlook
    page: ReentryPage
    texts: tuple[tuple[str, bytes], ...]


def publish_reentry(prediction: ReentryPrediction, asked: AskedProducts) -> ReentryProducts:
    """Return every product of a prediction; each carries its realm and its marking.

    Raises: WrongUsage for an alert to replace that is of another object or world, or not older.
    """
    check_replaced(prediction, asked)
    outlook, say = outlook_of(prediction, _with_life(asked)), Speech(asked.language)
    told = Telling(
        outlook=outlook,
        message_id=asked.message_id,
        sender=asked.sender,
        now_tai_ns=asked.now_tai_ns,
        concerning=asked.concerning,
        next_tai_ns=asked.next_tai_ns,
        replaced=asked.replaced,
    )
    page = ReentryPage(
        outlook=outlook,
        as_of_tai_ns=asked.now_tai_ns,
        concerning=asked.concerning,
        next_tai_ns=asked.next_tai_ns,
        replaced=asked.replaced,
        mass_kg=asked.about.mass_kg,
        land=asked.land,
        code_version=asked.code_version,
    )
    return ReentryProducts(outlook=outlook, page=page, texts=_texts(told, asked, say))


def check_replaced(prediction: ReentryPrediction, asked: AskedProducts) -> None:
    """Refuse an update that is none: of another object or world, not newer, or silent of who still waits."""
    sent = asked.replaced
    if sent is None:
        return
    if sent.message_type is MessageType.CANCEL:
        raise WrongUsage(f"{sent.identifier} took everything back; send a first alert instead of an update")
    if (sent.realm, sent.told(OBJECT)) != (prediction.realm, prediction.identity.object_id):
        said = f"{sent.identifier} speaks of {sent.told(OBJECT)} in the world {sent.realm}"
        raise WrongUsage(
            f"{said}, not of {prediction.identity.object_id} in {prediction.realm}; name its own"
        )
    if not (
        windows_told(sent)[-1].as_of_tai_ns < prediction.as_of_tai_ns and sent.sent_tai_ns < asked.now_tai_ns
    ):
        raise WrongUsage(f"{sent.identifier} is no older than this prediction; name an earlier alert")
    left_out = waiting_keys(sent) - {region.key for region in asked.about.regions}
    if left_out:
        said = f"{sent.identifier} keeps {min(left_out)} waiting, which no file of regions holds"
        raise WrongUsage(f"{said}; name the same files again")


def _with_life(asked: AskedProducts) -> AskedOutlook:
    """Return what is asked, with what the alert to replace told: its windows, and who waits."""
    sent = asked.replaced
    if sent is None:
        return asked.about
    earlier = {one.as_of_tai_ns: one for one in (*asked.about.earlier, *windows_told(sent))}
    return replace(
        asked.about, waited=waiting_keys(sent), earlier=tuple(earlier[as_of] for as_of in sorted(earlier))
    )


def waiting_keys(sent: SentAlert) -> frozenset[str]:
    """Return the keys of the regions that an alert keeps waiting."""
    return frozenset(f"{kind}:{code}" for kind, code in sent.geocodes)


def _texts(told: Telling, asked: AskedProducts, say: Speech) -> tuple[tuple[str, bytes], ...]:
    prediction, features = told.outlook.prediction, list(map_features(told.outlook, say))
    realm, marking = prediction.realm, prediction.marking
    sender = Sender(
        originator=asked.sender,
        message_id=asked.message_id,
        created_tai_ns=asked.now_tai_ns,
        next_message_tai_ns=asked.next_tai_ns,
        previous_message_id="" if asked.replaced is None else asked.replaced.identifier,
        previous_message_tai_ns=None if asked.replaced is None else asked.replaced.sent_tai_ns,
    )
    title = say("reentry.title", what=object_name(told.outlook))
    entries = calendar_entries(told, say)
    return (
        ("geojson", write_geojson(features, realm=realm, marking=marking)),
        ("kml", write_kml(title, features, realm=realm, marking=marking)),
        ("ics", write_icalendar(entries, made_tai_ns=asked.now_tai_ns, realm=realm, marking=marking)),
        ("cap.xml", write_cap(alert(told))),
        ("rdm.xml", rdm_xml.write([message_of(prediction, sender, asked.about.mass_kg)])),
    )
