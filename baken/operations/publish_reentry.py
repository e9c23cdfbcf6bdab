"""Publish a re-entry: from a prediction and what its reader named, to every product people can use."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baken.assess.reentry.messages import Sender, message_of
from baken.assess.reentry.outlook import AskedOutlook, outlook_of
from baken.formats import rdm_xml
from baken.formats.cap import write_cap
from baken.formats.geojson import write_geojson
from baken.formats.icalendar import write_icalendar
from baken.formats.kml import write_kml
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import ReentryOutlook
from baken.report.reentry_page import ReentryPage
from baken.report.reentry_products import Telling, alert, calendar_entries, map_features
from baken.report.reentry_sentence import object_name
from baken.report.words import Speech


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskedProducts:
    """What is asked: about which regions and people, for whom, in which language, told by whom and when."""

    about: AskedOutlook
    now_tai_ns: int
    sender: str
    message_id: str
    language: str = "en"
    concerning: tuple[str, ...] = ()
    next_tai_ns: int | None = None
    land: npt.NDArray[np.bool_] | None = None
    code_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryProducts:
    """What came of it: the outlook, what its page is made from, each text by the end of a file's name."""

    outlook: ReentryOutlook
    page: ReentryPage
    texts: tuple[tuple[str, bytes], ...]


def publish_reentry(prediction: ReentryPrediction, asked: AskedProducts) -> ReentryProducts:
    """Return every product of a prediction; each carries its realm and its marking."""
    outlook, say = outlook_of(prediction, asked.about), Speech(asked.language)
    told = Telling(
        outlook=outlook,
        message_id=asked.message_id,
        sender=asked.sender,
        now_tai_ns=asked.now_tai_ns,
        concerning=asked.concerning,
        next_tai_ns=asked.next_tai_ns,
    )
    page = ReentryPage(
        outlook=outlook,
        as_of_tai_ns=asked.now_tai_ns,
        concerning=asked.concerning,
        next_tai_ns=asked.next_tai_ns,
        mass_kg=asked.about.mass_kg,
        land=asked.land,
        code_version=asked.code_version,
    )
    return ReentryProducts(outlook=outlook, page=page, texts=_texts(told, asked, say))


def _texts(told: Telling, asked: AskedProducts, say: Speech) -> tuple[tuple[str, bytes], ...]:
    prediction, features = told.outlook.prediction, list(map_features(told.outlook, say))
    realm, marking = prediction.realm, prediction.marking
    sender = Sender(
        originator=asked.sender,
        message_id=asked.message_id,
        created_tai_ns=asked.now_tai_ns,
        next_message_tai_ns=asked.next_tai_ns,
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
