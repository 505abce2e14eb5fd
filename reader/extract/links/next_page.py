"""The page of the same article that follows this one: a `next` edge, or none. Pure.

Two things have to agree. The address is this page's own but for the page number (`?page=2`, `/page/2`, `/2/`,
`-2.html`), which is the next one; and something on the page says so: `rel=next`, a pager's number, or words like
"Next". So the next story of a blog, a slide show and the pages of comments are none, and no edge leads back. Where the
first page offers the whole article on one page, that is the next page: one request instead of many.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from reader.extract.dom.node import Elements, text_nodes, text_of
from reader.extract.links import targets
from reader.extract.metadata.page_context import PageContext
from reader.models import Link, LinkKind
from reader.text import clean_line, fold
from reader.text.urls import canonical, host, is_home, same_site
from reader.url_parts import url_parts

_NAMES = r"page|pages|paged|pageno|pagenum|page_?number|pg|p|seite|pagina|trang|strona|sida|side|sayfa|halaman|stranka"
_COMMA = re.compile(r"(?P<stem>.+?),(?:[a-z]{1,8},)?(?P<number>\d{1,2})\Z", re.I)
_QUERY = re.compile(rf"(?:(?:{_NAMES})|(?P<zero>start|limitstart|offset))=(?P<number>\d{{1,2}})\Z", re.I)
_NAMED = re.compile(
    rf"(?P<stem>.+?)(?:/(?:{_NAMES})[/_-]?|[_-](?:page|seite|pagina)[_-]?)(?P<number>\d{{1,2}})"
    r"(?P<end>\.\w{2,5})?\Z",
    re.I,
)
_BARE = re.compile(r"(?P<stem>.+)/(?P<number>\d{1,2})(?:\.(?:html?|php|aspx?))?\Z", re.I)
_INDEX = re.compile(r"(?P<stem>.+)/index[-_,]?(?P<number>\d{1,2})\.\w{3,5}\Z", re.I)
_TAIL = re.compile(r"(?P<stem>.+?)[-_,](?P<number>\d{1,2})(?P<end>\.(?:s?html?|php|aspx?|jsp|cms|ece))\Z", re.I)
_STORY = re.compile(r"(?!(?:19|20)\d\d\Z)(?=.*\d{4}|(?:[^-_]*[-_]){2}|.+\.\w{3,5}\Z)")
"""The last part of a path that names one story, and no list or year: an id, three words, or a file."""
# Three patterns that each begin with a fixed character: faster to search for than one with alternatives.
_MAYBE_NUMBER = re.compile(
    r"\d(?:(?<=[/_,=-].)|(?<=page.)|(?<=seite.)|(?<=index.)|(?<=p.))\d?(?:\.\w{2,5})?/?(?:[?&#]|\Z)", re.I
)
_MAYBE_SAID = re.compile(r"=(?:all|full\w*|single|complete|true|yes|1)\b", re.I)
_MAYBE_WHOLE = re.compile(
    r"/(?:\w+[-/])?(?:all|full|single-?page|one-?page|all-?pages|komplettansicht|show-?all|view-?all)/?\Z", re.I
)
_SHORT = 20
"""Characters of a relative address that need not name the story."""
_WHOLE = re.compile(
    rf"(?:(?:{_NAMES}|view|mode|display)=(?:all|full|single|fullstory|complete)|(?:single-?_?page|one-?_?page|"
    r"view-?_?all|show-?_?all|all)=(?:1|true|yes|all)|single-?page|view-?all|show-?all|onepage)\Z",
    re.I,
)
_WHOLE_PATH = re.compile(
    r"(?P<stem>.+?)/(?:all|page/all|all-pages|single-?page|full|komplettansicht|seite-all|allpages|onepage)\Z", re.I
)
# What links say is compared folded: without accents, and Japanese without its voicing marks.
_WHOLE_SAYS = re.compile(
    r"(?:view|show|read|see)?\s*(?:(?:it |this |article |story )*(?:as|on|in) (?:a |one )?(?:single|one)? ?page|"
    r"(?:as )?(?:a )?single[- ]page(?: view| version)?|(?:view |show |see )?all(?: pages)?|full (?:article|story)|"
    r"one page(?: view)?)|(?:.{0,30}\b)?auf (?:einer|1) seite(?: lesen| anzeigen)?|komplettansicht|"
    r"(?:.{0,30}\b)?(?:sur|en) une (?:seule )?page|(?:.{0,30}\b)?en una (?:sola )?pagina|"
    r"(?:.{0,30}\b)?in (?:un')?una (?:sola )?pagina|"
    r"全文表示|1ヘーシて表示|全文を表示|显示全文|查看全文|单页阅读|阅读全文|xem tat ca"
)
_NEXT_SAYS = re.compile(
    r"(?:(?:go |continue |on )?(?:to )?(?:the )?next(?: page)?|continue(?: reading)?|(?:zur )?nachste(?: seite)?|"
    r"weiter|weiterlesen|vor|(?:page )?suivante?|la suite|(?:pagina )?siguiente|(?:proxima|seguinte)(?: pagina)?|"
    r"(?:pagina )?(?:seguinte|successiva)|avanti|volgende(?: pagina)?|nasta(?: sida)?|naeste(?: side)?|næste(?: side)?|"
    r"neste(?: side)?|seuraava(?: sivu)?|nastepna(?: strona)?|dalej|dalsi(?: strana| stranka)?|kovetkezo(?: oldal)?|"
    r"далее|следующая(?: страница)?|вперед|наступна(?: сторінка)?|(?:trang )?(?:sau|ke|ke tiep|tiep|tiep theo)|"
    r"sonraki(?: sayfa)?|(?:halaman )?(?:berikutnya|selanjutnya)|urmatoarea(?: pagina)?|επομενη|"
    r"次へ|次の?ヘーシ(?:へ)?|続きを読む|下一[页頁]|下[页頁]|下一步|다음(?: 페이지| 쪽)?|التالي|الصفحة التالية|"
    r"(?:ל?עמוד )?הבא|अगला(?: पेज)?)"
)
_NUMBER_SAYS = re.compile(
    rf"\W*(?:continue(?:d)? (?:to|on) |weiter (?:auf|zu) |weiterlesen auf )?(?:(?:{_NAMES}|sivu|страница|第)\s*)?"
    r"(?P<number>\d{1,2})(?:\s*(?:[页頁]|ヘーシ))?"
    r"(?: (?:of|von|de|sur|di|van|av|af|z|из|tren) \d{1,3}|\s?/\s?\d{1,3})?(?:\W*\Z|\s*[:–-] .*)"
)
_ARROWS = " \t\n>»›→▶►⟩❯|.…[]()≫＞:"
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-?nav|replies|kommentare|commentaires|comentarios|disqus|related|"
    r"sidebar|widget|latest|gallery|slideshow|carousel|(?:article|post|story|news)-?list)(?:$|[\s_-])",
    re.I,
)
_COMMENTS = re.compile(r"#.{0,3}(?:comment|kommentar|respond|repl|disqus)", re.I)
_PAGER_DEPTH, _LONGEST_PAGER = 5, 300


class NumberedAddress(NamedTuple):
    """An address as page `number` of the article at `stem`. `part` says where the number is written, "" for nowhere."""

    stem: str
    number: int
    part: str


def numbered_addresses(url: str) -> list[NumberedAddress]:
    """Return every way to take an address as a page of an article. The first is always: page 1 of itself."""
    parts = url_parts(canonical(url))
    path = re.sub(r"/(?:index\.\w{3,5})?\Z", "", parts.path)
    query = [piece for piece in parts.query.split("&") if piece]
    site = host(url)

    def stem(path: str, query: list[str]) -> str:
        return f"{site}{path.removesuffix('/')}?{'&'.join(sorted(query))}"

    found = [NumberedAddress(stem(path, query), 1, "")]
    for piece in query:
        if said := _QUERY.match(piece):
            rest = stem(path, [other for other in query if other is not piece])
            found.append(NumberedAddress(rest, int(said["number"]), "zero" if said["zero"] else "query"))
    for pattern, part in ((_NAMED, "named"), (_INDEX, "index"), (_BARE, "bare"), (_TAIL, "tail"), (_COMMA, "tail")):
        said = pattern.match(path)
        if said and (part in ("named", "tail") or _STORY.match(said["stem"].rpartition("/")[2])):
            end = said.groupdict().get("end") or ""
            found.append(NumberedAddress(stem(said["stem"] + end, query), int(said["number"]), part))
            if part == "bare" and "." in path.rpartition("/")[2]:
                found.append(
                    NumberedAddress(
                        stem(said["stem"] + "." + path.rpartition(".")[2], query), int(said["number"]), part
                    )
                )
            if part in ("named", "tail"):
                break
    return found


class _PagerCache:
    """What is found once for all links of a page: there may be thousands in one box."""

    def __init__(self, root: Elements, base: str) -> None:
        self._root, self._base = root, base
        self.texts: dict[etree._Element, str | None] = {}
        """The text of a box, or None where it is too long for a pager."""
        self.elsewhere: dict[etree._Element, bool] = {}

    @cached_property
    def firsts(self) -> set[str]:
        """The stems of the first pages that the page's pager leads to: chapters and episodes have numbers too."""
        found: set[str] = set()
        for anchor in self._root.iter("a"):
            said = _NUMBER_SAYS.match(fold(text_of(anchor))) if len(anchor.get("href") or "") > 1 else None
            address = targets.link_target(anchor.get("href"), self._base) if said and said["number"] == "1" else None
            if address:
                found.update(one.stem for one in numbered_addresses(address) if one.number == 1)
        return found

    @cached_property
    def framing(self) -> set[etree._Element]:
        """Headlines, and the elements around them."""
        found: set[etree._Element] = set()
        for heading in self._root.iter("h1"):
            for element in chain((heading,), heading.iterancestors()):
                if element in found:
                    break
                found.add(element)
        return found


