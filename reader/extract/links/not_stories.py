"""What papers put among their stories and is none: apps, jobs, shops, donations, logging in, sharing, players.

Judged by the address (a host or a folder that says so) or by the words, compared after `text.fold`. A sentence that
asks for something is none only where the address is not a story's: papers write about donations and apps too.
"""

import re
from functools import lru_cache

from reader.extract.links.targets import is_story_address
from reader.models import Link, LinkKind
from reader.text import clean_line, fold

_HOST = re.compile(
    r"//(?:(?:[\w-]+\.)*(?:wa\.me|t\.me|m\.me|line\.me|onelink\.me|app\.link|page\.link|smart\.link|whatsapp\.com|"
    r"stepstone\.\w+|indeed\.\w+|linkedin\.com|glassdoor\.\w+|patreon\.com|ko-fi\.com|buymeacoffee\.com|"
    r"paypal\.(?:com|me)|gofundme\.com|steadyhq\.com|amazon\.[\w.]{2,6}|amzn\.to|ebay\.[\w.]{2,6}|shopee\.[\w.]{2,6}|"
    r"lazada\.[\w.]{2,6}|tiki\.vn)(?=[/?#:]|\Z)|"
    r"(?:www\.)?(?:[a-z]{0,4}jobs?[a-z]{0,8}|careers?|stellen(?:markt|anzeigen|boerse)?|empleos?|emploi|vacatures|tuyendung|vieclam|"
    r"shop|shops|store|boutique|tienda|loja|abos?|abonnement|subscriptions?|suscripciones|account|accounts|login|auth|"
    r"sso|donate|donations?|spenden|apps?|download)\.)",
    re.I,
)
_FOLDER = re.compile(
    r"/(?:cdn-cgi|stellenanzeigen?|jobangebote?|job-offers?|job-listings?|log-?in|sign-?in|sign-?up|log-?on|register|registrieren|"
    r"registrazione|anmelden|anmeldung|einloggen|connexion|dang-nhap|dang-ky|mein-konto|my-account|share|sharer|"
    r"share\.php|datenschutzeinstellungen|cookie-?(?:settings|policy|einstellungen)|privacy-?settings)(?=[/?#.]|\Z)|"
    r"/(?:apps?|apps-products|mobile-apps?|download-app|donate|donation|spenden|unterstuetzen|faire-un-don|soutenir|"
    r"donar|doar|dona|sostieni|support-us|membership|become-a-member|abo|abos|abonnement|abonnieren|suscripcion|"
    r"suscribete|shop|store|tienda|boutique)/?(?=[?#]|\Z)",
    re.I,
)
_LABEL = re.compile(
    r"(?:(?:click|tap) here (?:to|for) .{0,40}\b(?:apps?|subscribe|newsletters?|sign up|register|join)|"
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
_CLOCK = re.compile(r"\W*\d{0,2}:?\d{1,2}:\d\d\W*")
_EDGE = " \t:：•·»>›→-–—|…!▶►+*()[]【】.,"


def is_story_link(link: Link) -> bool:
    """Say whether a link that stands among other stories may be one. Links in running text and next pages always are:
    there somebody chose the words around them."""
    if link.kind not in (LinkKind.RELATED, LinkKind.MORE):
        return True
    return not (_HOST.search(link.url) or _FOLDER.search(link.url) or _is_call(link.title, link.url))


@lru_cache(maxsize=1024)
def _is_call(title: str, url: str) -> bool:
    bare = _CLOCK.sub(" ", fold(clean_line(title[:200]))).strip(_EDGE)
    if not bare or _LABEL.match(bare):
        return True
    return _CALL.match(bare) is not None and not is_story_address(url)
