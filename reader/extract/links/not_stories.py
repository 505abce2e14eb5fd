"""What papers put among their stories and is none: apps, jobs, shops, donations, logging in, sharing, players.

Judged by the address (a host or a folder that says so) or by the words, compared after `text.fold`. A sentence that
asks for something is none only where the address is not a story's: papers write about donations and apps too.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reader.extract.links.targets import is_headline, is_story_address
from reader.models import Link, LinkKind
from reader.text import clean_line, fold
from reader.text.urls import same_site
from reader.url_parts import url_parts

_HOST = re.compile(
    r"//(?:(?:[\w-]+\.)*(?:wa\.me|t\.me|m\.me|line\.me|onelink\.me|app\.link|page\.link|smart\.link|whatsapp\.com|"
    r"stepstone\.\w+|indeed\.\w+|linkedin\.com|glassdoor\.\w+|patreon\.com|ko-fi\.com|buymeacoffee\.com|"
    r"udemy\.com|coursera\.org|skillshare\.com|paypal\.(?:com|me)|gofundme\.com|steadyhq\.com|amazon\.[\w.]{2,6}|"
    r"amzn\.to|ebay\.[\w.]{2,6}|shopee\.[\w.]{2,6}|"
    r"lazada\.[\w.]{2,6}|tiki\.vn|disqus\.com)(?=[/?#:]|\Z)|"
    r"(?:www\.)?(?:[a-z]{0,4}jobs?[a-z]{0,8}|careers?|karriere(?:welt|portal)?|workshops?|courses|kurse|stellen(?:markt|anzeigen|boerse)?|empleos?|emploi|vacatures|tuyendung|vieclam|"
    r"shop|shops|store|boutique|tienda|loja|abos?|abonnement|subscriptions?|suscripciones|account|accounts|login|auth|"
    r"sso|donate|donations?|spenden|apps?|download|tenshoku|"
    r"coupons?|gutscheine?|promo-?codes?)\.)",
    re.I,
)
_FOLDER = re.compile(
    r"/(?:cdn-cgi|stellenanzeigen?|jobangebote?|job-offers?|job-listings?|log-?in|sign-?in|sign-?up|log-?on|register|registrieren|"
    r"registrazione|anmelden|anmeldung|einloggen|connexion|dang-nhap|dang-ky|mein-konto|my-account|share|sharer|"
    r"share\.php|datenschutzeinstellungen|cookie-?(?:settings|policy|einstellungen)|privacy-?settings|"
    r"coupons?|gutscheine?|codes?-promo|voucher-?codes?|discount-?codes?|rabattcodes?|lp)(?=[/?#.]|\Z)|"
    r"//[^/]+/(?:impressum|datenschutz|privacy-policy|terms-of-(?:use|service)|agb|"
    r"mentions-legales|aviso-legal)(?=[/?#.]|\Z)|/hc/[a-z]{2}(?:-\w+)?/|"
    r"/(?:category|categories|kategorien?|categorias?|categories?|kategori|chuyen-muc)/[^/?#]+/?(?:page/\d+/?)?(?=[?#]|\Z)|"
    r"/comment-page-\d|[?&]replytocom=|#(?:respond|reply)\b|#(?:comment|disqus)[-_]?\d|"
    r"[?&]action=edit\b|(?:/|[?&]title=)(?:special|spezial|sp%c3%a9cial|especial|speciale|speciaal|specjalna):|"
    r"/(?:apps?|apps-products|mobile-apps?|download-app|donate|donation|spenden|unterstuetzen|faire-un-don|soutenir|"
    r"donar|doar|dona|sostieni|support-us|membership|become-a-member|abo|abos|abonnement|abonnieren|suscripcion|"
    r"suscribete|shop|store|tienda|boutique)/?(?=[?#]|\Z)",
    re.I,
)
_HELP = re.compile(
    r"//(?:(?:www\.)?(?:help|support|hilfe|faq|aide|ayuda)\.|[^/]+/(?:help|hilfe|faq|aide|ayuda|legal)(?=[/?#.]|\Z))",
    re.I,
)
"""Where sites help their readers. Papers call sections of stories so too: laws, what many ask, advice."""
_OF_READERS = re.compile(
    r"(?<![^\W_])(?:how-(?:to|do|can)|your?|my|accounts?|cancel\w*|subscri\w*|passwords?|log-?in|terms|privacy|polic(?:y|ies)|"
    r"cookies?|conditions|abonn?ement\w*|passwor[td]|konto|kundigung|compte|cuenta)(?![^\W_])",
    re.I,
)
"""What the names of pages about the reader's own matters have in them."""
_NUMBER = re.compile(r"\d{4}")
_LABEL = re.compile(
    r"(?:(?:(?:go |return )?back|return)(?: to .{0,30}\b(?:page|top|overview|homepage|list))?|"
    r"(?:zuruck|retour|volver|voltar|torna|terug|quay lai|tro lai)(?: (?:.{0,6} )?(?:seite|startseite|ubersicht|"
    r"accueil|page d.accueil|liste|portada|inicio|pagina inicial|home|overzicht|trang chu))?|"
    r"(?:next|previous|nachste|vorherige) (?:page|seite)|page (?:suivante|precedente)|pagina (?:siguiente|anterior)|"
    r"(?:view|see|open) (?:the )?(?:full |whole |photo )?(?:gallery|slideshow)|.{0,40} latest articles|"
    r"(?:click|tap) here (?:to|for) .{0,40}\b(?:apps?|subscribe|newsletters?|sign up|register|join)|"
    r"videos?|audios?|podcasts?|photos?|fotos?|gallery|galerie|bilder|images?|anh|"
    r"watch(?: now| live| video| the video)?|"
    r"listen(?: now| live)?|play(?: now| video| audio)?|live(?: tv| stream)?|livestream|xem video|nghe|video ansehen|"
    r"jetzt ansehen|anhoren|regarder|ecouter|ver video|guarda il video|"
    r"(?:share|teilen|partager|compartir|compartilhar|condividi|chia se|delen|del|udostepnij|поделиться)"
    r"(?: (?:this|on|via|by|auf|per|sur|en|su|no|op)\b.{0,30})?|copy link|link kopieren|copier le lien|sao chep link|"
    r"(?:whatsapp|facebook|twitter|x|telegram|linkedin|e-?mail|zalo|messenger|reddit|pinterest|instagram|tiktok)"
    r"(?: icon| logo| share)?|print|drucken|imprimer|"
    r"log ?in|log ?on|sign ?(?:in|up)|register(?: now)?|anmelden|einloggen|registrieren|se connecter|connexion|"
    r"iniciar sesion|entrar|accedi|dang nhap|dang ky|inloggen|logga in|zaloguj(?: sie)?|войти|"
    r"(?:login|log in|sign in|sign up|register|anmelden|dang nhap) (?:to|for|um|de)\b.{0,50}|"
    r"subscribe(?: now| today)?|subscription|newsletters?|abonnieren|abonnez-vous|je m.abonne|s.abonner|suscribete|"
    r"abbonati|assine(?: ja)?|jetzt abonnieren|"
    r"donate(?: now| today| here)?|donations?|(?:jetzt )?spenden|faire un don|je soutiens|haz una donacion|"
    r"dona(?: ahora)?|"
    r"doe agora|support us|unterstutzen|become a member|mitglied werden|advertis(?:e|ement|ing)|anzeige|werbung|"
    r"publicidad|publicite|quang cao|apps?|the app|get the app|download(?: now)?|tai (?:ung dung|app)|"
    r"cookie settings|privacy settings|datenschutzeinstellungen(?: anpassen)?|comments?|kommentare|binh luan)\Z"
)
_CALL = re.compile(
    r"(?:(?:click|tap) here (?:to|for)\b|here.s how to (?:subscribe|donate)|"
    r"(?:get|download|install|try) (?:the|our) .{0,40}\bapps?\b\W*\Z|(?:lade|laden sie) .{0,40}\bapp\b|"
    r"telecharge[rz]? .{0,40}\b(?:app|appli|application)\b|descarg(?:a|ue) .{0,40}\bapp\b|scarica .{0,40}\bapp\b|"
    r"baixe .{0,40}\bapp\b|tai (?:ung dung|app)\b|"
    r"(?:please |can you |will you )?(?:consider )?(?:donat(?:e|ing) (?:to|now|today|here)|"
    r"support(?:ing)? (?:us|our|independent|quality|local) |mak(?:e|ing) a .{0,20}(?:donation|contribution)|"
    r"becom(?:e|ing) a (?:member|supporter|subscriber))|"
    r"(?:jetzt )?(?:unterstutzen|spenden) sie\b|faites un don|soutenez(?:-nous| notre| le journalisme)|"
    r"haz(?:te)? (?:una donacion|soci[oa])|apoya (?:nuestro|el periodismo)|sostieni (?:il|la nostra)|"
    r"(?:sign up|subscribe|register) (?:to|for) (?:our|the|my)\b|(?:follow|join) us on\b|theo doi .{0,30} tren\b|"
    r"dang ky (?:nhan|theo doi)\b|abonnieren sie\b|abonnez-vous\b)"
)
_SERVICE = re.compile(
    r"(?:(?:see|view|show|browse) (?:all|more|(?:the )?full)\b|alle .{2,24} (?:anzeigen|ansehen)|voir tou(?:te?s?)\b|"
    r"ver tod[ao]s?\b|xem tat ca\b|all (?:rss|feeds)\b|(?:set|make) .{2,30} (?:your|my|as) .{0,10}home ?page|"
    r"get your (?:news)?paper\b|(?:send|submit) (?:us |in )?(?:your|a) .{0,20}(?:tips?|photos?|stor(?:y|ies)|news)\b|"
    r"e?-?mail (?:newsletters?|alerts?)\b|(?:privacy|cookie) (?:policy|notice|statement)|terms (?:of|and|&) \w+|"
    r"comments? powered by\b|leave a (?:reply|comment)|cancel reply|(?:kommentar|antwort) (?:schreiben|abbrechen)|"
    r"laisser un commentaire|deja (?:un comentario|una respuesta)|nutzungsbedingungen|impressum|datenschutz\w*\Z|"
    r"politique de confidentialite|mentions legales|politica de privacidad|aviso legal|dieu khoan su dung|"
    r"chinh sach bao mat)"
)
"""What a page offers besides stories: its lists, its help, its rules, its forms."""
_STORIES_KNOWN = 2
"""Links of a site with addresses as stories have them, from which on others of the site have none."""
_FEW_WORDS = 5
_OF_A_PAGE = frozenset("p page title id story article art post name slug item entry node doc topic view".split())
"""What a query calls the page that it names."""
_SLUG_PART = re.compile(r"[^\W\d_]{2,}|%[0-9a-f]{2}", re.I)
_CLOCK = re.compile(r"\W*\d{0,2}:?\d{1,2}:\d\d\W*")
_EDGE = " \t:：•·»>›→«<‹←-–—|…!▶►+*()[]【】.,"


