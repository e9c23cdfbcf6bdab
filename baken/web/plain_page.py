"""A page of plain HTML for whoever comes from outside: no script, nothing from elsewhere, in his light."""

from html import escape

from baken.report.words import Speech

# The colours are the console's own (web/src/styles.css).
STYLE = """
:root{color-scheme:dark;--ground:#0a0e14;--panel:#10161f;--raised:#18212d;--line:#263241;--edge:#5d6f86;
--ink:#e3e9f1;--quiet:#97a6b9;--accent:#7cc7ff;--accent-ink:#06121c;--serious:#ff9f45}
@media (prefers-color-scheme:light){:root{color-scheme:light;--ground:#f2f4f7;--panel:#fff;--raised:#f6f8fa;
--line:#d5dce4;--edge:#6b7886;--ink:#131a22;--quiet:#4f5d6c;--accent:#075fa8;--accent-ink:#fff;
--serious:#b35300}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;padding:6vh 16px 32px;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,sans-serif}
header,main{max-width:34rem;margin:0 auto}
header{display:flex;gap:10px;align-items:center;padding:0 2px 14px;font-weight:650;letter-spacing:.02em}
header a{margin-left:auto;font-weight:400}
main{padding:26px 30px 30px;border:1px solid var(--line);border-radius:10px;background:var(--panel)}
h1{margin:0 0 12px;font-size:22px;line-height:1.25;font-weight:600}
p{margin:0 0 12px}
a{color:var(--accent);text-underline-offset:2px}
label{display:block;margin:16px 0 4px;font-weight:600}
input,select,textarea{font:inherit;color:inherit;width:100%;min-height:40px;padding:8px 10px;
border:1px solid var(--edge);border-radius:6px;background:var(--ground)}
[aria-invalid]{border-color:var(--serious)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.hint{color:var(--quiet);font-size:13px;margin-bottom:4px;font-weight:400}
.wrong{border-left:4px solid var(--serious);padding:8px 14px;background:var(--raised)}
button,.button{display:inline-block;font:inherit;font-weight:600;margin:20px 12px 0 0;min-height:42px;
padding:9px 22px;border:1px solid var(--accent);border-radius:6px;background:var(--accent);
color:var(--accent-ink);text-decoration:none;cursor:pointer}
button.second{background:none;border-color:var(--edge);color:var(--ink)}
.row{display:flex;flex-wrap:wrap;align-items:center}
code{background:var(--raised);padding:2px 5px;border-radius:3px;overflow-wrap:anywhere}
@media print{:root{--ground:#fff;--panel:#fff;--ink:#000;--quiet:#333;--line:#bbb}}
"""
# As in web/src/icon.svg.
MARK = """<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
<rect width="32" height="32" rx="7" fill="#0f1620"/><g fill="none" stroke="#7cc7ff" stroke-width="2.2"
stroke-linecap="round"><ellipse cx="16" cy="16" rx="12" ry="5" transform="rotate(-28 16 16)"/>
<path d="M16 7v18"/></g><circle cx="16" cy="16" r="3.4" fill="#ffd166"/></svg>"""


def plain_page(say: Speech, title: str, body: str, *, here: str = "") -> str:
    """Return a page; ``here`` is the question of its own address, to be asked in the other language too."""
    other = "nl" if say.language == "en" else "en"
    elsewhere = (
        f'<a href="?language={other}{escape(here)}" lang="{other}">{escape(say("form.other_language"))}</a>'
    )
    return f"""<!doctype html>
<html lang="{say.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>{escape(title)} · Baken</title><style>{STYLE}</style></head>
<body><header>{MARK}<span>Baken</span>{elsewhere}</header>
<main><h1>{escape(title)}</h1>
{body}
</main></body></html>
"""
