"""The article's subtree -> a short list of plain blocks: paragraphs, headings, lists, quotes, tables, code, pictures.

Pages wrap a paragraph in ten divs, put bare text beside br, lists in tables and pictures in links. The walk keeps what
a block is and the emphasis, links and code in it, and nothing of what wraps it, so that everything after it judges
blocks and not markup. It makes new elements and does not change the page's tree.
"""

import re
from dataclasses import replace
from itertools import islice

from lxml import etree

from reader.extract.blocks import embeds, figures, headings, listings, quotes, tables
from reader.extract.blocks.footnotes import find_notes, note_text
from reader.extract.blocks.inline import (
    HEADING_KINDS,
    ContentBlock,
    LeftOut,
    WalkState,
    append_text,
    copy_as_inline,
    copy_inline,
    has_words_beside,
    list_parts,
    make_block,
)
from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, text_of
from reader.extract.dom.pictures import is_popup
from reader.extract.links.targets import link_target

_HEADING_OF = {tag: tag for tag in HEADINGS} | {"h1": "h2"}

_BLOCKS_IN = frozenset(
    "p div ul ol table blockquote pre h1 h2 h3 h4 h5 h6 figure section article img amp-img picture dl hr".split()
)

_MOST_PICTURES = 2000

_NESTING = 12
"""Lists in lists and quotes in quotes that are kept as such: what nests deeper becomes paragraphs of the innermost."""


def blocks_of(root: etree._Element, walk: WalkState) -> list[ContentBlock]:
    """Return the blocks of `root` in order, without what `walk.unwanted` says and tags that are never text."""
    return blocks_of_parts([root], [walk])


def blocks_of_parts(parts: list[etree._Element], walks: list[WalkState]) -> list[ContentBlock]:
    """Return the blocks of several elements, each with its own walk, then the footnotes of all, numbered throughout."""
    notes: dict[etree._Element, str] = {}
    for part, walk in zip(parts, walks, strict=True):
        walk.notes = notes
        find_notes(part, walk)
        for image in islice(part.iter("img", "amp-img"), _MOST_PICTURES):
            _note_pictured(image, walk.pictured)
    found: list[ContentBlock] = []
    for part, walk in zip(parts, walks, strict=True):
        _container(part, walk)
        _flush(walk)
        found.extend(walk.blocks)
    found = headings.resolve_headings(found, walks[0].title if walks else "")
    while notes and found and found[-1].kind == "hr":
        found.pop()
    for note, label in notes.items():
        paragraph = etree.Element("p")
        paragraph.set("data-note", label)
        note_text(note, paragraph, walks[0])
        if text_of(paragraph):
            found.append(make_block("p", paragraph, note))
    return found


def _note_pictured(image: etree._Element, pictured: set[etree._Element]) -> None:
    element: etree._Element | None = image
    while element is not None and element not in pictured:
        pictured.add(element)
        element = element.getparent()


def _container(element: etree._Element, walk: WalkState) -> None:
    _text(walk, element.text, element)
    for child in element:
        if isinstance(child.tag, str):
            _child(child, walk)
        _text(walk, child.tail, element)


def _child(child: etree._Element, walk: WalkState) -> None:
    tag = child.tag
    if child in walk.notes:
        return
    if tag == "button" and child in walk.pictured:
        # In some papers pictures are buttons that open a viewer.
        _figure(child, walk)
        return
    if tag in embeds.TAGS and not walk.left_out.box(child):
        _embed(child, walk)
    if tag in walk.left_out.tags:
        return
    if tag == "br":
        _break(walk, child)
    elif _is_unwanted(child, walk):
        if not is_inline_tag(tag):
            _flush(walk)
    elif (tag == "code" or child.get("style")) and listings.is_listing(child):
        _flush(walk)
        _code(child, walk)
    elif listings.is_gutter(child):
        return
    elif is_inline_tag(tag) and _holds_no_block(child):
        copy_inline(child, _open(walk, child), walk)
    elif child in walk.pictured and is_inline_tag(tag) and _is_in_sentence(child, walk):
        if not is_popup(child):
            _container(child, walk)
    elif (child in walk.pictured or tag in ("figure", "picture")) and figures.is_figure(child):
        _figure(child, walk)
    elif (
        (tag == "figcaption" or child.get("class"))
        and figures.is_caption(child)
        and len(text_of(child)) < 600
        and _caption_of_last(child, walk)
    ):
        return
    else:
        _flush(walk)
        _structure(child, walk)
        _flush(walk)


