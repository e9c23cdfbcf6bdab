"""Small mechanisms as a person would write them, for tests."""

HEAD = """
[mechanism]
id = "small"
name = { nl = "Klein", en = "Small" }
version = "1"
about = { nl = "Voor een proef.", en = "For a test." }
illustrative = true
language = "en"
[[source]]
id = "law"
title = "A law"
url = "https://law.example/1"
[[organisation]]
id = "us"
name = { nl = "Wij", en = "We" }
own = true
sources = ["law"]
[[organisation]]
id = "them"
name = { nl = "Zij", en = "They" }
audiences = ["THEM"]
sources = ["law"]
"""
OURS = ("duty", "deputy", "chief", "board")
ROLES = "".join(
    f"""
[[role]]
id = "{name}"
name = {{ nl = "{name} in dienst", en = "{name} on duty" }}
organisation = "{"them" if name == "neighbour" else "us"}"
sources = ["law"]
"""
    for name in (*OURS, "neighbour")
)
PLAN = """
[[plan]]
id = "p"
name = { nl = "Plan", en = "Plan" }
kinds = ["other"]
responsible = ["duty"]
supporting = ["deputy"]
informed = ["neighbour", "chief", "board"]
stand_down_when = { nl = "Als het voorbij is.", en = "When it is over." }
stand_down_by = "duty"
sources = ["law"]
"""
SERIES = 'situation = { every = "6 h", by = "duty", to = ["neighbour"] }\n'
OPTIONS = """
[[plan.task.option]]
id = "yes"
name = { nl = "ja", en = "yes" }
[[plan.task.option]]
id = "no"
name = { nl = "nee", en = "no" }
"""


def task(name: str, rest: str = 'by = "duty"') -> str:
    """Return one task of the plan above it, with whatever else it says."""
    what = f'what = {{ nl = "Doe {name}.", en = "Do {name}." }}'
    return f'[[plan.task]]\nid = "{name}"\n{what}\nsources = ["law"]\n{rest}\n'


def mechanism(*tasks: str, plan: str = PLAN) -> str:
    """Return a whole file with one plan of these tasks."""
    return HEAD + ROLES + plan + "".join(tasks)


# One with everything in it: each kind of task, each base of a clock, each thing that can happen.
WHOLE = mechanism(
    task(
        "look",
        'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy", "chief"]',
    ),
    task("tell", 'kind = "inform"\nby = "duty"\nto = ["neighbour"]\nafter = ["look"]\nwithin = "2 h"'),
    task(
        "decide",
        'kind = "decide"\nby = "chief"\nafter = ["look"]\nwithin = "4 h"\ncounts_from = "response"\n'
        'lapses_after = "72 h"\nupheld_by = "uphold"\nto_be_confirmed = true' + OPTIONS,
    ),
    task("do", 'by = "deputy"\nwhen = { decision = "decide", is = ["yes"] }'),
    task("after-doing", 'by = "deputy"\nafter = ["do"]'),
    task("otherwise", 'by = "deputy"\nwhen = { decision = "decide", is = ["no"] }'),
    task("uphold", 'by = "board"\nafter = ["decide"]\nwithin = "48 h"'),
    task("register", 'by = "duty"\nwithin = "24 h"\ncounts_from = "case"\nif_missed = ["deputy"]'),
    task("grave", 'by = "chief"\nfrom_severity = "severe"'),
    task("open", 'open_because = { nl = "Geen tekst zegt het.", en = "No text says so." }'),
    plan=PLAN + SERIES,
)
