"""The pages of one article -> one article. Pure.

What pages repeat is there once: the headline, the standfirst, an introduction at the head of each page, pictures,
paragraphs. Footnotes are numbered throughout and come last. All but text, figures and links is the first page's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reader.extract.links import next_page, targets
from reader.extract.reading_time import reading_time
from reader.models import Article, Figure, Link, LinkKind
from reader.text import fold
from reader.text.markdown_escape import destination, escape, paragraph
from reader.text.urls import canonical

MOST_PAGES = 20
"""Pages of one article that are joined, in all."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]: ")
_REFERENCE = re.compile(
    r"(?P<code>(?<![\\`])(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))|(?<!\\)\[\^(?P<label>[^\]\s]+)\]", re.S
)
_PICTURE = re.compile(r"!\[(?:[^\]\\]|\\.)*\]\((?P<image>\S+?)(?: \"(?:[^\"\\]|\\.)*\")?\)\Z", re.S)
_MARKS = re.compile(
    r"(?<=\])\([^)\s]*(?: \"[^\"]*\")?\)|\[\^[^\]\s]+\]:?|^(?:#{1,6} |> ?|[-*] |\d+[.)] )|[\\*_`~\[\]|]", re.M
)
_OF = re.compile(
    r"(?<!\d)(?P<number>\d{1,2})\s*(?:/|\b(?:of|von|de|sur|di|van|av|af|z|из|tren)\b)\s*(?P<of>\d{1,3})(?!\d)"
)
_LONG = 40
"""Characters from which a block that an earlier page had is a repetition wherever it is: shorter ones are answers,
names and subheadings, which a text may have twice."""
_MOST_OF_IT = 0.8
_ALIKE = 0.85
_MOST_MERGED = 2_000
"""Blocks, in both, above which a whole article is taken as it is: comparing takes the square of their number."""
_MOST_COMPARED = 2_000
"""Pairs of blocks above which no new wording of a block is looked for: what differs so much is none."""
_COMPARED = 4000


def join(first: Article, following: Sequence[Article]) -> Article:
    """Return the pages as one article: with its own `next` edge only where its last page leads to one that is missing.

    `following` are the pages after `first`, in order. A page that holds nearly all of what came before it is the whole
    article, offered on one page: its text replaces theirs. Without `following` it is `first`, unchanged.
    """
    if not following:
        return first
    blocks, notes = _parted(first.markdown)
    figures = list(first.figures)
    taken = {_plain(first.title), _plain(first.lede or "")}
    for page in following:
        theirs, their_notes = _parted(page.markdown)
        labels = _numbered(notes, their_notes)
        theirs = [_relabelled(block, labels) for block in theirs]
        if page.lede and not _repeats(page.lede, blocks, first):
            # A standfirst that only a later page has is a paragraph there.
            theirs.insert(0, paragraph(escape(page.lede)))
        if _holds(theirs, blocks):
            blocks = _merged(blocks, theirs)
        else:
            blocks += _new(theirs, blocks, taken)
        have = {figure.image for figure in figures}
        figures += [figure for figure in page.figures if figure.image not in have]
    texts = [_plain(block) for block in (*blocks, *notes.values()) if not _PICTURE.match(block)]
    count, minutes = reading_time([first.lede or "", *texts])
    pages = [first, *following]
    return replace(
        first,
        authors=next((page.authors for page in pages if page.authors), ()),
        published=next((page.published for page in pages if page.published), None),
        updated=max((page.updated for page in pages if page.updated), default=None),
        markdown="\n\n".join([*blocks, *(f"[^{label}]: {note}" for label, note in notes.items())]),
        figures=_in_order(figures, blocks),
        links=_edges(pages),
        words=count,
        minutes=minutes,
    )


def pages_in(article: Article) -> int:
    """Return how many pages an article has in it, by the page that its `next` edge leads to; 1 without one."""
    return max(1, next_page.page_number(article.next.url) - 1) if article.next is not None else 1


def stated_page_count(article: Article) -> int | None:
    """Return of how many pages its `next` edge says that it is one ("Page 2 of 6"); None where it does not say."""
    said = _OF.search(fold(article.next.title)) if article.next is not None else None
    return int(said["of"]) if said and int(said["of"]) >= int(said["number"]) >= 1 else None


def still_holds(joined: Article, page: Article) -> bool:
    """Say whether a joined article has all the text of its first page, fetched anew: then it need not be replaced."""
    if page.next is None or not page.markdown or page.title != joined.title or page.lede != joined.lede:
        return False
    have = {_plain(block) for block in _blocks(joined.markdown)}
    said = [_plain(block) for block in _blocks(page.markdown)]
    return len(have) > len(set(said)) and have.issuperset(said)


def is_page_of(page: Article, first: Article, asked: str) -> bool:
    """Say whether the page that was fetched from `asked` is one of the article, and not what a redirect led to."""
    if canonical(page.url) == canonical(asked):
        return True
    own = {one.stem for address in (first.url, first.canonical_url) for one in next_page.numbered_addresses(address)}
    return any(one.stem in own for one in next_page.numbered_addresses(page.url))