def _is_unwanted(child: etree._Element, walk: WalkState) -> bool:
    """Say whether an element is left out: by how its words are judged where it is part of a line, else as a box."""
    in_line = is_inline_tag(child.tag) and has_words_beside(child) and _holds_no_block(child)
    return (walk.left_out.words if in_line else walk.left_out.box)(child)


def _holds_no_block(element: etree._Element) -> bool:
    return len(element) == 0 or next(element.iter(*_BLOCKS_IN), None) is None


def _is_in_sentence(child: etree._Element, walk: WalkState) -> bool:
    """Whether a paragraph's sentence goes on around an inline element that holds a picture beside its words."""
    parent = next((a for a in child.iterancestors() if not is_inline_tag(a.tag)), None)
    if parent is None or parent.tag != "p" or walk.run is None or not text_of(walk.run) or not raw_text(child).strip():
        return False
    element: etree._Element | None = child
    while element is not None and element is not parent:
        if (element.tail or "").strip():
            return True
        if element.getnext() is not None:
            return False
        element = element.getparent()
    return False


def _embed(source: etree._Element, walk: WalkState) -> None:
    """Add an embedded video, post or map as a paragraph: its name, linked."""
    if embeds.instead(source, walk.base):
        _flush(walk)
        _container(source, walk)
        _flush(walk)
        return
    out = embeds.embed_paragraph(source, walk.base)
    if out is not None:
        _flush(walk)
        walk.blocks.append(ContentBlock("embed", out, source))


def _structure(child: etree._Element, walk: WalkState) -> None:
    tag = child.tag
    if tag in HEADINGS:
        _heading(child, walk)
    elif tag in ("ul", "ol", "dl"):
        _list(child, walk)
    elif tag == "blockquote":
        _quote(child, walk)
    elif tag in ("pre", "listing", "xmp"):
        _code(child, walk)
    elif tag == "table":
        _table(child, walk)
    elif tag == "hr":
        walk.blocks.append(make_block("hr", etree.Element("hr"), child))
    else:
        _container(child, walk)


def _open(walk: WalkState, source: etree._Element) -> etree._Element:
    if walk.run is None:
        walk.run, walk.run_source = etree.Element("p"), source
    return walk.run


def _text(walk: WalkState, text: str | None, source: etree._Element) -> None:
    if text and (walk.run is not None or not text.isspace()):
        append_text(_open(walk, source), text)


def _break(walk: WalkState, source: etree._Element) -> None:
    """Add a line break; the second in a row begins a new paragraph."""
    run = walk.run
    if run is None:
        return
    last = next(run.iterchildren(reversed=True), None)  # its length would count them all
    if last is not None and last.tag == "br" and not (last.tail or "").strip():
        run.remove(last)
        _flush(walk)
    else:
        run.append(etree.Element("br"))


def _flush(walk: WalkState) -> None:
    run, source = walk.run, walk.run_source
    walk.run = walk.run_source = None
    if run is None or source is None:
        return
    while (
        (last := next(run.iterchildren(reversed=True), None)) is not None
        and last.tag == "br"
        and not (last.tail or "").strip()
    ):
        run.remove(last)
    block = make_block("p", run, source)
    if block.text:
        walk.blocks.append(block)


def _heading(source: etree._Element, walk: WalkState) -> None:
    if len(source) and next(source.iter("img", "picture", "table", "ul", "ol"), None) is not None:
        if next(source.iter("table", "ul", "ol"), None) is not None or not text_of(source):
            _container(source, walk)
            return
        for image in source.iter("img"):
            _figure(image, walk)
    out = etree.Element(_HEADING_OF[source.tag])
    copy_as_inline(source, out, walk)
    block = make_block(str(out.tag), out, source)
    if not block.text:
        return
    if len(block.text) > 220:
        block.kind = out.tag = "p"
    walk.blocks.append(block)


