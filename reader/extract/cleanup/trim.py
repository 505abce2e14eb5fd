"""Which blocks of the body are not the story: labels and links of other stories, repeats, bylines, boilerplate.

Where a site rule names the body, and in a feed's own text, less is left out: labels and links of other stories, the
headline again, and boilerplate with a link in it.
"""

import re
from collections.abc import Callable
from datetime import tzinfo
from itertools import pairwise

from lxml import etree

from reader.extract.blocks.headings import heads_of_text
from reader.extract.blocks.inline import HEADING_KINDS, ContentBlock
from reader.extract.cleanup import boilerplate, captions, link_lists
from reader.extract.dom.node import text_length, text_of
from reader.extract.links import labels
from reader.extract.links.cards import cards
from reader.models import Link, LinkKind
from reader.text.compare import same_text
from reader.text.scripts import HANGUL, KANA_AND_HAN, THAI
from reader.text.urls import absolute, canonical, same_site

_EARLY = 4
"""Blocks of the text among which a headline, a byline or a breadcrumb trail may stand again."""
_SHORT = 80
_MOST_ROWS = 200
_REPEATED = 12
_PARAGRAPHS = 200
"""Characters of paragraphs that are no refrain: printed twice in a row they are a fault of the page."""
_LONGEST_LABEL = 40
_MOST_BEFORE_BYLINE = 10
_LETTERS_OF_A_DATE = 15
_LONGEST_DOUBLE = 200
_LONGEST_HEADING = 150
_LONGEST_CARD = 400
_FEWEST_NAMED = 3
_DIVIDERS = HEADING_KINDS | {"hr"}
_SENTENCE_ENDS = tuple('.!?…。！？”»"“」』’।؟۔:)')
_DENSE = re.compile(f"[{THAI}{KANA_AND_HAN}{HANGUL}]")
_WORDS = re.compile(r"\w{2,}")
_DATED = re.compile(r"\b(?:19|20)\d\d(?:\b|[年년])|\b\d{1,2}[:.]\d\d\b|\bmin(?:s|\.|utes?|uten)?\b", re.I)
_DATE_IN_CHARACTERS = re.compile(r"\d{1,4} ?[年月日時时分秒년월일시분초]")
_FEWEST_CHARACTERS = 5
_RECOMMENDS = re.compile(r"\byou (?:may|might|could) (?:also )?(?:be interested|like|enjoy|want to read)\b", re.I)
_BYLINE = re.compile(r"(?:by|von|par|por|di|af|av|text|foto|photo|stand|updated|published)\b[ :]", re.I)
_BYLINE_ALONE = re.compile(r"(?i)(?:by|written by|von|par|por|di|af|av|door|autor|author|text)\W*\Z")
_IN_NAMES = frozenset(
    "and und et y e en och og i & de del della di da do dos du la le van von der den ter zu bin al".split()
)
"""Words in lower case that stand in names, and between two of them."""
_LEFT_OVER = re.compile(
    r"(?!\.{2,}\Z)[\s|¦·•●▪◦—–\-*#=_~∼＊/\\<>«»‹›→←↑↓▶►▲▼,;:.()\[\]{}\ue000-\uf8ff\u200b-\u200f\ufeff\ufe0e\ufe0f]*\Z"
)
_NAMES_A_PICTURE = re.compile(r"(?:\A|&)(?:url|src)=", re.I)
_SCENE_BREAK = re.compile(r"(?:[*•·#~∼=_＊—–-]\s*){3,}\Z")


