"""Which of a page's titles is the headline: JSON-LD, Open Graph, the title element, or a heading."""

import re

from lxml import etree

from reader.extract.dom.name_patterns import cached_by_name
from reader.extract.dom.node import Elements, text_of
from reader.extract.metadata.embedded import Metadata
from reader.text import fold
from reader.text.compare import is_no_headline, letters_and_digits, same_text
from reader.text.urls import is_home

_TAIL = re.compile(r"\s+(?:[|·•»–—-]|::)\s+")
_MARKED = re.compile(
    r"headline|article[-_]*title|post[-_]*title|entry[-_]*title|story[-_]*title|detail[-_]*title|title[-_]*detail", re.I
)
_SOCIAL = ("og:title", "dc:title", "dcterms:title", "dcterms.title", "parsely-title", "title", "twitter:title")
_HOME_NAMED = 8
_LONGEST_NAME = 60
_LEAST_LABEL = 6
_CODE = re.compile(
    r"\s*(?:<\w|[;{}]\s*(?:\Z|\w+\.)|\b(?:var|let|const)\s+\w+\s*=|\bthis\.\w+\s*=|\bfunction\s*\w*\(|\bwindow\.\w+|"
    r"\w+\s*=\s*['\"]|['\"][^'\"]{0,60}['\"]\s*;)"
)
"""Where a script begins that stands in a title, in a page that is broken."""
_GREETING = re.compile(
    r"(?:welcome (?:to|on|at)|(?:herzlich )?willkommen (?:bei|beim|auf|in|im|zu|zum|zur)|"
    r"bienvenue (?:sur|a|au|chez|dans)|bienvenid[oa]s? (?:a|al|en)|benvenut[oiae] (?:su|sul|in|a|al|nel|da)|"
    r"bem.vind[oa]s? (?:a|ao|no|na)|welkom (?:bij|op|in)|valkommen till|velkommen til|"
    r"chao mung (?:ban )?(?:den|toi)(?: voi)?)\b\W*"
)
"""How a site greets its readers; matched with what `fold` returns."""
_SECTIONS = re.compile(r"\s(?:--?|[|:–—])\s+[^\W\d_]+(?:\s?&\s?[^\W\d_]+)?(?:,\s*[^\W\d_]+(?: [^\W\d_]+)?){2,}")
_LOGO = re.compile(r"banner|logo|masthead|brand|(?:site|blog)[-_]?(?:title|name|header)", re.I)
_ABSOLUTE = re.compile(r"(?:https?:)?//", re.I)
_LONGEST_NAMES = 500
_NOT = re.compile(r"logo|site-?title|brand|masthead|related|sidebar|comment|teaser|card", re.I)


