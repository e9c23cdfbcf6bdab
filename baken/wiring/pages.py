"""Where pages get their templates from: the package itself."""

from importlib.resources import files

from baken.report.after_action import AfterAction
from baken.report.after_action_page import after_action_pdf
from baken.report.breakup_page import BreakupPage, breakup_pdf
from baken.report.conjunction_page import ConjunctionPage, conjunction_pdf
from baken.report.decision_brief import CaseFile, MaySay
from baken.report.decision_page import decision_pdf
from baken.report.reentry_page import ReentryPage, reentry_pdf


def pdf_of_conjunction(page: ConjunctionPage, language: str) -> bytes:
    """Return a conjunction page as PDF."""
    template = files("baken.report").joinpath("conjunction_page.typ").read_text(encoding="utf-8")
    return conjunction_pdf(page, template, language)


def pdf_of_reentry(page: ReentryPage, language: str) -> bytes:
    """Return a page of a re-entry as PDF."""
    template = files("baken.report").joinpath("reentry_page.typ").read_text(encoding="utf-8")
    return reentry_pdf(page, template, language)


def pdf_of_decision(case: CaseFile, language: str, may_say: MaySay) -> bytes:
    """Return a brief for decision as PDF."""
    template = files("baken.report").joinpath("decision_page.typ").read_text(encoding="utf-8")
    return decision_pdf(case, template, language, may_say)


def pdf_of_after_action(told: AfterAction, language: str, may_say: MaySay) -> bytes:
    """Return an after-action report as PDF."""
    template = files("baken.report").joinpath("after_action_page.typ").read_text(encoding="utf-8")
    return after_action_pdf(told, template, language, may_say)


def pdf_of_breakup(page: BreakupPage, language: str) -> bytes:
    """Return a page of a breakup as PDF."""
    template = files("baken.report").joinpath("breakup_page.typ").read_text(encoding="utf-8")
    return breakup_pdf(page, template, language)