def trim(
    found: list[ContentBlock],
    title: str,
    authors: tuple[str, ...],
    *,
    base: str,
    zone: tzinfo,
    here: str,
    page: bool = True,
    feed: bool = False,
) -> tuple[list[ContentBlock], list[Link]]:
    """Return the blocks of the article, and the other stories that rows of links among them lead to.

    `base` is the address that links are relative to, `zone` that of times without one, and `here` the page's own
    address. A row without a label before it stays where it leads to no story, or to another site than `here`. On a
    `page`, what stands before the first sentence and after the last is left out too; a feed, and a body that a site's
    rule names, carry no such thing. Whoever wrote a `feed` put each line there by hand: it keeps them all but for
    boilerplate that links to `here`, the headline printed again, and rows of stories of its own site at its end, which
    are returned as such.
    """

    def stories(row: ContentBlock) -> list[Link]:
        # The page's own elements are named: they tell the headline from what else a link says.
        size = 2 * len(row.text) + _SHORT
        whole = page and text_length(row.source, size) > size
        of_page = {} if whole else {s.url: s for s in cards(row.source, LinkKind.RELATED, base, zone, here=here)}
        return [of_page.get(s.url, s) for s in cards(row.out, LinkKind.RELATED, base, zone, here=here)]

    kept: list[ContentBlock] = []
    links: list[Link] = []
    following = False
    before: ContentBlock | None = None
    found = captions.join_captions(found)
    if page:
        found = _without_split_bylines(_without_cards(_without_prices(found)), authors)
    heads = heads_of_text(found) if page else set()
    stray = _linked_headings(found, heads) if page else []
    rows_from = _rows_at_end(found, base, here) if feed else 0
    for number, block in enumerate(found):
        introduced = before is not None and _introduces(before, block)
        before = block
        if block.kind == "figure":
            if feed or not _is_portrait(block, authors):
                kept.append(block)
            continue
        if following and _is_row(block) and number not in heads:
            links.extend(stories(block) if len(links) < _MOST_ROWS else ())
            continue
        may_be_row = number >= rows_from
        following = may_be_row and _is_label(block)
        if following and number + 1 in heads and _leaves(found[number + 1], base, here):
            # What it recommends is told below.
            following = False
        if following:
            continue
        if page and len(kept) < _EARLY and link_lists.is_trail(block, base):
            continue
        if not feed and link_lists.is_contents(block):
            if kept and len(kept[-1].text) <= _LONGEST_LABEL and kept[-1].kind in ("p", *_DIVIDERS):
                kept.pop()
            continue
        row = _is_row_alone(block, page=page) or block in stray
        if may_be_row and len(links) < _MOST_ROWS and not introduced and row:
            listed = stories(block)
            if listed and all(same_site(story.url, here) for story in listed):
                links.extend(listed)
                continue
        if feed and _links_elsewhere(block, base, here):
            kept.append(block)
            continue
        if page and _is_offer(block, base, here):
            continue
        if _is_noise(block, title, authors, early=len(kept) < _EARLY, page=page, feed=feed):
            if _is_scene_break(block) and kept:
                kept.append(ContentBlock("hr", etree.Element("hr"), block.source))
            continue
        kept.append(block)
    if page:
        kept = _without_tail(_without_head(kept, title), lambda block: link_lists.leads_away(block, base, here))
    kept = _without_doubles(kept)
    return kept if feed else _without_loose_headings(kept), links


def _without_prices(found: list[ContentBlock]) -> list[ContentBlock]:
    """Leave out lines that are a price, beside what a shop's box says."""
    labels = [boilerplate.is_shop_label(block.text) for block in found]
    if True not in labels:
        return found
    return [
        block
        for n, block in enumerate(found)
        if block.kind != "p" or not boilerplate.is_price(block.text) or True not in labels[max(0, n - 2) : n + 3]
    ]


def _without_cards(found: list[ContentBlock]) -> list[ContentBlock]:
    """Leave out the cards of other stories under a text, two and more: a headline, and below it a line or two with who
    wrote it and when. Their links are made by scripts, so nothing else tells them."""
    end, cards_left_out = len(found), 0
    while (start := next((n for n in range(end - 1, max(-1, end - 7), -1) if found[n].kind in HEADING_KINDS), 0)) > 0:
        lines = [block for block in found[start + 1 : end] if block.kind != "figure"]
        signed = [block for block in lines if len(block.text) < _SHORT and _BYLINE.match(block.text)]
        told = all(block.kind == "p" for block in lines) and sum(len(block.text) for block in lines) < _LONGEST_CARD
        if (
            not told
            or len(signed) < 2
            or lines[-1] not in signed
            or not any(_DATED.search(block.text) for block in signed)
        ):
            break
        end = start - 1 if found[start - 1].kind == "figure" else start
        cards_left_out += 1
    return found[:end] if cards_left_out > 1 else found


def _without_split_bylines(found: list[ContentBlock], authors: tuple[str, ...]) -> list[ContentBlock]:
    """Leave out, near the beginning, a line that only says `By` and the name on the line under it: that of a known
    author, or words that all begin with capitals. Where a date follows, the name is gone already: the line alone."""
    for n, (label, name) in enumerate(pairwise(found[:_MOST_BEFORE_BYLINE])):
        if not (label.kind == name.kind == "p" and _BYLINE_ALONE.match(label.text)):
            continue
        if _is_name(name.text, authors):
            return [*found[:n], *found[n + 2 :]]
        if _is_scrap(name) or _LEFT_OVER.match(name.text):
            return [*found[:n], *found[n + 1 :]]
    return found