def find_headline(root: Elements, metadata: Metadata, site: str) -> tuple[str, etree._Element | None]:
    """Return the headline, and the heading on the page that prints it, where one does.

    A heading that agrees with the page's metadata is the headline. Without one JSON-LD is believed before Open Graph
    (which is often written for social networks), and both before a single h1, which on many sites is the logo.
    """
    names = [n for n in (metadata.publisher, metadata.meta("og:site_name"), site) if n]
    names += _names_of_home(root, site)
    said = without_site(_without_code(metadata.first_text("headline") or ""), names)
    social = without_site(_without_code(metadata.meta(*_SOCIAL) or ""), names)
    page = without_site(_without_code(metadata.page_title or ""), names)
    headings = [(h, text) for h in root.iter("h1") if 2 < len(text := text_of(h)) <= 400]
    found = _agreeing(headings, said) if said else None
    # Most pages end here, before the thousand elements that might be called headlines are looked at.
    marked = [] if found else _marked_ones(root)
    found = found or (_agreeing(marked, said) if said else None)
    if found:
        # A heading that is cut into spans may lose a space; the copy in the metadata has it.
        return said if same_text(found[1], said) else _without_lines_below(found, said), found[0]
    if said and same_text(said, page) and social and not same_text(said, social):
        # The metadata has one headline for search engines and another for social networks: the one on the page counts.
        shown = next((h for h in headings if same_text(h[1], social)), headings[0] if headings else None)
        if shown is not None and not _NOT.search(shown[0].get("class") or ""):
            return shown[1], shown[0]
    if said and metadata.is_news and not said.endswith(("…", "...")):
        # Newspapers write their headline there; a blog's software writes a title for search engines.
        return said, headings[0][0] if len(headings) == 1 else None
    for text in (social, page):
        found = None if _is_no_headline(text, names) else _agreeing([*headings, *marked], text)
        if found:
            return _without_lines_below(found, text), found[0]
    good = [h for h in headings if not _NOT.search(h[0].get("class") or "") and not _is_no_headline(h[1], names)]
    printed = next((h for h in good if _marked(h[0])), good[0] if len(good) == 1 else None)
    for text in (said, social):
        if not _is_no_headline(text, names):
            second = next((h for h in root.iter("h2") if same_text(text_of(h), text)), None)
            return text, second if second is not None else printed[0] if printed else None
    if printed is not None:
        return printed[1], printed[0]
    if good and not page:
        return good[0][1], good[0][0]
    left = [text for text in (page, said, social) if text]
    told = next((text for text in left if not _is_no_headline(text, names)), None)
    if told is None:
        # Other stories' headlines are links.
        own = [h for h in marked if next(h[0].iter("a"), None) is None and not _is_no_headline(h[1], names)]
        found = next(iter(own or marked), None)
        if found is not None and (own or not left):
            return found[1], found[0]
    return told or next(iter(left), ""), None


def _is_no_headline(title: str, names: list[str]) -> bool:
    """Say whether a title is none of a story: a word for any page, a name of the site, or what it greets readers with
    (`Welcome to The Marsh Post -- News, Sports, Weather`)."""
    return is_no_headline(title, names) or _is_greeting(title, names)


def _is_greeting(title: str, names: list[str]) -> bool:
    """Say whether a title welcomes to the site: it names the site, or the site's sections in a row. `Welcome to the age
    of the ferry` is a headline."""
    greeted = _GREETING.match(fold(title[: 4 * _LONGEST_NAME]))
    if greeted is None:
        return False
    rest = letters_and_digits(title[greeted.end() :])
    return _SECTIONS.search(title) is not None or any(
        rest in ((said := letters_and_digits(name)), f"the{said}", letters_and_digits(_label(name)))
        for name in names
        if letters_and_digits(name)
    )


def _without_code(title: str) -> str:
    """Return a title without the script that a page that is broken has in it."""
    code = _CODE.search(title, _LONGEST_NAME) if len(title) > 2 * _LONGEST_NAME else None
    return title[: code.start()] if code else title


def _names_of_home(root: Elements, site: str) -> list[str]:
    """Return what the page's links to the site's first page say, in words or as a picture, and a heading that is a link
    and called a logo, or leads to the first page of another address of the site: the site's names."""
    home = {
        "/",
        "./",
        *(f"{scheme}://{www}{site}{end}" for scheme in ("http", "https") for www in ("", "www.") for end in ("", "/")),
    }
    names: list[str] = []
    for link in root.iter("a"):
        address = link.get("href")
        if address in home and len(names) < _HOME_NAMED:
            said = [text_of(link), *(image.get("alt") or "" for image in link.iter("img"))]
            names += [name for name in said if 2 < len(name) <= _LONGEST_NAME and name not in names]
    for heading in root.iter("h1"):
        text = text_of(heading)
        if not 2 < len(text) <= _LONGEST_NAME:
            continue
        called = _LOGO.search(f"{heading.get('class') or ''} {heading.get('id') or ''}"[:_LONGEST_NAMES])
        links = [link.get("href") or "" for link in heading.iter("a") if text_of(link) == text]
        if any(called or (_ABSOLUTE.match(address) and is_home(address)) for address in links):
            names.append(text)
    return names