def next_links(page: PageContext, claimed: str) -> list[Link]:
    """Return the edge to the page that follows, in a list of one, or an empty list: the one that the site rule names,
    else the one that addresses and words agree on. `claimed` is the article's rel=canonical address."""
    for element in page.rule.next.all(page.root) if page.rule else ():
        address = targets.link_target(element.get("href"), page.base)
        if address and same_site(address, page.url) and canonical(address) != canonical(page.url):
            return [Link(LinkKind.NEXT, text_of(element) or "2", address)]
    return next_page(page.index, page.url, page.base, claimed)


def next_page(root: Elements, url: str, base: str, claimed: str) -> list[Link]:
    """Return the edge to the page that follows, in a list of one, or an empty list.

    `url` is the page's own address and `claimed` its rel=canonical, which stands in where `url` names no page. `base`
    is where its links start from.
    """
    own = numbered_addresses(url)
    if not any(one.part for one in own) and not is_home(claimed):
        own += numbered_addresses(claimed)
    own = [one for one in own if not one.stem.endswith("/?") and one.stem != f"{host(url)}?"]
    if not own:
        return []
    here = {canonical(url), canonical(claimed)} if not any(one.part for one in own) else {canonical(url)}
    names = {_name(one.stem) for one in own}
    best: tuple[int, Link] | None = None
    known = _PagerCache(root, base)
    for element in root.iter("link", "a"):
        href = element.get("href") or ""
        # Most links of a page end here, before the costly tests: they name another story.
        if len(href) > _SHORT and href[0] != "?" and not any(map(href.__contains__, names)):
            continue
        if not (_MAYBE_NUMBER.search(href) or ("=" in href and _MAYBE_SAID.search(href)) or _MAYBE_WHOLE.search(href)):
            continue
        says_next = "next" in (element.get("rel") or "").casefold().split()
        if element.tag == "link" and not says_next:
            continue
        address = targets.link_target(href, base)
        if address is None or _COMMENTS.search(address) or canonical(address) in here:
            continue
        text = _says(element)
        if _first(own) and _offers_whole(address, text, own) and not _stands_elsewhere(element, known):
            return [Link(LinkKind.NEXT, text, address.partition("#")[0])]
        step = _follows(address, own)
        if step is None:
            continue
        rank = _evidence(element, text, step, known, says_next=says_next)
        if rank and step.part == "tail" and step.number > 2 and step.stem not in known.firsts:
            rank = 0
        if rank and (best is None or rank > best[0]) and not _stands_elsewhere(element, known):
            best = rank, Link(LinkKind.NEXT, text or str(step.number), address.partition("#")[0])
    return [best[1]] if best else []


