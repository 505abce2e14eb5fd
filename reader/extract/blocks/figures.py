"""Pictures of an article: address, caption and credit, from figures, tables, lazy loading, srcset and noscript.

Makes the blocks of pictures too: paragraphs that hold one image.
"""

import re
from itertools import islice

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom import junk_names
from reader.extract.dom.name_patterns import cached_by_name
from reader.extract.dom.node import text_of
from reader.models import Figure
from reader.text import clean_line, fold
from reader.text.compare import same_text
from reader.text.urls import absolute

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-url",
    "data-echo",
    "data-native-src",
    "data-img-src",
    "data-delayed-url",
    "data-src-large",
    "data-large-file",
)
_PLACEHOLDER = re.compile(
    r"\Adata:|placeholder|spacer|blank\.|lazy[-_]?load|1x1|pixel\.|[/-]transparent|loading\.(?:gif|svg)|grey\.|"
    r"/empty\.",
    re.I,
)
_NOT_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logo|icon|icons|avatar|avatars|gravatar|sprite|emoji|badge|button|author|profile|headshot|"
    r"pixel|beacon|tracking|spinner)s?(?:[/_.-]|\d|\Z)|\.svg(?:\?|\Z)|feedburner|doubleclick|/ads?/",
    re.I,
)
_DRAWING = re.compile(r"\A(?!.*(?:logo|icon|avatar|sprite|emoji|badge|button|/ads?/)).*\.svg(?:\?|\Z)", re.I)
_DESCRIBED = 3
_NOT_CLASS = re.compile(
    r"\b(?:avatar|icon|logo|emoji|author|byline|wp-smiley|gravatar|sprite|isauthor|avt|ad|ads|thumb-author)\b", re.I
)
_FIGURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wp-caption|caption|figure|image|img|photo|picture|media|imagebox|bild|foto|gallery-item|"
    r"lead-art|featured|thumbnail|visual|slide)(?:$|[\s_-])|imagewrap|photobox|imageblock|captioned|"
    r"media-?(?:image|photo)|article-?(?:image|photo|picture)",
    re.I,
)
_CAPTION_CLASS = re.compile(
    r"caption|legend|bildunterschrift|legende|bildtext|image[-_]?text|photo[-_]?text|img[-_]?desc|"
    r"image[-_]?desc|pcaption|description|cutline|didascalia|pie-?foto|wp-caption-text|subline",
    re.I,
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|(?:^|[\s_-])(?:source|photographer|attribution|rights|byline|author|creator|agency|"
    r"quelle|provider)(?:$|[\s_-])|image-?source|photo-?by|copyright-holder",
    re.I,
)
_CREDIT_TAGS = frozenset(("span", "small", "cite", "p", "div"))
_MOST_IN_CREDIT = 6
_IN_NAMES = frozenset(("/", "|", "and", "of", "for", "und", "et", "de", "van", "von", "via", "y", "&", "-", "–"))
_CREDIT_LABEL = (
    r"(?:ảnh(?: minh họa)?|nguồn(?: ảnh)?|photo(?:graph)?(?:s| credit|"
    r"graphs?)?(?: by)?|image(?: credit| source|s)?|picture(?:s| credit)?|credits?|source|courtesy of|"
    r"foto(?:graf)?s?|bild(?:quelle)?|quelle|"
    r"crédits?(?: photo)?|photo ?: ?©|crédito|fuente|fonte|zdj|фото|资料图|图源|"
    r"图)\s*[:：/]\s*"
)
_LABELLED = re.compile(r"[\s(\[|/–—-]*(?:" + _CREDIT_LABEL + r"|(?:photo(?:graph)?|image|picture)s?\s+by\s+)", re.I)
_CREDIT = re.compile(
    r"(?:^|(?<=[\s(\[.,;:|/–—-]))[(\[]?\s*" + _CREDIT_LABEL + r"(?P<name>[^()\[\]]{2,90}?)\s*[)\]]?\s*\Z"
    r"|[(\[]?\s*(?:©|\(c\)|copyright)\s*(?P<holder>[^()\[\]]{2,90}?)\s*[)\]]?\s*\.?\s*\Z",
    re.I,
)
_NUMBERED = re.compile(r"[-–\s]*(?:anh|hinh|photo|image|bild|foto|picture)\s*\d{1,3}\s*\.?\s*\Z")
_ANY_PICTURE = re.compile(r"(?:(?:https?:)?/)?/[^\s,]{4,1000}\.(?:jpe?g|png|webp|avif)(?:[?#]\S*)?\Z", re.I)
_SIZE = re.compile(
    r"[-_@.](?:\d{1,4}x\d{0,4}|\d{2,4}[wpx]?|[xsml]{1,2}|retina|tablet|mobile|desktop|small|medium|large|thumb|scaled|lqip|blur|\d?x)(?=[-_@.]|\Z)",
    re.I,
)
_FILE_NAME = re.compile(r"\S+\.\w{2,4}\Z|(?:img|dsc|dscf|screenshot|image|photo|picture|pic)?[\W\d_]*\Z", re.I)
_NO_DESCRIPTION = re.compile(
    r"(?:(?:featured|article|main|hero|lead|cover|post|blog|news|default|placeholder|no|alt|loading)\W*)*"
    r"(?:images?|photos?|pictures?|img|thumb(?:nail)?|placeholder|undefined|null|none|default|alt|caption|untitled|logo)?\Z",
    re.I,
)
_LONGEST_ALT = 400
_MOST_PICTURES = 40
_SMALLEST = 80
_LONGEST_NAMES = 500
_MOST_CAPTIONS = 50
_LONGEST_CAPTION = 900


def picture_address(element: etree._Element, base: str) -> str | None:
    """Return the address of the picture that an img, picture or figure shows, the widest it offers, or None."""
    images = [element] if element.tag in ("img", "amp-img") else list(element.iter("img", "amp-img"))
    for image in images:
        found = _of_image(image, base)
        if found:
            return found
    for source in element.iter("source"):
        found = _of_sets(source, base)
        if found and not _NOT_PICTURE.search(found.partition("//")[2].partition("/")[2]):
            return found
    for hidden in element.iter("noscript"):
        inner = list(hidden.iter("img"))
        if not inner and hidden.text and "<img" in hidden.text:
            fragment = etree.fromstring(f"<div>{hidden.text[:5000]}</div>", etree.HTMLParser())
            inner = list(fragment.iter("img"))
        for image in inner:
            found = _of_image(image, base)
            if found:
                return found
    return None


def _of_image(image: etree._Element, base: str) -> str | None:
    if _NOT_CLASS.search(f"{image.get('class') or ''} {image.get('id') or ''}") or _tiny(image):
        return None
    candidates = [image.get(name) or "" for name in _LAZY]
    source = image.get("src") or ""
    lazy = next((c for c in candidates if c and not _PLACEHOLDER.search(c) and not c.lstrip().startswith("{")), "")
    if lazy == image.get("data-url") and not _ANY_PICTURE.match(lazy) and _ANY_PICTURE.match(source):
        # The page about the picture, and not its file.
        lazy = ""
    if source and _PLACEHOLDER.search(source):
        source = ""
    sets = _of_sets(image, base)
    parent = image.getparent()
    if sets is None and not (lazy or source) and parent is not None and parent.tag in ("picture", "source"):
        sets = next((found for found in (_of_sets(source, base) for source in parent.iter("source")) if found), None)
    if not (lazy or source or sets):
        given = (value.strip() for value in map(str, image.attrib.values()))
        lazy = next((v for v in given if _ANY_PICTURE.match(v) and not _PLACEHOLDER.search(v)), "")
    found = absolute(base, lazy) if lazy else absolute(base, source) if source else sets
    if (
        not found
        or not found.startswith("http")
        or (
            _NOT_PICTURE.search(found.partition("//")[2].partition("/")[2].rpartition("?")[0] or found)
            and not (_DRAWING.search(found) and _is_described(image))
        )
    ):
        return None
    return found


def _is_described(image: etree._Element) -> bool:
    """Say whether a drawing is a chart or a map, and no sign of the page's own: it has a caption, or a description of
    three words."""
    figure = next(image.iterancestors("figure"), None)
    if figure is not None and next(figure.iter("figcaption"), None) is not None:
        return sum(1 for _ in figure.iter("img", "amp-img")) == 1
    return len((image.get("alt") or "").split()) >= _DESCRIBED and next(image.iterancestors("a"), None) is None


def _of_sets(element: etree._Element, base: str) -> str | None:
    """Return the widest picture of a srcset, in any attribute so called: `data-flickity-lazyload-srcset`."""
    for name, value in element.attrib.items():
        if str(name).endswith("srcset"):
            found = _widest(str(value), base)
            if found:
                return found
    return None


def _tiny(image: etree._Element) -> bool:
    for side in ("width", "height"):
        size = re.match(r"\s*(\d{1,4})(?:px)?\s*\Z", image.get(side) or "")
        if size and int(size.group(1)) < _SMALLEST:
            return True
    return False


def _widest(srcset: str, base: str) -> str | None:
    best, width = None, -1.0
    for part in re.split(r",\s+|,(?=https?:)|,(?=/)", srcset[:8000].strip()):
        pieces = part.split()
        if not pieces or _PLACEHOLDER.search(pieces[0]):
            continue
        size = re.match(r"([\d.]+)[wx]\Z", pieces[1]) if len(pieces) > 1 else None
        value = float(size.group(1)) if size and size.group(1).count(".") < 2 and size.group(1) != "." else 0.0
        if value > width:
            best, width = pieces[0], value
    return absolute(base, best) if best else None


def is_figure(element: etree._Element) -> bool:
    """Say whether the element is a picture with its caption and nothing else: a figure, or a box or table like one."""
    tag = element.tag
    if tag in ("figure", "picture", "img", "amp-img"):
        return True
    if tag not in ("div", "table", "span", "section", "center", "dl", "p", "a", "aside", "li", "button", "header"):
        return False
    if next(element.iter("img", "amp-img"), None) is None:
        return False
    if tag == "table":
        return _is_picture_table(element)
    if sum(1 for _ in element.iter("figure")) > (1 if tag == "button" else 0) and _own_caption(element) is None:
        return False
    images = sum(1 for _ in element.iter("img", "amp-img"))
    if images > 3 or next(element.iter("h1", "h2", "h3", "ul", "ol", "blockquote"), None) is not None:
        return False
    text = text_of(element)
    long = sum(len(text_of(e)) for e in _captions(element))
    if long:
        # Its text is the caption, and perhaps a credit or a button.
        return len(text) <= min(_LONGEST_CAPTION, long + 120)
    return bool(_FIGURE_CLASS.search(junk_names.names_of(element))) and len(text) <= 300 and images <= 2


def _captions(element: etree._Element) -> list[etree._Element]:
    """Return the captions in a box: its figcaptions, or else the outermost elements whose class says caption."""
    named = list(element.iter("figcaption"))
    if not named:
        named = [
            e
            for e in element.iterdescendants("p", "div", "span", "small", "em", "a", "dd", "h6", "td")
            if is_caption(e) and text_of(e)
        ]
    inside = set(named)
    return [e for e in named if inside.isdisjoint(e.iterancestors())]


def is_caption(element: etree._Element) -> bool:
    """Say whether an element is a caption by tag or by class."""
    return element.tag == "figcaption" or _says_caption(element.get("class") or "")


@cached_by_name
def _says_caption(names: str) -> bool:
    return _CAPTION_CLASS.search(names[:_LONGEST_NAMES]) is not None


def _own_caption(element: etree._Element) -> etree._Element | None:
    """Return a caption that stands beside its figure instead of in it."""
    return next((c for c in element.iter("figcaption") if not any(a.tag == "figure" for a in c.iterancestors())), None)


def _is_picture_table(table: etree._Element) -> bool:
    images = sum(1 for _ in table.iter("img", "amp-img"))
    cells = [text_of(cell) for cell in table.iter("td", "th") if next(cell.iter("td", "th"), None) in (None, cell)]
    texts = [cell for cell in cells if cell]
    # One cell with a text of its own is no row of captions, however many small pictures stand about.
    return len(texts) <= images and max(map(len, texts), default=0) <= _LONGEST_CAPTION


def parse_figures(element: etree._Element, base: str, title: str) -> list[Figure]:
    """Return the pictures of a figure, box or picture table, captions and credits apart. `title` is the headline: a
    caption that only repeats it is left out."""
    if element.tag == "table":
        return _of_table(element, base, title)
    addresses = _addresses(element, base)
    if not addresses:
        return []
    captions = _captions(element)
    if element.tag in ("img", "picture", "amp-img"):
        captions = []
    elif not captions and text_of(element):
        captions = [element]
    caption, credit = caption_and_credit(captions, title)
    if credit is None:
        credit = next(
            (
                c
                for c in (
                    _credit_in(e)
                    for e in element.iterdescendants()
                    if isinstance(e.tag, str) and _CREDIT_CLASS.search(junk_names.names_of(e))
                )
                if c and c != caption
            ),
            None,
        )
        if credit and caption and fold(credit) in fold(caption):
            credit = None
    # The caption of several is that of the last: it is read after them.
    *before, last = addresses
    return [*(Figure(address) for address in before), Figure(last, caption, without_label(credit))]


def _addresses(element: etree._Element, base: str) -> list[str]:
    """Return the addresses of the pictures in an element, each once: pages put one picture there in several sizes."""
    first = picture_address(element, base)
    if first is None or element.tag in ("img", "picture", "amp-img"):
        return [first] if first else []
    found = {_name(first): first}
    for image in islice(element.iter("img", "amp-img"), _MOST_PICTURES):
        parent = image.getparent()
        if parent is None or parent.tag == "noscript":
            continue
        address = _of_image(image, base)
        if address:
            found.setdefault(_name(address), address)
    return list(found.values())


def _name(address: str) -> str:
    """Return the name of a picture's file, without its ending and what tells its size."""
    path = address.partition("?")[0].rstrip("/")
    return _SIZE.sub("", path.rpartition("/")[2].rpartition(".")[0] or path)


def _of_table(table: etree._Element, base: str, title: str) -> list[Figure]:
    found: list[tuple[str, str | None, str | None]] = []
    for cell in table.iter("td", "th", "caption"):
        image = picture_address(cell, base)
        if image:
            found.append((image, *caption_and_credit([cell], title)))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], *caption_and_credit([cell], title))
    return [Figure(*figure) for figure in found]