def is_story_link(link: Link) -> bool:
    """Say whether a link that stands among other stories may be one. Links in running text and next pages always are:
    there somebody chose the words around them."""
    if link.kind not in (LinkKind.RELATED, LinkKind.MORE):
        return True
    return not (
        _HOST.search(link.url)
        or _FOLDER.search(link.url)
        or (_HELP.search(link.url) and not _is_story_of_help(link.url))
        or _is_call(link.title, link.url)
    )


def _is_story_of_help(url: str) -> bool:
    """Say whether an address among those of help is a story's: by a date or a number, or by words of no service."""
    path = url[url.find("/", 8) :].partition("#")[0]
    return is_story_address(url) and (_NUMBER.search(path) is not None or _OF_READERS.search(path) is None)


@lru_cache(maxsize=1024)
def _is_call(title: str, url: str) -> bool:
    bare = _CLOCK.sub(" ", fold(clean_line(title[:200]))).strip(_EDGE)
    if not bare or _LABEL.match(bare):
        return True
    return (_CALL.match(bare) or _SERVICE.match(bare)) is not None and not is_story_address(url)


def without_sections(links: Iterable[Link], here: str) -> Iterator[Link]:
    """Yield the links without those among other stories that lead to a section or a service of their site.

    What a story's address looks like is learned from the site itself: where this page, at `here`, or two other links of
    that site have a number, a date or a slug in it, one without is none. A slug of two words is one too where the
    link's text is a headline of five words.
    """
    links = list(links)
    other = [link for link in links if link.kind in (LinkKind.RELATED, LinkKind.MORE)]
    plain = [link for link in other if not is_story_address(link.url)]
    shaped = [link.url for link in other if is_story_address(link.url)]
    left_out = {id(link) for link in plain if _is_start(link.url)}
    for link in plain:
        if _is_short_slug(link):
            continue
        known = _STORIES_KNOWN if is_story_address(here) and same_site(link.url, here) else 0
        known += sum(1 for url in shaped if same_site(url, link.url)) if known < _STORIES_KNOWN else 0
        if known >= _STORIES_KNOWN:
            left_out.add(id(link))
    return (link for link in links if id(link) not in left_out)


def _is_short_slug(link: Link) -> bool:
    last = link.url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    if len(_SLUG_PART.findall(last)) < 2:
        return False
    return is_headline(link.title) and (not link.title.isascii() or len(link.title.split()) >= _FEW_WORDS)


def _is_start(url: str) -> bool:
    """Say whether an address is a site's front page with a query that counts visits and names no page."""
    parts = url_parts(url)
    if parts.path.strip("/") or not parts.query:
        return False
    return "/" not in parts.query and not any(
        value.isdecimal() or not value or name.lower() in _OF_A_PAGE for name, value in _pairs(parts.query)
    )


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (pair.partition("=") for pair in query.split("&"))]