def _name(stem: str) -> str:
    """Return the beginning of the story's name in a path, as far as every spelling of the address has it."""
    return re.split(r"[%.?]", stem.rpartition("?")[0].rpartition("/")[2])[0][:20]


def _follows(address: str, own: list[NumberedAddress]) -> NumberedAddress | None:
    """Return how an address is read as the page after this one; its number is the one that people see."""
    for there in numbered_addresses(address):
        for mine in own:
            if not there.part or there.stem != mine.stem or (mine.part and mine.part != there.part):
                continue
            if there.number == mine.number + 1:
                return there
            # Some count from 0: their second page is called 1.
            if not mine.part and there.number == 1 and there.part in ("query", "zero"):
                return there._replace(number=2, part="zero")
    return None


def _evidence(element: etree._Element, text: str, step: NumberedAddress, known: _PagerCache, *, says_next: bool) -> int:
    """Say how plainly the page calls a link the next page; 0: not at all."""
    said = fold(text).strip(_ARROWS)
    named = _NUMBER_SAYS.match(fold(text))
    number = int(named["number"]) if named else None
    if element.tag == "link":
        # Blogs say rel=next of the next story too, whose name can end in a number.
        return 0 if step.part == "tail" else 2
    if named and number is not None:
        if number == step.number or (step.part in ("query", "zero") and number == step.number + 1):
            return 2 if says_next or len(text) > len(named["number"]) or _in_pager(element, number, known) else 0
        return 0
    if _NEXT_SAYS.fullmatch(said):
        return 3
    if not said and (says_next or text or "next" in fold(element.get("class") or "").split()):
        return 3
    return 2 if says_next and step.part != "tail" else 0


