"""The authors' names, out of the lines that papers set around them. Agencies, papers and desks are no names."""

import re
from collections.abc import Callable, Iterable
from itertools import islice

from lxml import etree

from reader.extract.dom.junk_names import is_named_comments
from reader.extract.dom.name_patterns import name_matcher
from reader.extract.dom.node import HEADINGS, Elements, spaced_text, text_length
from reader.extract.metadata import plain_byline
from reader.extract.metadata.embedded import Metadata, decode_entities
from reader.text import clean_line, fold
from reader.text.compare import letters_and_digits, same_text

_BY = re.compile(
    r"\A(?:(?:written |story |words |analysis |report(?:ed|ing)? |review |opinion |text |posted |published |"
    r"interview |photos? (?:and text )?)?by|von|par|por|"
    r"av|af|door|di|da|skriven av|tekst|text|texto|texte|testo|author|autor(?:in|en)?|auteur|autore|"
    r"bài(?: và ảnh)?|tác giả|theo|thực hiện|phóng viên|pv|ein(?:e)? (?:\w+ )?von|publié par|escrito por|oleh|"
    r"penulis|yazan|автор|текст|文|作者|記者|记者|撰文)\s*[:：]?\s+",
    re.I,
)
_BY_COLON = re.compile(r"\A(?:by|author|autor|von|text|tekst|автор|作者|記者|记者|文)\s*[:：|/]\s*", re.I)
_SPLIT = re.compile(
    r"\s*[;|•·\n/]\s*|\s*,\s+(?:(?:and|und|et|y|og|och|e|en|và|i|&)\s+)?|\s+(?:and|und|et|y|og|och|e|en|và|und|i|with|mit|and)\s+|\s*(?:&|＆|、|，)\s*|\s+[–—-]\s+"
)
_AFTER = re.compile(
    r"\s*(?:\((?!\w+ \w+\)).*|\bfor (?:the )?[A-Z].*|[,–—-]\s*(?:senior|staff|political|chief|editor|reporter|"
    r"correspondent|writer|journalist|contributor).*|"
    r"\b(?:contributed to|updated|published|last modified|\d{1,2}[:./]\d{2}|\d{4}).*|"
    r"\b(?:(?:edited|translated|illustrated|reviewed|produced|fact-?checked|photograph(?:s|y|ed)?) by|"
    r"(?:übersetzt|bearbeitet|redigiert|illustriert|fotografiert) von|(?:traduit|édité|illustré) par|"
    r"(?:traducido|editado|traduzido|ilustrado) por|(?:tradotto|illustrato) da|vertaald door|översatt av)\b.*|"
    r"\s(?:(?:writes|reports|reporting) from|(?:schreibt|berichtet) aus|écrit (?:de|depuis)|(?:escribe|informa) desde|"
    r"scrive da|schrijft vanuit|skriver (?:från|fra)|skrifar (?:frá|í))\s.*)\Z",
    re.I | re.S,
)
_PLACE = re.compile(r"(?<=\w) (?:in|aus|à|en) (?:[A-Z]\w+)(?: [A-Z]\w+)?\Z")
_FOLLOW = re.compile(r"\s+(?:follow|folgen|フォロー|seguir|suivre)\Z", re.I)
_NOT_A_NAME = re.compile(
    r"(?:dpa|afp|ap|apa|sda|sid|epd|kna|efe|ansa|tt|ntb|ritzau|pti|ians|ani|reuters|xinhua|anadolu|bloomberg|"
    r"ttxvn|vna|tass|interfax|ria|upi|aap|pa|pa media|belga|anp|lusa|"
    r"associated press|the associated press|agence france-presse|deutsche presse-agentur|getty images|admin|"
    r"administrator|editor|webmaster|author|guest|user|unknown|none|null|powered by|the author|"
    r"about the author|more about.*|view (?:all|my|full|complete|profile|bio).*|"
    r"(?:my |full |complete |edit |edit my )?profile|(?:my|your) account|(?:sign|log) (?:in|up|out)|"
    r"(?:author )?archives?|(?:posted|published|filed|written|updated)(?: (?:on|by|in|at))?|n/a|tong hop|"
    r".*\b(?:profile?|profils|perfil|profilo|profiel|mein profil\w*)\b.*|.*профил.*|xem ho so.*|(?:view|get) author.*|"
    r"follow .*|log-?in\b.*|by|von|par|por|av|af|di|door|"
    r"(?:veroffentlicht|aktualisiert|erschienen|publie|mis a jour|publicad[oa]|actualizad[oa]|atualizad[oa]|"
    r"pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|opdateret|udgivet|"
    r"julkaistu|paivitetty|opublikowano|yayinlanma|guncelleme|diterbitkan|dang luc|cap nhat|"
    r"опубликован[оа]|обновлен[оа])\b.*|"
    r"(?:(?:more|all|other|recent|latest|older) )+(?:posts|articles|stories|entries|from|by)\b.*|"
    r"(?:mehr|alle|weitere|neueste|meer|alla|fler|flere) (?:beitrage|artikel|texte|posts|artikelen|berichten|"
    r"artiklar|artikler|inlagg|innlegg)\b.*|"
    r"(?:voir )?(?:tous|toutes|plus|autres) (?:(?:les|ses|d.) ?)?(?:articles|billets|publications)\b.*|"
    r"(?:ver )?(?:todos|todas|mas|otros|otras|mais|outros) (?:(?:los|las|sus|os|as) )?(?:articulos|entradas|"
    r"publicaciones|noticias|artigos|posts|textos)\b.*|(?:tutti|altri) (?:gli )?articoli\b.*|"
    r"(?:wszystkie|wiecej) (?:wpisy|artyku.*)|все (?:статьи|записи|материалы)\b.*|"
    r".*\b(?:books|publishing|publishers|verlag|editions|inc|llc|ltd|gmbh)|"
    r"(?:afp|dpa|ap|reuters|sid)[-/ ].*|.*\b(?:agency|agencies|agentur|agenturen|agence|agencia|ajansi|"
    r"redaktion|redaktionen|redaksjonen|redaccion|redaction|la redaction|redazione|redakcja|redakcia|newsroom|"
    r"staff|desk|team|editors|toa soan|bao dien tu|online|newspaper|magazine|gazette|news|news service|press|"
    r"media|correspondents?|reporters?|contributors?|writers?|journalists?|producers?)\b.*)\Z"
)
_ROLE = re.compile(
    r"(?:senior|chief|staff|executive|managing|political|business|sports?|foreign|science|technology|health|economics|deputy|"
    r"national|world|bbc|our)\b.*\b(?:correspondent|reporter|editor|writer|analyst|columnist|journalist)\b.*|"
    r".*\b(?:redakteur(?:in)?|journaliste?|korrespondent(?:in)?)\b.*"
)
_ORGANIZATION = re.compile(
    r"(?:the )?(?:\w+ )?(?:cent(?:er|re)|institute?|department|ministry|office|bureau|division|faculty|school|"
    r"university|council|committee|commission|association|society|foundation|federation|zentrum|ministerium|amt|"
    r"bundesamt|fakultat|ministere|universite|ministerio|centro|instituto|universidad|universidade|universita|ministero|"
    r"fundacion|fundacao|fondazione|fondation) (?:for|of|on|fur|de|du|des|del|della|di|do|da|pour|para|per|van|voor) .+"
)
"""The name of an office or a school, folded: its `and` and its `for` part nothing."""
_SHORTEST_NAME = 4
_ORGANIZATION_WORDS = 10
_ORGANIZATION_LETTERS = 80
_LAST_FIRST = re.compile(
    r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, (?:(?:[^\W\d_]\. ?){1,3}|[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*)*? "
    r"(?:de|del|de la|della|di|da|das|do|dos|du|des|van|van de[nr]?|vander|von|von de[nr]|vom|zu|zur|ter|ten|den|af|"
    r"av))\Z"
)
"""A name as libraries write it, where its comma can part nothing else: before initials, or a last name's particle."""
_LETTERS_AFTER = re.compile(
    r"(?:Ph\.? ?D|Ed\.? ?D|Psy\.? ?D|Pharm\.? ?D|D\.? ?Phil|M\.? ?Sc|B\.? ?Sc|M\.? ?Ed|M\.? ?Phil|Jr|Sr|Esq|"
    r"Dipl\.? ?-?Ing|"
    r"(?:[A-Z]\.? ?){2,6}(?:-[A-Z]{1,4})?)\.?(?: \([^()]{1,40}\))?\Z"
)
"""What stands after a name and its comma: degrees and offices, the initials of one."""
_OCCUPATION = re.compile(
    r"(?:[\w'’&-]+ ){0,5}(?:\w+(?:ologist|uralist|iatrist|ometrist|ontist)|horticulturist|nutritionist|dietitian|"
    r"dietician|physician|veterinarian|pharmacist|psychotherapist|therapist|educator|professor|lecturer|researcher|scientist|"
    r"economist|analyst|attorney|lawyer|accountant|consultant|specialist|expert|adviser|advisor|instructor|columnist|"
    r"(?:co-?)?founder|director|president|ceo|cto|cfo|manager|strategist|historian|critic)s?"
    r"(?: (?:of|at|for|in|und|and|&) .*)?\Z",
    re.I,
)
_DOMAIN = re.compile(r"(?:\w[\w-]*\.)+[a-z]{2,}\Z", re.I)
_DESK = re.compile(r"\w+ (?:&|and|und|et|y|e|og|och|en) (?:\w+ )?(?:news|desk|team|staff|redaktion|editors)\Z")
_MARKED = re.compile(
    r"author|by-?line|(?:^|[\s_-])(?:contributors?|writer|autor|autoren|auteur|autore|reporter|tac-?gia|"
    r"verfasser)(?:$|[\s_-])",
    re.I,
)
_NEVER = re.compile(
    r"avatar|bio|image|photo|social|follow|related|twitter|comment|description|card-body|more|list-of|"
    r"credit-image|caption|(?:^|[\s_-])(?:views?|counts?)(?:$|[\s_-])",
    re.I,
)


_LONGEST_FORM = 1500
_NEAR = 6
_LONGEST_BYLINE = 160
_MOST_OF_BYLINE = 40
_PAGE = 2
"""The outermost boxes, which all of a page shares: `html` and `body`."""
_MOST_BOXES = 40


_is_marked = name_matcher(_MARKED)


def person_names(texts: Iterable[str], metadata: Metadata, site: str) -> tuple[str, ...]:
    """Return the names of persons in the texts, in order, each once, at most twelve."""
    paper = {
        fold(name)
        for name in (
            metadata.publisher,
            metadata.meta("og:site_name"),
            site,
            site.partition(".")[0],
            _host_named(metadata),
        )
        if name
    }
    found: list[str] = []
    for text in texts:
        if "://" in text or text.startswith(("@", "www.", "/")):
            continue
        line = clean_line(decode_entities(text), 400)
        line = _BY_COLON.sub("", _BY.sub("", line))
        # Before it is split: papers' names have an "and" in them, too. Báo is a paper, and may stand before its name.
        if fold(line).removeprefix("bao ") in {name.removeprefix("bao ") for name in paper} or _DESK.match(fold(line)):
            continue
        whole = _LAST_FIRST.match(line) is not None or _is_organization(line)
        parts = [line] if whole else _SPLIT.split(line)
        # A paper gives its town after its name.
        of_paper = len(parts) > 1 and (fold(parts[0]) in paper or _DOMAIN.match(parts[0].strip()) is not None)
        for number, part in enumerate(parts):
            name = part if whole else _name(part, paper)
            if number and (part.startswith("The ") or _is_title(part, line) or (of_paper and " " not in part.strip())):
                continue  # after a name stands the paper that it is of, or what somebody is
            if name and not any(same_text(name, other) for other in found):
                found.append(name)
    return tuple(found[:12])


def _host_named(metadata: Metadata) -> str:
    """Return what a title says after the site's name: the host of the blog (`Ferry saved @ Ann's :: Quaylog`)."""
    blog, title = metadata.meta("og:site_name") or "", metadata.page_title or ""
    return title.rpartition(blog)[2].strip(" |·•:»–—-") if len(blog) >= _SHORTEST_NAME and blog in title else ""


def _is_organization(line: str) -> bool:
    return (
        len(line) <= _ORGANIZATION_LETTERS
        and len(line.split()) <= _ORGANIZATION_WORDS
        and not any(mark in line for mark in ",;|/")
        and _ORGANIZATION.match(fold(line)) is not None
        and _NOT_A_NAME.match(fold(line)) is None
    )


def _is_title(part: str, line: str) -> bool:
    """Whether what stands after a name says what its bearer is. In a line of capitals any short name looks so."""
    part = part.strip(" .,")
    return _OCCUPATION.match(part) is not None or (_LETTERS_AFTER.match(part) is not None and not line.isupper())


def _name(part: str, paper: set[str]) -> str | None:
    part = _AFTER.sub("", _BY_COLON.sub("", _BY.sub("", part.strip())))
    if len(part.split()) > 3:
        part = _PLACE.sub("", part)
    part = _FOLLOW.sub("", part).strip(" .,:;-–—|*\"'()[]")
    folded = fold(part)
    if not 2 <= len(part) <= 50 or len(part.split()) > 6 or "@" in part or any(c.isdigit() for c in part):
        return None
    if (
        folded in paper
        or (len(part.split()) == 1 and letters_and_digits(part) in {letters_and_digits(name) for name in paper})
        or _NOT_A_NAME.match(folded)
        or _ROLE.match(folded)
        or re.search(r"\.(?:com|vn|net|org|de|fr|co)\b", folded)
    ):
        return None
    if not any(c.isupper() or not c.isascii() for c in part):
        return None
    return part


def visible_authors(
    root: Elements, metadata: Metadata, site: str, heading: etree._Element | None = None
) -> tuple[str, ...]:
    """Return the authors that the page shows: by rel=author, itemprop=author, a byline's class, a profile's address.

    Of several bylines the one that stands nearest to the `heading` counts: the others are those of other stories. What
    stands in a form or in readers' comments is none.
    """

    def named(texts: list[str]) -> tuple[str, ...]:
        return person_names(texts, metadata, site)

    is_elsewhere = _places_of_no_byline(heading)
    for elements, read in (
        (_with_property(root, is_elsewhere), _of_property),
        (_with_class(root, is_elsewhere), _of_class),
    ):
        people = _first_named(elements, read, named, heading)
        if people:
            return people
    return named(_by_address(root, is_elsewhere)) or named(plain_byline.names_under(heading, is_elsewhere))


def _first_named(
    elements: list[etree._Element],
    read: Callable[[list[etree._Element]], list[str]],
    named: Callable[[list[str]], tuple[str, ...]],
    heading: etree._Element | None,
) -> tuple[str, ...]:
    """Return the names in those of the elements that share the smallest box with the heading and name somebody, and in
    the bylines that stand directly after that box. What shares nothing with the heading but the page is asked only
    where nothing else is there."""
    above = [] if heading is None else list(heading.iterancestors())
    boxes = {box: number for number, box in enumerate(above)}
    groups: dict[int, list[etree._Element]] = {}
    for element in elements:
        apart = next((boxes[box] for box in element.iterancestors() if box in boxes), len(boxes))
        groups.setdefault(apart, []).append(element)
    near = sorted(groups)
    near = [apart for apart in near if apart < len(boxes) - _PAGE] or near[:1]
    for apart in near:
        people = named(read(groups[apart]))
        if people and apart < len(above) - _PAGE and _ends_with(above[apart], groups[apart][-1]):
            further = _directly_after(above[apart], {*elements})
            return named([*read(groups[apart]), *read(further)])
        if people:
            return people
    return ()


def _ends_with(box: etree._Element, element: etree._Element) -> bool:
    """Say whether nothing is said in a box after an element in it."""
    while element is not box:
        if (element.tail or "").strip() or any(text_length(other, 1) for other in element.itersiblings()):
            return False
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return True


def _directly_after(box: etree._Element, bylines: set[etree._Element]) -> list[etree._Element]:
    """Return those of the bylines that stand in the short boxes next to a box, before anything else is said."""
    found: list[etree._Element] = []
    while (following := box.getnext()) is not None and not (box.tail or "").strip():
        box = following
        inside = [e for e in islice(box.iter(), _MOST_OF_BYLINE) if e in bylines]
        if (
            not inside
            or text_length(box, _LONGEST_BYLINE) > _LONGEST_BYLINE
            or next(box.iter(*HEADINGS), None) is not None
        ):
            break
        found.extend(inside)
    return found


def _places_of_no_byline(heading: etree._Element | None) -> Callable[[etree._Element], bool]:
    """Return what says whether an element stands in a form, a dialog, a caption or readers' comments. A form around a
    whole page is none: it holds the heading, or a long text. Each form is measured once, however many elements stand in
    it."""
    above = set() if heading is None else {*heading.iterancestors("form")}
    forms: dict[etree._Element, bool] = {}

    def is_form(box: etree._Element) -> bool:
        if box not in forms:
            forms[box] = box not in above and text_length(box, _LONGEST_FORM) <= _LONGEST_FORM
        return forms[box]

    def is_elsewhere(element: etree._Element) -> bool:
        return any(
            box.tag in ("dialog", "figcaption")
            or (box.tag == "form" and is_form(box))
            or (number < _NEAR and box.tag not in ("article", "main", "body") and is_named_comments(box))
            for number, box in enumerate(islice(element.iterancestors(), _MOST_BOXES))
        )

    return is_elsewhere


def _with_property(root: Elements, is_elsewhere: Callable[[etree._Element], bool]) -> list[etree._Element]:
    return [
        element
        for element in root.iter("a", "span", "div", "p", "meta", "address", "li")
        if (
            "author" in (element.get("itemprop") or "").split()
            or "author" in (element.get("rel") or "").casefold().split()
        )
        and not is_elsewhere(element)
    ]


def _of_property(elements: list[etree._Element]) -> list[str]:
    texts = []
    for element in elements:
        named = [e for e in element.iter() if "name" in (e.get("itemprop") or "").split()]
        source = named[0] if named else element
        texts.append(source.get("content") or spaced_text(source))
    return [text for text in texts if 2 <= len(text.strip()) <= 150]


def _with_class(root: Elements, is_elsewhere: Callable[[etree._Element], bool]) -> list[etree._Element]:
    found = []
    for element in root.iter(
        "a", "span", "div", "p", "address", "li", "strong", "cite", "h3", "h4", "section", "header"
    ):
        named, ident, tested = element.get("class"), element.get("id"), element.get("data-testid")
        if (
            ((named and _is_marked(named)) or (ident and _is_marked(ident)) or (tested and _is_marked(tested)))
            and not any(_NEVER.search(name) for name in (named, ident, tested) if name)
            and not is_elsewhere(element)
        ):
            found.append(element)
    return found


def _of_class(elements: list[etree._Element]) -> list[str]:
    best: list[str] = []
    for element in elements:
        text = spaced_text(element)
        if not 3 <= len(text) <= 160:
            continue
        links = list(element.iter("a"))
        if len(links) > 8:
            continue
        said = [spaced_text(link) for link in links]
        people = [name for name in said if 3 <= len(name) <= 50 and " " in name and not name.startswith(("@", "http"))]
        best.extend(people or [text])
        if len(best) >= 3 or people:
            break
    return best


_LICENCE = re.compile(r"/licen[cs]es?/", re.I)  # of a picture: `/licenses/by/4.0/`
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en)?|auteurs?|autore|redaktion|profile|staff|by|journalist|tac-gia|people|contributors?)"
    r"/[^/?#]{3,80}/?\Z",
    re.I,
)