def caption_and_credit(captions: list[etree._Element], title: str) -> tuple[str | None, str | None]:
    """Return the caption and the credit in the elements that hold them."""
    texts, given = [], []
    for element in captions[:_MOST_CAPTIONS]:
        parts = [
            e
            for e in element.iterdescendants()
            if isinstance(e.tag, str) and _CREDIT_CLASS.search(junk_names.names_of(e)) and text_of(e)
        ]
        text = _text(element)
        first = None if parts else _credit_line(element, text)
        if first is not None:
            parts = [first]
        for part in parts:
            piece = text_of(part)
            if piece and len(piece) < 120 and piece in text and piece != text:
                text = clean_line(text.replace(piece, " ", 1))
                given.append(piece)
        if text and text not in texts:
            texts.append(text)
    caption = clean_line(" ".join(texts), _LONGEST_CAPTION)
    credit = clean_line(" ".join(dict.fromkeys(given))) or None
    if credit is None:
        caption, credit = split_credit(caption)
    elif caption:
        inner, more = split_credit(caption)
        if more and not inner:
            caption, credit = "", f"{more} {credit}"
    if credit:
        credit = re.sub(r"\A[\s(\[|/–—-]+|[\s)\]|]+\Z", "", credit) or None
    return (None if not caption or says_title(caption, title) else caption), without_label(credit)