def _without_lines_below(found: tuple[etree._Element, str], said: str) -> str:
    """Return the text of a heading without what it holds after the headline in elements of their own: a date, an
    author, a subtitle. `said` is the headline, whole or cut short, as the page says it elsewhere."""
    element, text = found
    if said.endswith(("…", "...")) or len(element) == 0 or not text.startswith(said):
        return text
    before = ""
    for piece in map(str, element.itertext()):
        if same_text(before, said):
            return said
        before = " ".join((before, piece)).strip()
    return text


def _agreeing(headings: list[tuple[etree._Element, str]], text: str) -> tuple[etree._Element, str] | None:
    return next((heading for heading in headings if _agree(heading[1], text)), None)


def _marked_ones(root: Elements) -> list[tuple[etree._Element, str]]:
    marked = (h for h in root.iter("h1", "h2", "h3", "div", "span", "p") if _marked(h))
    return [(h, text) for h in marked if 2 < len(text := text_of(h)) <= 400]


def _marked(element: etree._Element) -> bool:
    names, said = element.get("class"), element.get("itemprop")
    called = bool(names and _is_marked(names)) or bool(said and _is_marked(said))
    return called and not (_NOT.search(names or "") or _NOT.search(said or ""))


@cached_by_name
def _is_marked(name: str) -> bool:
    name = name.lower()
    return ("title" in name or "headline" in name) and _MARKED.search(name) is not None


def _agree(heading: str, text: str) -> bool:
    """Say whether both are the same words, or the text is the heading cut short or with the site's name after it."""
    if same_text(heading, text):
        return True
    cut = text.rstrip(" .…")
    return (len(cut) > 20 and heading.startswith(cut)) or (
        len(heading) > 20 and text.startswith(heading) and bool(_TAIL.match(text[len(heading) :]))
    )


def without_site(text: str, names: list[str]) -> str:
    """Return a page's title without the paper's name at either end (`Headline | The Paper`, `The Paper: Headline`)."""
    first, colon, rest = text.partition(": ")
    if colon and rest.strip() and any(same_text(first, name) for name in names):
        text = rest.strip()
    parts = _TAIL.split(text)
    if len(parts) < 2:
        return text
    cuts = [m.start() for m in _TAIL.finditer(text)]
    if any(_is_site(parts[-1], name) for name in names):
        kept = text[: cuts[-1]]
        return without_site(kept, names) if len(cuts) > 1 and any(_is_site(parts[-2], n) for n in names) else kept
    if any(_is_site(parts[0], name) for name in names):
        return text[cuts[0] :].lstrip(" |·•»–—-:")
    named = next((n for n, part in enumerate(parts[1:]) if any(_is_just(part, name) for name in names)), None)
    if named is not None:
        return text[: cuts[named]]  # what follows the name is what the site says of itself
    # A short tail after a bar is nearly always the paper; after a dash it may be the headline's own.
    if "|" in text[cuts[-1] : cuts[-1] + 4] and (
        (len(parts[-1]) <= 30 and len(text[: cuts[-1]]) > 20)
        or (len(parts[-1]) <= _LONGEST_NAME and any(_names_host(parts[-1], name) for name in names))
    ):
        return text[: cuts[-1]]
    return text


def _is_just(part: str, name: str) -> bool:
    """Say whether a part of a title is the name, or the name of a host without what is around it."""
    return same_text(part, name) or (len(part) > _LEAST_LABEL and same_text(part, _label(name)))


def _names_host(part: str, name: str) -> bool:
    """Say whether a part of a title has the name of the host in it, in one word or several."""
    label = _label(name)
    return len(label) >= _LEAST_LABEL and label in letters_and_digits(part)


def _label(host: str) -> str:
    """Return the part of a host's name that is the site's own, the longest; "" for what is no host's name."""
    return max(host.split(".")[:-1], key=len, default="") if " " not in host else ""


def _is_site(part: str, name: str) -> bool:
    squeezed = re.sub(r"[\W_]+", "", part.casefold())
    of = re.sub(r"[\W_]+", "", name.casefold())
    return bool(squeezed) and (
        squeezed == of
        or (len(squeezed) > 3 and (squeezed in of or of.startswith(squeezed)))
        or (len(of) > 3 and of in squeezed and len(of) * 2 > len(squeezed))
    )
