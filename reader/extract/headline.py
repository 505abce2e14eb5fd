"""Which of a page's many titles is the headline."""

import re

from lxml import etree

from reader.extract.metadata import Facts, same
from reader.extract.node import words

_TAIL = re.compile(r"\s+(?:[|·•»–—-]|::)\s+")
_MARKED = re.compile(
    r"headline|article[-_]*title|post[-_]*title|entry[-_]*title|story[-_]*title|detail[-_]*title|title[-_]*detail", re.I
)
_SOCIAL = ("og:title", "dc:title", "dcterms:title", "dcterms.title", "parsely-title", "title", "twitter:title")
_NOT = re.compile(r"logo|site-?title|brand|masthead|related|sidebar|comment|teaser|card", re.I)


def title(root: etree._Element, facts: Facts, site: str) -> tuple[str, etree._Element | None]:
    """Return the headline, and the heading on the page that prints it, where one does.

    A heading that agrees with what the page says for machines is the paper's own headline; failing that JSON-LD is
    believed before Open Graph (which is often written for social networks), and both before a lone h1, which on many
    sites is the logo.
    """
    names = [n for n in (facts.publisher, facts.meta("og:site_name"), site) if n]
    said = without_site(facts.line("headline") or "", names)
    social = without_site(facts.meta(*_SOCIAL) or "", names)
    page = without_site(facts.page_title or "", names)
    headings = [h for h in root.iter("h1") if 2 < len(words(h)) <= 400]
    marked = [h for h in root.iter("h1", "h2", "div", "span", "p") if _marked(h) and 2 < len(words(h)) <= 400]
    for heading in (*headings, *marked):
        if said and _agree(words(heading), said):
            # Cut into spans for print, a headline loses a space here and there; the copy for machines has it.
            return said if same(words(heading), said) else words(heading), heading
    if said and same(said, page) and social and not same(said, social):
        # The copy for machines is the one for search engines, and another goes to social networks: what is printed
        # is the headline.
        shown = next((h for h in headings if same(words(h), social)), headings[0] if headings else None)
        if shown is not None and not _NOT.search(shown.get("class") or ""):
            return words(shown), shown
    if said and facts.is_news and not said.endswith(("…", "...")):
        # A newspaper's own words for machines; a blog's software writes its search title there.
        return said, headings[0] if len(headings) == 1 else None
    for text in (social, page):
        for heading in (*headings, *marked):
            if text and _agree(words(heading), text):
                return words(heading), heading
    good = [h for h in headings if not _NOT.search(h.get("class") or "") and not any(same(words(h), n) for n in names)]
    printed = next((h for h in good if _marked(h)), good[0] if len(good) == 1 else None)
    for text in (said, social):
        if text and not any(same(text, name) for name in names):
            second = next((h for h in root.iter("h2") if same(words(h), text)), None)
            return text, second if second is not None else printed
    if printed is not None:
        return words(printed), printed
    if good and not page:
        return words(good[0]), good[0]
    return page or said or social or (words(marked[0]) if marked else ""), None


def _marked(element: etree._Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return len(marks) > 4 and bool(_MARKED.search(marks)) and not _NOT.search(marks)


def _agree(heading: str, text: str) -> bool:
    """The same words; or the machine's copy cut short, or with a tail that names the site."""
    if same(heading, text):
        return True
    cut = text.rstrip(" .…")
    return (len(cut) > 20 and heading.startswith(cut)) or (
        len(heading) > 20 and text.startswith(heading) and bool(_TAIL.match(text[len(heading) :]))
    )


def without_site(text: str, names: list[str]) -> str:
    """Return a page's title without the paper's name at either end (`Headline | The Paper`)."""
    parts = _TAIL.split(text)
    if len(parts) < 2:
        return text
    cuts = [m.start() for m in _TAIL.finditer(text)]
    if any(_is_site(parts[-1], name) for name in names):
        kept = text[: cuts[-1]]
        return without_site(kept, names) if len(cuts) > 1 and any(_is_site(parts[-2], n) for n in names) else kept
    if any(_is_site(parts[0], name) for name in names):
        return text[cuts[0] :].lstrip(" |·•»–—-:")
    # A short tail after a bar is nearly always the paper; after a dash it may be the headline's own.
    if "|" in text[cuts[-1] : cuts[-1] + 4] and len(parts[-1]) <= 30 and len(text[: cuts[-1]]) > 20:
        return text[: cuts[-1]]
    return text


def _is_site(part: str, name: str) -> bool:
    squeezed = re.sub(r"[\W_]+", "", part.casefold())
    of = re.sub(r"[\W_]+", "", name.casefold())
    return bool(squeezed) and (
        squeezed == of
        or (len(squeezed) > 3 and (squeezed in of or of.startswith(squeezed)))
        or (len(of) > 3 and of in squeezed and len(of) * 2 > len(squeezed))
    )
