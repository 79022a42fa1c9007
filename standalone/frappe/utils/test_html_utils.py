"""Foreign HTML."""

from __future__ import annotations

import json
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.utils.html_utils import clean_email_html, clean_html, linkify_html, sanitize_html

FORBIDDEN_TAGS = {
    "script",
    "iframe",
    "object",
    "embed",
    "base",
    "applet",
    "style",
    "link",
    "meta",
    "noscript",
    "use",
    "animate",
    "set",
    "foreignobject",
}
URL_ATTRIBUTES = {"href", "src", "action", "formaction", "xlink:href", "poster", "background", "cite", "data", "srcset"}


class Inspector(HTMLParser):
    """Collects what could do harm, with another parser than the cleaner's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.harm.append(f"<{tag}>")
        for name, value in attrs:
            text = "".join((value or "").split()).lower()
            if name.startswith("on"):
                self.harm.append(f"{tag} {name}")
            if name in URL_ATTRIBUTES and text.startswith(("javascript:", "vbscript:", "data:", "file:")):
                self.harm.append(f"{tag} {name}={value}")
            if name == "style" and any(
                word in text for word in ("url(", "expression", "position", "behavior", "@import")
            ):
                self.harm.append(f"{tag} style={value}")


def harm_in(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.harm


ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x OnErRoR=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>",
    "<svg><set attributeName=onmouseover to=alert(1)></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>alert(1)</script></svg>#x'/></svg>",
    "<svg></p><style><g title='</style><img src onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'></object><embed src='javascript:alert(1)'>",
    "<base href='https://evil.example/'><link rel=stylesheet href='https://evil.example/x.css'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<div style='background:url(https://evil.example/x);position:fixed;top:0'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='background:u\\72l(https://evil.example)'>x</div>",
    "<style>body{background:url(https://evil.example)}</style>",
    "<input onfocus=alert(1) autofocus><textarea></textarea><script>alert(1)</script>",
    "<img srcset='javascript:alert(1)'><video><source onerror=alert(1)></video>",
    '<p title="<script>alert(1)</script>">x</p>',
    '"<img src=x onerror=alert(1)>"',
    '["<img src=x onerror=alert(1)>"]',
    '{"a":"<b title=\\"x onmouseover=alert(1)\\">"}',
    "<template><script>alert(1)</script></template>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src onerror=alert(1)>'>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("clean", [sanitize_html, clean_email_html, clean_html])
def test_nothing_harmful_is_left(attack: str, clean: object) -> None:
    cleaned = clean(attack)  # type: ignore[operator]
    assert harm_in(cleaned) == []
    assert clean(cleaned) == cleaned or harm_in(clean(cleaned)) == []  # type: ignore[operator]


PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<!--", "-->", "<p>",
        "</p>", "<table>", "<td>", "<a href=", "'javascript:x'", '"', "'", ">", "<", "/", " onclick=x ", "<img src=x ",
        "onerror=alert(1)", "<textarea>", "</textarea>", "<title>", "<select>", "<template>", "&lt;", "&#60;", "<b",
        "text", " ", "=", "style='position:fixed;color:red'", "<form>", "<noscript>", "</noscript>", "<![CDATA[", "]]>",
        "\\", "\0", "<o:p>", "<iframe ", "<foreignObject>", "<desc>", "<mi>", "<br>", "</br>", "<plaintext>", "<xmp>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_no_mixture_of_markup_gets_through(html: str) -> None:
    assert harm_in(sanitize_html(html)) == []
    assert harm_in(clean_email_html(html)) == []


@given(st.lists(PIECES, max_size=20).map("".join))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = sanitize_html(html)
    assert sanitize_html(once) == once


def test_what_is_no_markup_comes_back_as_it_is() -> None:
    for value in (None, 5, ["<script>"], "plain & simple", "a < b", '{"a": [1, 2]}', '{"a": "<b>x</b>"}'):
        assert sanitize_html(value) == value


def test_markup_inside_of_json_is_cleaned_and_the_json_stays_json() -> None:
    cleaned = sanitize_html(json.dumps({"a": "<script>x</script><b>ok</b>", "n": 1}))
    assert json.loads(cleaned) == {"a": "&lt;script&gt;x&lt;/script&gt;<b>ok</b>", "n": 1}
    assert "<" not in cleaned


def test_tags_that_are_not_allowed_are_shown_as_text() -> None:
    assert sanitize_html("From Anna <anna@example.com>: <b>hi</b>") == "From Anna &lt;anna@example.com&gt;: <b>hi</b>"
    assert sanitize_html("<blink>x</blink><i>y</i>") == "&lt;blink&gt;x&lt;/blink&gt;<i>y</i>"


def test_what_people_write_survives() -> None:
    html = (
        '<p class="x" data-id="7">Hello <a href="https://example.com" target="_blank" rel="noopener">you</a></p>'
        '<table><tbody><tr><td colspan="2" style="color:red;text-align:center">1</td></tr></tbody></table>'
        '<img src="cid:part1" alt="x"><img src="/files/a.png"><!-- note --><ul><li>a</li></ul>'
    )
    assert sanitize_html(html) == html


def test_mail_is_reduced_to_what_displays_it() -> None:
    mail = (
        "<html><head><title>t</title><style>p{}</style></head><body><h2>Hi</h2><input value=x><p>you</p></body></html>"
    )
    assert clean_email_html(mail) == "<h2>Hi</h2><p>you</p>"


def test_bare_addresses_become_links_outside_of_links() -> None:
    html = "<p>see https://example.com/a?b=1. <a href='https://x.example'>https://x.example</a></p>"
    assert linkify_html(html).count("<a ") == 2
    assert sanitize_html(html, linkify=True).count("<a ") == 2


@pytest.mark.parametrize(
    "huge",
    [
        "<div>" * 100_000,
        "<div></b>" * 50_000,
        "<b><div></b>" * 30_000,
        "<table><tr><td>" * 30_000,
        "<svg>" + "<td>" * 50_000,
        "<div " + " ".join(f"a{number}" for number in range(100_000)) + ">",
        "<div x='>' " + "/".join(f"a{number}='<b'" for number in range(50_000)) + ">",
        "<a " * 200_000 + ">",
        '<a b="' * 100_000 + ">",
        "<!--" * 100_000 + ">",
        "<p style='color:red'>hello</p>" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_huge_and_deep_markup_takes_bounded_time(huge: str) -> None:
    started = time.process_time()
    sanitize_html(huge)
    assert time.process_time() - started < 5