def _is_name(text: str, authors: tuple[str, ...]) -> bool:
    """Say whether a short line is an author's name, or two words and more that could be one."""
    if not 0 < len(text) < _LONGEST_LABEL:
        return False
    words = text.split()
    names = len(words) > 1 and all(word[0].isupper() or word in _IN_NAMES for word in words)
    return (names and not text.endswith(_SENTENCE_ENDS)) or any(same_text(text, author) for author in authors)


def _without_head(found: list[ContentBlock], title: str) -> list[ContentBlock]:
    """Leave out what stands before the first sentence: the headline again and what is above it, lines of dates, names
    and reading times, rows of links, and labels that stand there twice with nothing but such lines between them.
    Pictures and headings stay."""
    first = next((n for n, block in enumerate(found) if _is_prose(block)), len(found))
    if first == len(found):
        return found
    head = found[:first]
    heading = next((n for n, block in enumerate(head) if same_text(block.text, title)), -1)
    labels_twice = _labels_twice(head)
    kept = [
        block
        for n, block in enumerate(head)
        if block.kind == "figure"
        or (
            n > heading
            and not (block.kind in ("p", "ul", "ol") and _is_scrap(block))
            and not (block.kind == "p" and block.text in labels_twice)
        )
    ]
    return [*kept, *found[first:]]


def _labels_twice(head: list[ContentBlock]) -> set[str]:
    """Return the short lines that stand over and under lines of dates, names or links: a verse that comes twice has
    another verse between, or none."""
    lines = [block for block in head if block.text and block.kind != "figure"]
    places: dict[str, list[int]] = {}
    for n, block in enumerate(lines):
        # A label is no such line itself: so no line is looked at for two labels.
        if block.kind == "p" and len(block.text) <= _LONGEST_LABEL and not _is_scrap(block):
            places.setdefault(block.text, []).append(n)
    return {
        text
        for text, (first, *more) in places.items()
        if more
        and all(_is_scrap(b) or b.text == text for b in lines[first + 1 : more[-1]])
        and any(b.text != text for b in lines[first + 1 : more[-1]])
    }


def _without_tail(found: list[ContentBlock], leads_away: Callable[[ContentBlock], bool]) -> list[ContentBlock]:
    """Leave out what follows the last sentence: tags, buttons, links to more. A short line in the same element as that
    sentence stays (a score, a place) unless it is a date, a byline or a link, and so does a list that `leads_away` to
    other sites directly under a heading, or three and more under that sentence: sources, what was spoken of."""
    last = max((n for n, block in enumerate(found) if _is_prose(block)), default=-1)
    if last < 0 or last + 1 < len(found) / 2:
        # Half of the text is short lines: a poem, a list of results.
        return found
    if last + 1 < len(found) and _introduces(found[last], found[last + 1]):
        last += 1
    box = found[last].source.getparent()
    tail = [
        block
        for before, block in pairwise(found[last:])
        if block.kind not in ("p", "ul", "ol")
        or (
            block.kind != "p"
            and (
                before.kind in HEADING_KINDS
                or (before is found[last] and len(block.out) >= _FEWEST_NAMED and block.source.getparent() is box)
            )
            and not _RECOMMENDS.search(before.text)
            and leads_away(block)
        )
        or not (_is_scrap(block) or (_length(block.text) < _SHORT and block.source.getparent() is not box))
    ]
    return [*found[: last + 1], *tail]


def _introduces(before: ContentBlock, block: ContentBlock) -> bool:
    """Say whether a block is the list that the sentence before it announces, by a colon at its end."""
    return (
        block.kind in ("ul", "ol")
        and before.kind == "p"
        and before.text.endswith((":", "\uff1a"))
        and _length(before.text) > _LONGEST_LABEL
        and before.linked < 0.5 * len(before.text)
        and not _RECOMMENDS.search(before.text)
        and before.source.getparent() is block.source.getparent()
    )