def _by_address(root: Elements, is_elsewhere: Callable[[etree._Element], bool]) -> list[str]:
    """Return the first link to an author's page whose text is a name of two to four words."""
    for anchor in root.iter("a"):
        address = anchor.get("href") or ""
        if _PROFILE.search(address) and not _LICENCE.search(address) and not is_elsewhere(anchor):
            text = spaced_text(anchor)
            if 5 <= len(text) <= 40 and 2 <= len(text.split()) <= 4:
                return [text]
    return []


def json_ld_authors(metadata: Metadata) -> list[str]:
    """Return what JSON-LD says of the authors."""
    texts: list[str] = []
    for value in metadata.values_of("author", "creator"):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                if str(item.get("@type", "")).rpartition("/")[2] not in ("Organization", "NewsMediaOrganization"):
                    whole = [str(item[k]) for k in ("givenName", "familyName") if isinstance(item.get(k), str)]
                    texts.extend(_texts(item.get("name")) or ([" ".join(whole)] if whole else []))
            else:
                texts.extend(_texts(item))
        if texts:
            break
    return texts


def meta_authors(metadata: Metadata) -> list[str]:
    """Return what meta elements say of the authors."""
    for name in (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "citation_author",
        "article:author_name",
        "cxenseparse:author",
        "authors",
        "dcsext.author",
    ):
        people = [v for v in metadata.metas.get(name, ()) if "://" not in v and not v.startswith("(") and "@" not in v]
        if people:
            return people
    if _LABELLED.match(fold(metadata.meta("twitter:label1") or "")):
        return list(metadata.metas.get("twitter:data1", ()))
    return []


_LABELLED = re.compile(
    r"(?:written )?by\Z|author|verfasst von|geschrieben von|von\Z|escrito por|ecrit par|autor|scritto da|"
    r"geschreven door|skrevet av|viet boi|tac gia"
)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return []