def _credit_line(caption: etree._Element, text: str) -> etree._Element | None:
    """Return the element that is the first line of a caption and names who made the picture: plain, a few words, all
    of them names, and below it a sentence. A bold line is the caption's own."""
    first = next((e for e in caption if isinstance(e.tag, str)), None)
    below = first.getnext() if first is not None else None
    if first is None or below is None or (caption.text or "").strip() or (first.tail or "").strip():
        return None
    if first.tag not in _CREDIT_TAGS or next(first.iter("b", "strong", "a"), None) is not None:
        return None
    if below.tag not in ("br", "p", "div") and first.tag not in ("p", "div"):
        return None
    name = text_of(first)
    words = name.split()
    if not 2 <= len(words) <= _MOST_IN_CREDIT or not all(w[:1].isupper() or w in _IN_NAMES for w in words):
        return None
    said = text[len(name) :].strip() if text.startswith(name) else ""
    ends = said.endswith((".", "!", "?", "”", '"', "。"))
    return first if ends and len(said) > 2 * len(name) and not name.endswith((".", ":", "?", "!", ",")) else None


def without_label(credit: str | None) -> str | None:
    """Return a credit without its label (`Photo: `, `Photograph by `, `Foto: `): the interface has its own."""
    found = _LABELLED.match(credit) if credit else None
    return (credit[found.end() :].strip() or None) if found and credit else credit


