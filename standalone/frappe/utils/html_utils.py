"""Foreign HTML made safe: mails, replies, comments, articles, everything a person or a machine may send.

The cleaning itself is nh3's. Here is what is allowed, and three rules of our own:

- A tag that is not allowed is shown as text rather than dropped, so that `<anna@example.com>` in a mail survives.
- Style sheets (`<style>`, `<link>`), `<meta>` and `<base>` are dropped together with their content: they would act on
  the whole page around the text. Inline styles pass through a list of properties and may load nothing.
- JSON stays JSON: markup in its strings is cleaned, and written so that a browser shown the raw text sees no tag.
"""

# ruff: noqa: SIM905 - lists of words read better as text

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from frappe.utils.strings import unescape_html as unescape_html

URL_SCHEMES = frozenset(("cid", "http", "https", "mailto"))

TEXT_TAGS = frozenset(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd li main mark "
    "nav ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time "
    "tr tt u ul var wbr o:p".split()
)
MEDIA_TAGS = frozenset("area audio img map picture source track video".split())
FORM_TAGS = frozenset(
    "button datalist fieldset form input label legend meter optgroup option output progress select textarea".split()
)
INTERACTIVE_TAGS = frozenset("canvas command details dialog menu menuitem summary".split())
SVG_TAGS = frozenset(
    "svg circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline "
    "radialGradient rect stop switch symbol text textPath tspan view".split()
)
MATHML_TAGS = frozenset(
    "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics".split()
)
DOCUMENT_TAGS = frozenset(("html", "head", "body"))
DROPPED_TAGS = frozenset(("style", "link", "meta", "base"))

ALLOWED_TAGS = TEXT_TAGS | MEDIA_TAGS | FORM_TAGS | INTERACTIVE_TAGS | SVG_TAGS | MATHML_TAGS | DOCUMENT_TAGS
EMAIL_TAGS = (TEXT_TAGS | frozenset(("img",))) - frozenset(("o:p", "dir", "main", "nav"))
PLAIN_TAGS = frozenset("a b br code div em i li ol p pre s span strong table tbody td th thead tr u ul".split())

ATTRIBUTES = frozenset(
    "abbr accept accept-charset align alt aria-checked aria-describedby aria-expanded aria-hidden aria-label "
    "aria-labelledby aria-level autocomplete axis bgcolor border bordercolor cellpadding cellspacing char charoff "
    "charset checked cite class clear color cols colspan compact contenteditable controls coords datetime decoding "
    "default dir disabled download enctype face for frame headers height high href hreflang hspace id ismap label "
    "lang list loading longdesc loop low max maxlength media min multiple muted name nohref noshade nowrap open "
    "optimum pattern placeholder playsinline poster pqg preload prompt radiogroup readonly rel required rev "
    "reversed role rowspan rows rules scope selected shape size sizes span spellcheck src srclang start step style "
    "summary tabindex target title translate type usemap valign value vspace width wrap".split()
)
SVG_ATTRIBUTES = frozenset(
    "aria-hidden class clip-path clip-rule color cx cy d dominant-baseline dx dy fill fill-opacity fill-rule "
    "font-family font-size font-style font-weight fx fy gradientTransform gradientUnits height id letter-spacing "
    "marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask offset opacity orient pathLength "
    "patternUnits points preserveAspectRatio r refX refY role rotate rx ry spreadMethod stop-color stop-opacity "
    "stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-width style text-anchor transform version viewBox width x x1 x2 xmlns y y1 y2".split()
)
EMAIL_ATTRIBUTES = frozenset(
    "align alt bgcolor border cellpadding cellspacing cite class color colspan datetime dir face height href id "
    "lang name nowrap rowspan scope size src start style target title type valign width".split()
)

CSS_PROPERTIES = frozenset(
    "align-content align-items align-self azimuth background background-color border border-block border-bottom "
    "border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style "
    "border-bottom-width border-collapse border-color border-left border-left-color border-left-style "
    "border-left-width border-radius border-right border-right-color border-right-style border-right-width "
    "border-spacing border-style border-top border-top-color border-top-left-radius border-top-right-radius "
    "border-top-style border-top-width border-width box-sizing caption-side clear color column-count column-gap "
    "columns direction display elevation empty-cells fill fill-opacity fill-rule flex flex-basis flex-direction "
    "flex-flow flex-grow flex-shrink flex-wrap float font font-family font-feature-settings font-kerning font-size "
    "font-stretch font-style font-variant font-weight gap grid-template-columns grid-template-rows height hyphens "
    "justify-content justify-items justify-self letter-spacing line-height list-style-position list-style-type "
    "margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width "
    "mso-line-height-rule object-fit opacity order orphans outline outline-color outline-style outline-width "
    "overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top "
    "page-break-after page-break-before page-break-inside pause place-content place-items quotes row-gap stroke "
    "stroke-linecap stroke-linejoin stroke-opacity stroke-width tab-size table-layout text-align text-align-last "
    "text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-overflow "
    "text-shadow text-transform unicode-bidi vertical-align visibility white-space widows width word-break "
    "word-spacing word-wrap writing-mode".split()
)
"""Inline styles that move nothing out of its box and load nothing."""