def _length(text: str) -> int:
    """Return the length of a text in letters: a character of Chinese or Thai counts as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def _is_prose(block: ContentBlock) -> bool:
    """Say whether a block is a sentence or more that is no link, or a table, a quotation, code or a note."""
    if block.kind in ("table", "pre", "blockquote") or block.out.get("data-note"):
        return True
    if block.kind not in ("p", "ul", "ol") or block.linked > 0.5 * len(block.text):
        return False
    text = block.text
    if _length(text) >= _SHORT or not text.endswith(_SENTENCE_ENDS):
        return _length(text) >= _SHORT
    # A date and a place are no sentence; four words with a year or a time in them are.
    dated = _DATED.search(text) is not None
    if dated:
        text = _DATE_IN_CHARACTERS.sub(" ", text)
    dense = _length(text) >= 3 * len(text) / 2 and not (dated and len(_DENSE.findall(text)) < _FEWEST_CHARACTERS)
    return dense or len(_WORDS.findall(text)) >= (4 if dated else 2)


def _is_scrap(block: ContentBlock) -> bool:
    """Say whether a block is short and a link, a date or a byline; or a list that is mostly links."""
    if block.kind in ("ul", "ol"):
        return block.linked > 0.6 * len(block.text)
    linked = block.linked > 0.5 * len(block.text)
    return _length(block.text) < _SHORT and (linked or bool(_DATED.search(block.text) or _BYLINE.match(block.text)))


def _is_portrait(block: ContentBlock, authors: tuple[str, ...]) -> bool:
    """Say whether a picture shows an author: its caption is a byline."""
    caption = (block.figure.caption or "") if block.figure else ""
    return len(caption) < _SHORT and bool(_BYLINE.match(caption)) and any(name in caption for name in authors)


def _is_offer(block: ContentBlock, base: str, here: str) -> bool:
    """Say whether a paragraph is one link to another site that begins or ends with what a shop's button says."""
    return (
        block.kind == "p"
        and block.linked >= 0.9 * len(block.text)
        and boilerplate.is_offer(block.text)
        and _leaves(block, base, here)
    )


def _linked_headings(found: list[ContentBlock], heads: set[int]) -> list[ContentBlock]:
    """Return the headings that are nothing but a link, where most headings are not: teasers among the text. One of the
    `heads` of a text of its own is none."""
    headings = [block for block in found if block.kind in HEADING_KINDS]
    linked = [block for block in headings if len(block.text) > 15 and block.linked >= 0.8 * len(block.text)]
    if not linked or 2 * len(linked) > len(headings):
        return []
    first = next((n for n, block in enumerate(found) if _is_prose(block)), 0)
    # One above all text is the series that the story belongs to.
    kept = {id(found[n]) for n in heads if n > first or len(linked) > 2}
    return [block for block in linked if id(block) not in kept]


def _is_label(block: ContentBlock) -> bool:
    return (
        (block.kind == "p" or block.kind in HEADING_KINDS)
        and len(block.text) <= 60
        # No sentence is a label: "More on that in a moment."
        and (not block.text.endswith(".") or block.text.endswith("..") or " " not in block.text)
        and labels.label_kind(block.text) is not None
    )


def _is_row(block: ContentBlock) -> bool:
    """Say whether a block after a label is links and little else."""
    if block.kind == "pre" or not block.text:
        return False
    return block.linked >= 0.7 * len(block.text)


def _is_row_alone(block: ContentBlock, *, page: bool) -> bool:
    """Say whether a block without a label is nothing but links to other stories: a link after `Read also:`, a line that
    is one link, a list whose items are all links."""
    if (
        block.kind == "p"
        and block.linked
        and labels.leads_elsewhere(block.text)
        and block.linked >= 0.5 * len(labels.without_lead(block.text))
    ):
        return True
    if page and block.kind == "p" and len(block.text) > 30 and block.linked >= 0.9 * len(block.text):
        return True
    if block.kind in ("ul", "ol"):
        items = [item for item in block.out if item.tag == "li"]
        if 2 * sum(text_of(item).endswith(".") for item in items) > len(items):
            # Headlines have no full stop: these are the steps of what the text explains.
            return False
        linked = sum(
            1 for item in items if sum(len(text_of(a)) for a in item.iter("a")) >= 0.8 * max(1, len(text_of(item)))
        )
        return len(items) >= 1 and linked == len(items) and block.linked >= 25 * len(items)
    return False


def _rows_at_end(found: list[ContentBlock], base: str, here: str) -> int:
    """Return from which block on a feed's text is nothing but rows of links to its own site, under their labels."""
    at = len(found)
    while at and (_is_label(found[at - 1]) or (_is_row(found[at - 1]) and not _leaves(found[at - 1], base, here))):
        at -= 1
    # A label with no row below it is a line like any other.
    return at if any(_is_row(block) for block in found[at:]) else len(found)


def _leaves(block: ContentBlock, base: str, here: str) -> bool:
    """Say whether a link of a block leads to another site."""
    found = [address for a in block.out.iter("a") if (address := absolute(base, a.get("href") or ""))]
    return not all(same_site(address, here) for address in found)