def _text(element: etree._Element) -> str:
    """The text of a caption, without what is hidden, unless all of it is until one points at the picture."""
    for hidden in (False, True):
        pieces: list[str] = []
        _gather(element, pieces, hidden=hidden)
        if text := clean_line("".join(pieces), _LONGEST_CAPTION):
            return text
    return ""


def _gather(element: etree._Element, pieces: list[str], *, hidden: bool) -> None:
    """Collect the text of a caption, without that of buttons and with a space where a line ends."""
    pieces.append(element.text or "")
    for child in element:
        if (
            isinstance(child.tag, str)
            and child.tag not in ("script", "style", "button", "noscript", "svg")
            and (hidden or not junk_names.is_hidden(child, aria=False))
        ):
            if child.tag in ("p", "div", "br", "li"):
                pieces.append(" ")
            _gather(child, pieces, hidden=hidden)
        pieces.append(child.tail or "")


def _credit_in(element: etree._Element) -> str | None:
    text = text_of(element)
    return text if 1 < len(text) < 120 else None


def split_credit(caption: str) -> tuple[str, str | None]:
    """Return a caption and the credit that ends it (`… Ảnh: Reuters`, `(Nguồn: Getty Images)`), label left out."""
    found = _CREDIT.search(caption)
    if not found or (len(found.group(0)) > 0.8 * len(caption) > 60):
        return caption, None
    credit = (found.group("name") or found.group("holder") or "").strip()
    # A hyphen or a bar before a credit goes with it; a full stop is the caption's own.
    return re.sub(r"[\s|/(\[–—-]+\Z", "", caption[: found.start()]).strip(), credit or None