MAX_DEPTH = 400
"""Elements open at once; browsers stop at 512."""

MAX_ATTRIBUTES = 500
"""Attributes of one element."""

MAX_PASSES = 4

_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_TAG_START = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_LOADS_SOMETHING = re.compile(
    r"url|image|expression|import|element\(|attr\(|\\|/\*|@|javascript|-moz-binding", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""[\s/]*(?:=?[^\s/>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?)?""")
_VOID_TAGS = frozenset("area base br col hr img input link meta source track wbr".split())
_CLOSED_BY_THE_NEXT = frozenset("p li dt dd option optgroup tr td th tbody thead tfoot".split())
_KNOWN_TAGS = frozenset(tag.lower() for tag in ALLOWED_TAGS | DROPPED_TAGS)


def sanitize_html(html: Any, linkify: bool = False, always_sanitize: bool = False) -> Any:
    """Return HTML that may be shown: allowed tags kept, others as text, no handlers, no script, no foreign styles.

    Values that are no text, and text without a tag (unless `always_sanitize`), come back as they are; JSON stays JSON.
    With `linkify` bare web addresses become links. Cleaning twice gives the same as cleaning once.
    """
    if not isinstance(html, str) or not (always_sanitize or _MARKUP.search(html)):
        return html
    structure = _json_structure(html)
    if structure is not None:
        return _clean_json(html, structure)
    cleaned = _clean_markup(html)
    return linkify_html(cleaned) if linkify else cleaned


def clean_html(html: Any) -> Any:
    """Return HTML reduced to a small set of text tags without attributes; the text of other tags is kept."""
    return _plain_cleaner().clean(_show_unknown_tags(html, known=None)) if isinstance(html, str) else html


def clean_email_html(html: Any) -> Any:
    """Return the HTML of a mail reduced to what displays it; the text of other tags is kept."""
    return _email_cleaner().clean(_show_unknown_tags(html, known=None)) if isinstance(html, str) else html


def clean_script_and_style(html: Any) -> Any:
    """Return HTML without `script` and `style` elements and their content; nothing else is changed or made safe."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html or "", "html.parser")
    for element in soup(["script", "style"]):
        element.decompose()
    return str(soup)


def is_json(text: Any) -> bool:
    """Tell whether text is a JSON object or list."""
    return isinstance(text, str) and _json_structure(text) is not None


# -- cleaning ---------------------------------------------------------------------------------------------------------


def _clean_markup(html: str) -> str:
    """Clean until nothing changes: what was misnested, or inside of a comment, may read differently the next time."""
    for _attempt in range(MAX_PASSES):
        cleaned: str = _cleaner().clean(_show_unknown_tags(html))
        if cleaned == html:
            return cleaned
        html = cleaned
    return _cleaner(strip_comments=True).clean(_show_unknown_tags(html))  # type: ignore[no-any-return]


def _show_unknown_tags(html: str, known: frozenset[str] | None = _KNOWN_TAGS) -> str:
    """Turn tags into text that are not `known`, never closed, or part of an attack on the cleaner's time.

    The cleaner's time grows with the square of the nesting and of the attributes of one element.
    """
    return _TAG_START.sub(_TagGate(html, known).show, html)


class _TagGate:
    """Decides tag by tag which ones stay tags. Counts elements at least as deep as a browser would open them."""

    def __init__(self, html: str, known: frozenset[str] | None):
        self.html = html
        self.known = known
        self.last_end = html.rfind(">")
        self.open: dict[str, int] = {}
        self.depth = 0
        self.text_until = 0
        self.attributes_until = 0

    def show(self, tag: re.Match[str]) -> str:
        """Return the tag as it is, or with its first character escaped."""
        return tag[0] if self._stays(tag) else "&lt;" + tag[0][1:]

    def _stays(self, tag: re.Match[str]) -> bool:
        name = tag[2].lower()
        if tag.start() > self.last_end or (self.known is not None and name not in self.known):
            return False
        if tag.start() < self.text_until or self._has_too_many_attributes(tag):
            return False
        return self._closes(name) if tag[1] else self._opens(name)

    def _has_too_many_attributes(self, tag: re.Match[str]) -> bool:
        if tag.start() < self.attributes_until:  # text inside of an attribute
            return False
        position = tag.end()
        for _ in range(MAX_ATTRIBUTES):
            attribute = _ATTRIBUTE.match(self.html, position)
            if attribute is None or attribute.end() == position:
                self.attributes_until = position
                return False
            position = attribute.end()
        self.text_until = position
        return True

    def _closes(self, name: str) -> bool:
        if self.open.get(name):
            self.open[name] -= 1
            self.depth -= 1
        return True

    def _opens(self, name: str) -> bool:
        if name in _VOID_TAGS or (name in _CLOSED_BY_THE_NEXT and not self._in_foreign_content()):
            return True
        if self.depth >= MAX_DEPTH:
            return False
        self.open[name] = self.open.get(name, 0) + 1
        self.depth += 1
        return True

    def _in_foreign_content(self) -> bool:
        return bool(self.open.get("svg") or self.open.get("math"))


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style" and _LOADS_SOMETHING.search(value):
        return ";".join(part for part in value.split(";") if not _LOADS_SOMETHING.search(part)) or None
    if tag in SVG_TAGS and "url" in value.lower() and "#" not in value:
        return None
    return value


@lru_cache(maxsize=2)
def _cleaner(*, strip_comments: bool = False) -> Any:
    attributes = {"*": set(ATTRIBUTES)} | {tag: set(SVG_ATTRIBUTES) for tag in SVG_TAGS}
    return _make_cleaner(ALLOWED_TAGS, attributes, strip_comments=strip_comments)


@lru_cache(maxsize=1)
def _email_cleaner() -> Any:
    return _make_cleaner(EMAIL_TAGS, {"*": set(EMAIL_ATTRIBUTES)}, strip_comments=True)


@lru_cache(maxsize=1)
def _plain_cleaner() -> Any:
    return _make_cleaner(PLAIN_TAGS, {"a": {"href"}}, strip_comments=True)


def _make_cleaner(tags: frozenset[str], attributes: dict[str, set[str]], *, strip_comments: bool) -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags={"script", "style", "title", "noscript", "iframe", "template"} - tags,
        attributes=attributes,
        attribute_filter=_filter_attribute,
        strip_comments=strip_comments,
        link_rel=None,
        generic_attribute_prefixes={"data-"},
        url_schemes=set(URL_SCHEMES),
        filter_style_properties=set(CSS_PROPERTIES),
    )


# -- JSON -------------------------------------------------------------------------------------------------------------


def _json_structure(text: str) -> Any:
    """Return the object or list that JSON text holds; None for other text, scalars included."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def _clean_json(text: str, structure: Any) -> str:
    if _clean_markup(text) == text:
        return text
    cleaned = json.dumps(_clean_leaves(structure), ensure_ascii=False)
    return cleaned.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _clean_leaves(value: Any) -> Any:
    if isinstance(value, str):
        return _clean_markup(value) if _MARKUP.search(value) else value
    if isinstance(value, list):
        return [_clean_leaves(item) for item in value]
    if isinstance(value, dict):
        return {_clean_leaves(key): _clean_leaves(item) for key, item in value.items()}
    return value


# -- links ------------------------------------------------------------------------------------------------------------

_WEB_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"']+[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE)
_NO_LINKS_IN = frozenset(("a", "pre", "code", "textarea", "button", "script", "style"))


def linkify_html(html: str) -> str:
    """Turn bare web addresses in the text of clean HTML into links."""
    if not _WEB_ADDRESS.search(html):
        return html
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=_WEB_ADDRESS):
        if not any(parent.name in _NO_LINKS_IN for parent in text.parents) and type(text).__name__ == "NavigableString":
            text.replace_with(BeautifulSoup(_with_links(str(text)), "html.parser"))
    return str(soup)


def _with_links(text: str) -> str:
    from frappe.utils.strings import escape_html

    pieces, position = [], 0
    for match in _WEB_ADDRESS.finditer(text):
        target = match[0] if match[0].lower().startswith("http") else f"http://{match[0]}"
        link = f'<a href="{escape_html(target)}" rel="nofollow">{escape_html(match[0])}</a>'
        pieces += [escape_html(text[position : match.start()]), link]
        position = match.end()
    return "".join([*pieces, escape_html(text[position:])])


__all__ = ["clean_email_html", "clean_html", "sanitize_html"]