def _blocks(text: str) -> list[str]:
    """Split Markdown into its blocks. Fenced code stays whole, and what is indented stays with the block before it."""
    blocks: list[list[str]] = []
    fence = ""
    ended = True
    for line in text.split("\n"):
        if not line.strip() and not fence:
            ended = True
            continue
        if ended and not (blocks and line.startswith("  ") and not fence):
            blocks.append([])
        elif ended and blocks:
            blocks[-1].append("")
        ended = False
        blocks[-1].append(line)
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == mark[1] and mark[1].startswith(fence):
            fence = ""
    return ["\n".join(block) for block in blocks]


def _parted(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the blocks of a page, and its notes by their labels."""
    blocks: list[str] = []
    notes: dict[str, str] = {}
    for block in _blocks(text):
        note = _NOTE.match(block)
        if note:
            notes[note[1]] = block[note.end() :]
        else:
            blocks.append(block)
    return blocks, notes


def _numbered(notes: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """Add a page's notes to those of the pages before it; return its labels and what they are now. A note that is
    repeated is the same note."""
    labels: dict[str, str] = {}
    known = {note: label for label, note in notes.items()}
    number = max((int(label) for label in notes if label.isdecimal()), default=0)
    for label, note in theirs.items():
        if note not in known:
            number += 1
            known[note] = str(number)
            notes[known[note]] = note
        labels[label] = known[note]
    return labels


def _relabelled(block: str, labels: dict[str, str]) -> str:
    if _FENCE.match(block):
        return block
    return _REFERENCE.sub(
        lambda found: (
            found.group()
            if found["code"] is not None or found["label"] not in labels
            else f"[^{labels[found['label']]}]"
        ),
        block,
    )


def _plain(text: str) -> str:
    """Return a block's words without Markdown, to compare and to count."""
    return " ".join(_MARKS.sub(" ", text).split())


def _key(block: str) -> str:
    picture = _PICTURE.match(block)
    return picture["image"] if picture else fold(_plain(block))


def _new(theirs: list[str], blocks: list[str], taken: Iterable[str]) -> list[str]:
    """Return the blocks of a page that those before it did not have. At its head and end even short repeats go."""
    have = {_key(block) for block in blocks}
    head = have | {fold(text) for text in taken} - {""}
    start, end = 0, len(theirs)
    while start < end and _key(theirs[start]) in head:
        start += 1
    while end > start and _key(theirs[end - 1]) in have:
        end -= 1
    return [
        block
        for block in theirs[start:end]
        if _key(block) not in have or (not _PICTURE.match(block) and len(_key(block)) < _LONG)
    ]


def _holds(theirs: list[str], blocks: list[str]) -> bool:
    """Say whether a page's text has nearly all of what came before it, and more."""
    have = {_key(block) for block in theirs}
    sizes = [(len(block), _key(block) in have) for block in blocks]
    whole = sum(size for size, _ in sizes)
    return whole > 0 and sum(size for size, held in sizes if held) >= _MOST_OF_IT * whole


def _merged(blocks: list[str], whole: list[str]) -> list[str]:
    """Return the whole article's blocks, and those of the pages that it lacks. A new wording replaces the old one."""
    if len(blocks) + len(whole) > _MOST_MERGED:
        return whole
    have = {_key(block) for block in whole}
    matcher = SequenceMatcher(None, [_key(block) for block in blocks], [_key(block) for block in whole], autojunk=False)
    merged: list[str] = []
    for _, start, end, other, last in matcher.get_opcodes():
        said = [_key(block) for block in whole[other:last]]
        lacking = [block for block in blocks[start:end] if _key(block) not in have and len(_key(block)) >= _LONG]
        if len(lacking) * len(said) <= _MOST_COMPARED:
            lacking = [block for block in lacking if not any(_alike(_key(block), key) for key in said)]
        merged += lacking
        merged += whole[other:last]
    return merged


def _alike(one: str, other: str) -> bool:
    first, second = one[:_COMPARED].split(), other[:_COMPARED].split()
    return SequenceMatcher(None, first, second, autojunk=False).ratio() > _ALIKE


def _repeats(lede: str, blocks: list[str], first: Article) -> bool:
    said = fold(_plain(lede))
    known = [fold(_plain(text)) for text in (first.title, first.lede or "")]
    return any(said in text for text in known) or said in {_key(block) for block in blocks}


def _in_order(figures: list[Figure], blocks: list[str]) -> tuple[Figure, ...]:
    """Return the figures in the order of the text; one that is not in it keeps its place after the one before."""
    indexes = {_key(block): index for index, block in enumerate(blocks) if _PICTURE.match(block)}
    here = 0
    order: list[tuple[int, Figure]] = []
    for figure in figures:
        here = indexes.get(destination(figure.image), here)
        order.append((here, figure))
    return tuple(figure for _, figure in sorted(order, key=lambda one: one[0]))


def _edges(pages: Sequence[Article]) -> tuple[Link, ...]:
    """Return the links of all pages without those between them. The last page's `next` edge stays."""
    own = {canonical(address) for page in pages for address in (page.url, page.canonical_url)}
    stems = {
        one.stem
        for address in (pages[0].url, pages[0].canonical_url)
        for one in next_page.numbered_addresses(address)[:1]
    }
    missing = [link for link in pages[-1].links if link.kind is LinkKind.NEXT and canonical(link.url) not in own]

    def is_own(url: str) -> bool:
        return canonical(url) in own or any(one.part and one.stem in stems for one in next_page.numbered_addresses(url))

    others = (link for page in pages for link in page.links if link.kind is not LinkKind.NEXT and not is_own(link.url))
    return targets.unique_links([*others, *missing])