def _inner(source: etree._Element, walk: WalkState, *, whole: bool = False) -> list[ContentBlock]:
    """Return the blocks in an element, or with `whole` that of the element itself too, by a walk of its own."""
    inner = walk.within()
    (_structure if whole else _container)(source, inner)
    _flush(inner)
    return inner.blocks


def _depth(source: etree._Element) -> int:
    return sum(1 for a in source.iterancestors() if a.tag in ("ul", "ol", "dl", "blockquote"))


def _list(source: etree._Element, walk: WalkState) -> None:
    if _depth(source) > _NESTING:
        _container(source, walk)
        return
    if source.tag == "dl":
        _definitions(source, walk)
        return
    out = etree.Element(source.tag)
    start = source.get("start") or ""
    if source.tag == "ol" and start.isdigit() and len(start) < 7:
        out.set("start", start)
    figures_after: list[ContentBlock] = []
    for part in list_parts(source):
        if isinstance(part, list):
            # What stands between two items belongs to the one before it, and before the first it introduces them.
            for block in _run_blocks(part, walk, source):
                if not len(out):
                    walk.blocks.append(block)
                elif block.kind == "figure":
                    figures_after.append(block)
                else:
                    out[-1].append(block.out)
        elif not _is_left_out(part, walk):
            # A list directly in a list belongs to the item before it.
            is_list = part.tag in ("ul", "ol")
            into = out[-1] if is_list and len(out) else etree.Element("li")
            for block in _inner(part, walk, whole=is_list):
                if block.kind == "figure":
                    figures_after.append(block)
                elif block.kind in ("ul", "ol") and is_list and not len(out):
                    out.extend(list(block.out))
                else:
                    if block.kind in HEADING_KINDS:
                        block.out.tag = "p"
                    into.append(block.out)
            if len(into) and into.getparent() is None:
                out.append(into)
    if len(out):
        walk.blocks.append(make_block(source.tag, out, source))
    walk.blocks.extend(figures_after)


def _run_blocks(run: list[str | etree._Element], walk: WalkState, source: etree._Element) -> list[ContentBlock]:
    """Return the blocks of pieces of text and inline elements that stand in one line."""
    inner = walk.within()
    for piece in run:
        if isinstance(piece, str):
            _text(inner, piece, source)
        else:
            _child(piece, inner)
    _flush(inner)
    return inner.blocks


def _is_left_out(item: etree._Element, walk: WalkState) -> bool:
    return item.tag in walk.left_out.tags or item in walk.notes or walk.left_out.box(item)


def _definitions(source: etree._Element, walk: WalkState) -> None:
    _text(walk, source.text, source)
    for item in source:
        if item.tag in ("dt", "dd"):
            _flush(walk)
            inner = _inner(item, walk)
            if item.tag == "dt" and len(inner) == 1 and inner[0].kind == "p":
                inner = [_term(inner[0], item)]
            walk.blocks.extend(inner)
        elif not is_inline_tag(item.tag) and next(item.iter("dt", "dd"), None) is not None:
            _flush(walk)
            _definitions(item, walk)
        else:
            _child(item, walk)
        _text(walk, item.tail, source)
    _flush(walk)


def _term(block: ContentBlock, source: etree._Element) -> ContentBlock:
    """Return the block of what a definition explains: its line in bold, its links and code kept."""
    strong = etree.Element("strong")
    strong.text = block.out.text
    strong.extend(list(block.out))
    etree.strip_tags(strong, "strong")
    paragraph = etree.Element("p")
    paragraph.append(strong)
    return make_block("p", paragraph, source)


def _quote(source: etree._Element, walk: WalkState) -> None:
    if _depth(source) > _NESTING:
        _container(source, walk)
        return
    if embeds.is_post_card(source):
        _embed(source, walk)
        return
    speaker = quotes.find_speaker(source)
    left_out = walk.left_out
    others = LeftOut(
        left_out.tags,
        lambda e: e is speaker or left_out.box(e),
        lambda e: e is speaker or left_out.words(e),
    )
    inner = _inner(source, replace(walk, left_out=others))
    out = etree.Element("blockquote")
    for block in inner:
        if block.kind != "figure":
            out.append(block.out)
    if speaker is not None and len(out):
        out.append(quotes.speaker_paragraph(speaker, walk))
    if len(out):
        walk.blocks.append(make_block("blockquote", out, source))
    walk.blocks.extend(block for block in inner if block.kind == "figure")


