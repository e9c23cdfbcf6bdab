"""The table of classifications as JSON."""

from collections.abc import Sequence

from baken.share.classifications import Classifications, may_handle, why_covers


def classifications_document(table: Classifications, clearances: Sequence[str] = ()) -> dict[str, object]:
    """Return the table, or only what some clearances are good for, with the reason."""
    if clearances:
        return {
            "version": table.version,
            "clearances": list(clearances),
            "good_for": {
                name: next(filter(None, (why_covers(clearance, name, table) for clearance in clearances)))
                for name in sorted(may_handle(frozenset(clearances), table))
            },
        }
    return {
        "version": table.version,
        "levels": [
            {
                "level": level.name,
                "written": level.written,
                "covers": sorted(level.covers),
                "source": level.source.source_id,
            }
            for level in table.levels
        ],
        "agreements": [
            {
                "agreement": agreement.agreement_id,
                "title": agreement.title,
                "scope": agreement.scope,
                "source": agreement.source.source_id,
                "alike": [sorted(group) for group in agreement.alike],
                "one_way": [list(pair) for pair in sorted(agreement.one_way)],
            }
            for agreement in table.agreements
        ],
        "handling": [
            {
                "policy": rule.policy,
                "classification": rule.classification,
                "rule": rule.rule,
                "source": rule.source.source_id,
            }
            for rule in table.handling
        ],
        "sources": [
            {
                "source": source.source_id,
                "title": source.title,
                "where": source.where,
                "read": source.checked,
            }
            for source in table.sources
        ],
        "unverified": list(table.unverified),
    }