def says_title(caption: str, title: str) -> bool:
    """Say whether a caption is only the headline again, or a file's name, or `headline - Ảnh 1.`"""
    text = re.sub(_NUMBERED, "", fold(caption))
    return same_text(text, title) or not text or (len(text) > 15 and fold(title).startswith(text))


def figure_block(figure: Figure, source: etree._Element, title: str = "") -> ContentBlock:
    """Return the block of a picture: a paragraph that holds one image and nothing else. It says the caption, or else
    the alternative text that `source` gives the picture, unless that is only the headline, `title`, or a file's name.
    """
    out = etree.Element("p")
    image = etree.Element("img")
    image.set("src", figure.image)
    image.set("alt", figure.caption or _alternative(figure, source, title))
    if figure.credit:
        image.set("title", figure.credit)
    out.append(image)
    return ContentBlock("figure", out, source, "", 0, figure)


def _alternative(figure: Figure, source: etree._Element, title: str) -> str:
    """Return what a picture's `alt` says of it, or nothing where that is no description."""
    images = (
        [source] if source.tag in ("img", "amp-img") else list(islice(source.iter("img", "amp-img"), _MOST_PICTURES))
    )
    name = _name(figure.image)
    for image in images:
        alt = clean_line(image.get("alt") or image.get("title") or "", _LONGEST_ALT)
        if not alt or (len(images) > 1 and not any(name in str(value) for value in image.attrib.values())):
            continue
        return "" if says_title(alt, title) else description(image)
    return ""


def description(image: etree._Element) -> str:
    """Return what a picture's `alt`, or else its `title`, says of it, or nothing where that is no description."""
    alt = clean_line(image.get("alt") or image.get("title") or "", _LONGEST_ALT)
    return "" if _FILE_NAME.match(alt) or _NO_DESCRIPTION.match(alt) else alt


def give_caption_to_last(found: list[ContentBlock], caption: etree._Element, title: str) -> bool:
    """Give a caption outside its picture to the last block, if that is a picture without one. Return whether it is."""
    last = found[-1] if found else None
    if last is None or last.figure is None or last.figure.caption is not None:
        return False
    figure = next(caption.iterancestors("figure"), None)
    if figure is not None and figure is not last.source and figure not in last.source.iterancestors():
        # It stands before what it describes, and is of no picture above.
        return False
    text, credit = caption_and_credit([caption], title)
    found[-1] = figure_block(Figure(last.figure.image, text, credit or last.figure.credit), last.source, title)
    return True