def _code(source: etree._Element, walk: WalkState) -> None:
    table = next(source.iter("table"), None)
    block = listings.listing_block(source, listings.code_cells(table) if table is not None else None)
    if block is not None:
        walk.blocks.append(block)


def _table(source: etree._Element, walk: WalkState) -> None:
    lines = listings.code_cells(source)
    if lines is not None:
        block = listings.listing_block(source, lines)
        if block is not None:
            walk.blocks.append(block)
        return
    over, under = tables.rows_across(source)
    out = tables.data_table(source, walk, [*over, *under])
    if out is None:
        # A table for layout: its cells are containers.
        _container(source, walk)
        return
    for part in (*source.iter("caption"), *over, out, *under):
        if part is out:
            walk.blocks.append(make_block(str(out.tag), out, source))
        else:
            _container(part, walk)
            _flush(walk)


def _figure(source: etree._Element, walk: WalkState) -> None:
    if source.tag == "figure" and next(source.iter("img", "picture", "amp-img", "noscript"), None) is None:
        # Pages put tables, quotations, code and videos in figures too.
        _flush(walk)
        players = list(source.iter("iframe", "video", "audio"))
        for player in players[:1]:
            _embed(player, walk)
        for caption in source.iter("figcaption"):
            _part_words(caption)
        for part in source.iter("figcaption") if players else [source]:
            _container(part, walk)
            _flush(walk)
        return
    if source.tag == "figure" and (
        next(source.iter("table", "blockquote", "pre"), None) is not None or sum(1 for _ in source.iter("figure")) > 1
    ):
        _flush(walk)
        _container(source, walk)
        _flush(walk)
        return
    found = figures.parse_figures(source, walk.base, walk.title)
    in_text = is_inline_tag(source.tag) or source.tag in ("img", "picture", "amp-img")
    if found and in_text and _leads_to_story(source, walk):
        found = []
    if not found:
        if source.tag == "figure":
            _flush(walk)
            for caption in source.iter("figcaption"):
                if figures.caption_and_credit([caption], walk.title)[0]:
                    _container(caption, walk)
                    _flush(walk)
        elif not in_text and figures.picture_address(source, walk.base) is None:
            _flush(walk)
        return
    _flush(walk)
    for figure in found:
        walk.blocks.append(figures.figure_block(figure, source, walk.title))


def _part_words(caption: etree._Element) -> None:
    """Put a space between the elements of a caption that stand apart by their style alone: a file's name, a link."""
    for part in caption:
        if not part.tail and part.getnext() is not None and part.tag in ("span", "a"):
            part.tail = " "


def _caption_of_last(child: etree._Element, walk: WalkState) -> bool:
    """Give a caption to the picture before it, or make it a paragraph where its figure holds something else. Return
    whether the element is done with."""
    _flush(walk)
    if figures.give_caption_to_last(walk.blocks, child, walk.title):
        return True
    if child.tag != "figcaption":
        return False
    figure = next(child.iterancestors("figure"), None)
    quoted = next(figure.iter("blockquote"), None) if figure is not None else None
    if figure is not None and (quoted is None or quotes.find_speaker(quoted) is not child):
        _container(child, walk)
        _flush(walk)
    return True


def _leads_to_story(source: etree._Element, walk: WalkState) -> bool:
    """Say whether a picture is in a link to a page, and so another story's thumbnail. A link to a larger one is not."""
    for ancestor in [source, *source.iterancestors()][:5]:
        if ancestor.tag == "figure":
            return False
        if ancestor.tag == "a":
            address = link_target(ancestor.get("href"), walk.base)
            return bool(address) and not re.search(
                r"\.(?:jpe?g|png|gif|webp|avif)|/(?:photo|image|img|media|file|attachment)", address or "", re.I
            )
    return False