def _is_noise(
    block: ContentBlock, title: str, authors: tuple[str, ...], *, early: bool, page: bool, feed: bool
) -> bool:
    text = block.text
    if block.kind in ("hr", "pre", "table", "embed"):
        return False
    if _LEFT_OVER.match(text):
        return not feed or _is_scene_break(block)
    if early and (
        same_text(text, title)
        or (len(text) < 120 and any(same_text(re.sub(r"(?i)\A(?:by|von|par|por)\s+", "", text), a) for a in authors))
        or (page and _is_signed_date(text, authors))
    ):
        return True
    if not page and not block.linked:
        # A feed's own text, and what a site rule names, lose no line of text.
        return False
    return block.kind != "blockquote" and boilerplate.is_boilerplate(text, linked=block.linked > 0)


def _is_signed_date(text: str, authors: tuple[str, ...]) -> bool:
    """Say whether a line is an author's name and a date, and next to nothing else."""
    if len(text) >= _SHORT or text.endswith((".", "!", "?")) or not _DATED.search(text):
        return False
    rest = text
    for name in authors:
        rest = rest.replace(name, " ")
    return rest != text and sum(map(str.isalpha, rest)) <= _LETTERS_OF_A_DATE


def _links_elsewhere(block: ContentBlock, base: str, here: str) -> bool:
    """Say whether a block has a link, and none to `here`."""
    found = {canonical(address) for a in block.out.iter("a") if (address := absolute(base, a.get("href") or ""))}
    return bool(found) and canonical(here) not in found


def _is_scene_break(block: ContentBlock) -> bool:
    return block.kind == "p" and _SCENE_BREAK.match(block.text) is not None


def _printed_again(found: list[ContentBlock]) -> set[int]:
    """Return the numbers of blocks that repeat others in the same order: twelve and more, the text for another screen
    width, or whole paragraphs directly after those that they repeat, in a box of their own."""
    first: dict[str, int] = {}
    again: set[int] = set()
    run: list[int] = []
    start = 0

    def in_a_row(run: list[int], start: int) -> bool:
        at = first[found[run[0]].text]
        between = texts[at + len(run) : start]
        in_two_boxes = found[texts[at][0]].source.getparent() is not found[run[0]].source.getparent()
        return in_two_boxes and len(between) < 2 and all(found[n].kind in HEADING_KINDS for n, _ in between)

    texts = [(number, block.text) for number, block in enumerate(found) if block.text and block.kind != "figure"]
    for index, (number, text) in enumerate([*texts, (-1, "")]):
        before = first.setdefault(text, index)
        if before < index and run and first[found[run[-1]].text] == before - 1:
            run.append(number)
            continue
        long = [found[n].text for n in run if len(found[n].text) >= _SHORT]
        if long and (len(run) >= _REPEATED or (sum(map(len, long)) >= _PARAGRAPHS and in_a_row(run, start))):
            again.update(run)
        run, start = ([number], index) if before < index else ([], 0)
    return again


def _is_double(before: ContentBlock, block: ContentBlock) -> bool:
    """Say whether a line is printed twice. A short one in the same element is a refrain, and no double."""
    if not 0 < len(block.text) < _LONGEST_DOUBLE or before.text != block.text or before.kind != block.kind:
        return False
    return len(block.text) > _LONGEST_LABEL or before.source.getparent() is not block.source.getparent()


def _without_doubles(found: list[ContentBlock]) -> list[ContentBlock]:
    """Keep one of a line that directly follows itself, of a picture and of a long caption: pages print them twice for
    two layouts."""
    kept: list[ContentBlock] = []
    seen: set[str] = set()
    again = _printed_again(found)
    said = {block.figure.caption[:_SHORT] for block in found if block.figure and block.figure.caption}
    for number, block in enumerate(found):
        # A caption is printed once more, or cut with a button that shows the rest.
        if number in again or (block.kind == "p" and len(block.text) >= _SHORT and block.text[:_SHORT] in said):
            continue
        if block.figure:
            caption = block.figure.caption or ""
            marks = {_picture_named(block.figure.image), caption if len(caption) > _SHORT else ""} - {""}
            if marks & seen:
                continue
            seen |= marks
        elif kept and _is_double(kept[-1], block):
            continue
        kept.append(block)
    return kept


def _picture_named(address: str) -> str:
    """Return the address of a picture without its size: its query goes, unless that holds the picture's own address."""
    path, _, query = address.partition("?")
    return address if _NAMES_A_PICTURE.search(query) else path


def _without_loose_headings(found: list[ContentBlock]) -> list[ContentBlock]:
    """Leave out headings at the end, with nothing under them, and rules at the beginning. A long one is text: sources,
    what an author says of herself."""
    last = max(
        (n for n, block in enumerate(found) if block.kind not in _DIVIDERS or len(block.text) > _LONGEST_HEADING),
        default=len(found) - 1,
    )
    found = found[: last + 1]
    while found and found[0].kind == "hr":
        found = found[1:]
    return found