def _says(element: etree._Element) -> str:
    """Return the text of a link, or the label, title or alternative text in its place."""
    if element.tag == "link":
        return ""
    text = text_of(element)
    if any(character.isalnum() for character in text):
        return text
    named = element.get("aria-label") or element.get("title")
    named = named or next((image.get("alt") for image in element.iter("img") if image.get("alt")), None)
    return clean_line(named) if named else text


def _in_pager(element: etree._Element, number: int, known: _PagerCache) -> bool:
    """Say whether a number stands in a pager: in a short box beside the number before it."""
    for ancestor in islice(element.iterancestors(), _PAGER_DEPTH):
        if ancestor not in known.texts:
            known.texts[ancestor] = _short_text(ancestor)
        text = known.texts[ancestor]
        if text is None:
            return False
        if re.search(rf"(?<!\d){number - 1}(?!\d)", text):
            return True
    return False


def _short_text(element: etree._Element) -> str | None:
    """Return the text of a box, or None where it is too long for a pager; a long text is not read to its end."""
    kept: list[str] = []
    held = 0
    for piece in text_nodes(element):
        kept.append(piece)
        held += len(piece.strip())
        if held > _LONGEST_PAGER:
            return None
    text = " ".join(kept)
    return text if len(text.strip()) <= _LONGEST_PAGER else None


def _stands_elsewhere(element: etree._Element, known: _PagerCache) -> bool:
    """Say whether a link is among the comments, or in a list beside the article. The names of elements that hold the
    headline are not looked at: they tell the page's layout."""
    passed: list[etree._Element] = []
    said: bool | None = False
    for box in chain((element,), element.iterancestors()):
        passed.append(box)
        said = known.elsewhere.get(box)
        if said is None and (box.tag in ("body", "html") or box in known.framing):
            said = False
        elif said is None and _ELSEWHERE.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
            said = True
        if said is not None:
            break
    known.elsewhere.update(dict.fromkeys(passed, bool(said)))
    return bool(said)


def _first(own: list[NumberedAddress]) -> bool:
    return all(one.number == 1 for one in own)


def _offers_whole(address: str, text: str, own: list[NumberedAddress]) -> bool:
    """Say whether a link offers the article on one page, by its address and by its words."""
    if not _WHOLE_SAYS.fullmatch(fold(text).strip(_ARROWS)):
        return False
    here = {mine.stem for mine in own}
    return any(stem in here for stem in _whole_of(address))


def _whole_of(address: str) -> Iterator[str]:
    parts = url_parts(canonical(address))
    kept = [piece for piece in parts.query.split("&") if piece and not _WHOLE.match(piece)]
    said = _WHOLE_PATH.match(parts.path.rstrip("/"))
    for path in {parts.path, said["stem"] if said else parts.path}:
        yield numbered_addresses(parts._replace(path=path, query="&".join(kept)).geturl())[0].stem


def page_number(url: str) -> int:
    """Return which page an address names, counted from 1, by the likeliest way to take it; 1 where it names none."""
    found = numbered_addresses(url)
    return found[-1].number if found else 1


def is_later_page(url: str, first: str) -> bool:
    """Say whether an address is that of a later page of the article at `first`."""
    stems = {one.stem for one in numbered_addresses(first)[:1]}
    return any(
        one.part and one.stem in stems and (one.number > 1 or one.part == "query") for one in numbered_addresses(url)
    )
