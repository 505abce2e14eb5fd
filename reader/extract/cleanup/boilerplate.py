"""Boilerplate within the text of articles: calls to subscribe, follow or share, advertising labels, consent notices.

Compared after `text.fold`. Each is a phrase that many papers use; none names a paper. A phrase that an ordinary
sentence could begin with counts only as a whole line, or where the line has a link.
"""

import re

from reader.text import fold

_HEAD = 160
_READING_TIME = re.compile(
    r".{0,60}?(?:lesedauer|lesezeit|reading time|read time|temps de lecture|tiempo de lectura|tempo di lettura|"
    r"leestijd|lesetid|lastid|czas czytania|thoi gian doc)\W{0,3}(?:ca\.? ?|etwa |about )?"
    r"\d{1,3} ?(?:min|phut).{0,12}\Z|"
    r".{0,60}?\d{1,3}[ -]min(?:ute)?s? read\W*\Z"
)
"""How long a text takes to read: on a line of its own, or after the date that stands there, glued to it or not."""
_GOES_ON = re.compile(
    r"(?:this |the |our )?(?:story|article|text|post|content) continues (?:below|after)"
    r"(?: .{0,20}\b(?:ads?|advert\w*|break|commercial|embed\w*|fold|form|gallery|graphic|image|"
    r"jump|links?|map|messages?|newsletters?|photos?|pictures?|player|"
    r"poll|promo\w*|slideshow|sponsors?|subscri\w+|tweet|video)(?: \w+){0,2})?\W*\Z"
)
"""Where a story goes on: below what is no part of it. A sentence that says so of anything else is text."""
_LONGEST_CONSENT = 700
_LONGEST_SHOP = 60
_LONGEST_LINE = 160
_MARKS = " »›>→-–—•·*"


def _any(phrases: str, end: str = "") -> re.Pattern[str]:
    """Return what matches one of the phrases, a line each."""
    return re.compile("(?:" + "|".join(line.strip() for line in phrases.strip().split("\n")) + ")" + end)


# Boilerplate only as a whole line.
_WHOLE_LINE = _any(
    r"""
    (?:image|bild|photo|foto|slide) \d+ ?(?:of|von|de|sur|/) ?\d+
    (?:quellen?|sources?|zrodlo|fuente|kontakt|contacts?):
    (?:(?:adjust|change|choose|increase|decrease|set) )?(?:the )?(?:font|text|type)[- ]?size(?: settings?)?:?[ a+-]*
    (?:schriftgrosse|textgrosse|taille (?:du texte|de (?:la )?police)):?.{0,12}
    (?:tamano (?:del texto|de (?:la )?letra)|co chu):?.{0,12}
    (?:글자|글씨) ?크기.{0,8}|(?:文字|字体|字型)(?:の?大きさ|サイ[ズス]|大小).{0,8}
    (?:select|choose|change|switch)(?: your)? language:?.{0,20}
    (?:image )?placeholder(?: image| text)?[ -]?\d{0,3}
    (?:artikel|beitrag) (?:teilen|vorlesen|anhoren|drucken|merken|kommentieren|verschenken)
    (?:diesen )?(?:artikel|beitrag) (?:vorlesen|anhoren)(?: lassen)?
    (?:listen to|hear) (?:this|the) (?:article|story)
    (?:ecouter|partager|imprimer) (?:l.|cet )?article
    (?:escuchar|compartir|imprimir) (?:este |el )?articulo
    (?:show|hide|view|read|see|expand|toggle) (?:the )?(?:full |photo |image |picture )?captions?
    (?:bild(?:unterschrift|text|beschreibung)|bildinfo) (?:an|ein|aus)(?:zeigen|blenden)
    (?:afficher|masquer|voir) la legende|(?:ver|mostrar|ocultar) (?:el |la |a )?(?:pie de foto|leyenda|legenda)
    (?:mostra|nascondi) (?:la )?didascalia|(?:xem|hien|an) chu thich(?: anh)?
    copy (?:the )?link|link kopieren|copier le lien|copiar (?:el )?enlace|copiar (?:o )?link|copia (?:il )?link
    sao chep (?:lien ket|link)|kopieer (?:de )?link|kopiera lank|kopier lenke?|kopiuj link|(?:с)?копировать ссылку
    复制链接|複製連結|リンクをコヒー|링크 복사|कॉपी लिक
    (?:be sociable,? share|share and enjoy|sharing is caring|spread the (?:love|word)|like this)
    (?:(?:a )?message from (?:our|a) )?sponsors?(?:ed)?(?: messages?| content)?
    (?:реклама|на правах рекламы|広告|广告|廣告|광고|quang cao|pubblicita|reklaam|mainos|oglas|reklama)
    (?:(?:無料)?会員登録(?:する|はこちら)?|ロ[クグ]イン(?:する|はこちら|して続きを読む)?|続きを読む)
    (?:log ?in|sign ?in|register|subscribe)(?: or (?:register|subscribe|sign ?up))? to (?:continue|keep|read).{0,40}
    (?:anmelden|einloggen|registrieren) und weiterlesen
    (?:flash |html5 )?(?:video|audio) (?:embed|player)
    (?:tags?|schlagworte|themen|keywords?|mots-cles|etiquetas|temas|tu khoa) ?:.{0,80}
    (?:社会|政治|経済|国際)?の?(?:新着|関連(?:記事|キーワード))
    \S+@\S+\.\w+
    \d+ (?:comments?|kommentare?)
    \d+ (?:of|von|de|sur) \d+
    a propos de l.auteur
    about the authors?
    advert
    advertisements?
    all rights reserved.{0,60}
    annonse?
    annonsorinnhold
    anuncio
    anzeige
    artikel bewerten
    auch lesen
    back to top
    [\[(](?:back to (?:the )?top|to (?:the )?top|top|up|nach oben|haut de page|arriba)[\])]
    bildergalerie
    caption
    close
    comments?
    comments? are closed
    continue reading
    copyright ©.{0,60}
    drucken
    e-?mail: \S+@\S+
    embed
    empfehlungen? (?:aus|der) .{3,30}
    enlarge
    external content
    image (?:caption|source)
    kommentare geschlossen
    kommentare?
    kontakt
    lesezeichen
    listen
    loading
    media playback is .{4,40}
    mehr
    merken
    most viewed
    newsletters?
    om forfatteren
    pdf
    permalien
    permalink
    photos?
    print
    publicidad
    publicite
    quellenangaben?
    reklam
    schlagworter.{0,30}
    schliessen
    schon gelesen
    share
    sobre (?:el|o|la) autora?
    sponsored
    stand: \d[\d., :]{5,30}(?:uhr)?
    sull.autore
    teilen
    uber (?:den|die) autor(?:en|in)?
    video
    voltar
    vorlesen
    watch now
    weiter
    you (?:are|have been) (?:now )?(?:signed|logged) (?:in|out)
    weitere (?:beitrage|informationen|videos|artikel|themen|meldungen|nachrichten)(?: (?:aus|zu|uber) .{2,30})?
    weiterlesen
    werbung
    zum weiterlesen
    zuruck
    zusatzinformationen
    © ?(?:19|20)\d\d.{0,80}
    """,
    end=r"\W*\Z",
)

# What stands in the box of a shop, beside a price.
_SHOP_LABELS = r"""
    (?:buy|shop|order) (?:now|alternative|it now|here)
    price (?:at|from|when reviewed)
    (?:view|see|check|get) (?:the |best )?(?:deal|price|offer)s?
    (?:jetzt |hier )?(?:zum (?:angebot|shop)|kaufen)
    (?:voir|profiter de) l.offre
    (?:ver|comprar) (?:oferta|ahora)
    mua ngay
    """
_SHOP = _any(_SHOP_LABELS, end=r"(?: (?:at|from|on|bei|chez|en) .{2,30})?\W*\Z")
_OFFER = re.compile(_any(_SHOP_LABELS).pattern + r"\s*:|.*\w\W+" + _any(_SHOP_LABELS, end=r"\W*\Z").pattern)
_PRICE = re.compile(
    r"(?:(?:ab|from|von|nur|only|was|now) )?(?:[£$€¥] ?\d[\d.,]*|\d[\d.,]* ?(?:€|eur|usd|₫|vnd))"
    r"(?: (?:at|from|bei|on) .{2,40})?\Z"
)

# Boilerplate wherever a line begins so.
_ALWAYS = _any(
    r"""
    (?:do you )?have (?:a|any) (?:tip|story|question|news)s?\b[^,.]*\?
    (?:this )?(?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published)
    (?:this )?(?:article|story|post) contains affiliate
    abonnez-vous
    chia se bai viet
    click here to
    download (?:our|the) .{0,20}app\b
    email this
    empfohlener (?:externer|redaktioneller) inhalt
    externer inhalt
    folgst du schon
    follow (?:us (?:on|at)|@|.{2,30} on (?:twitter|facebook|x|instagram|telegram|whatsapp)\b)
    for (?:the latest|more) (?:news|stories)
    gefallt (?:dir|ihnen) (?:unser|der artikel|dieser)
    get (?:our|the) (?:free )?.{0,20}newsletter
    get (?:the )?(?:daily|latest|breaking|morning) .{0,20}(?:news|headlines|updates)
    have something to say
    if you buy something using
    if you.re seeing this message
    inscrivez-vous
    jede (?:kleine )?spende
    jetzt abonnieren
    join (?:us|our .{3,30}) on
    like us on
    never miss (?:the latest|a story|an update|out)
    please enable javascript
    print this
    (?:dieser (?:artikel|beitrag|text)|diese seite) wurde (?:aus)?gedruckt (?:unter|von|aus)
    (?:this )?(?:article|page|story) (?:was |has been )?printed (?:from|at|out)
    (?:article|page) imprimee? (?:depuis|a partir)
    read the full (?:story|article)
    share (?:this|on (?:facebook|twitter|x|whatsapp))
    sie sind (?:aktuell )?nicht eingeloggt
    sign up (?:for|to) (?:our|the|your|get|receive)
    siguenos
    skip (?:to (?:main |the )?content|advertisement)
    (?:der )?(?:artikel|text|beitrag) (?:geht|wird) (?:nach|unter(?:halb)?) (?:der|dieser) (?:anzeige|werbung)
    (?:nach|unter) der (?:anzeige|werbung) geht es weiter
    la suite (?:de l.article )?(?:apres|sous) (?:cette|la) (?:publicite|pub)\b
    (?:el articulo |la noticia |la nota )?(?:continua|sigue) (?:despues|debajo|tras) (?:de )?(?:la |esta )?publicidad
    (?:o artigo |a materia )?continua (?:apos|depois d)[ao]? ?(?:a )?publicidade
    (?:l.articolo )?(?:continua|prosegue) dopo la pubblicita
    (?:het )?(?:artikel|tekst|verhaal) (?:gaat|loopt) (?:verder|door) (?:na|onder) de(?:ze)? (?:advertentie|reclame)
    (?:dalszy ciag|ciag dalszy) (?:artykulu |materialu |tekstu )?(?:pod|po) reklam
    (?:artikeln|artikkelen|artiklen) forts(?:att|ett|aett)er (?:efter|etter|under) (?:annonsen?|annoncen)
    (?:продолжение|статья продолжается) (?:после|под) реклам
    subscribe (?:to (?:our|the|us)|now|today)
    support(?:ing)? .{2,40} journalism
    suscribete
    the post .{3,120} (?:appeared|was) first
    theo doi .{2,30} tren
    this (?:video|audio|content|player) (?:cannot|is (?:not|no longer) (?:available|supported)|can not)
    we want to hear (?:from|what) you
    wie hat ihnen dieser
    your browser does not
    """
)

# Boilerplate where the line has a link.
_LINKED = _any(
    r"""
    (?:first-time|new) subscribers
    advertis
    aktualisiert am
    anzeige
    bitte registrieren
    buch bestellen
    contact (?:us|the author)
    czytaj wiecej
    dang ky nhan
    die aktuelle ausgabe
    email (?:us|the author)
    exklusive .{3,30}fur sie
    follow the .{2,40} on
    jetzt .{0,20}(?:bestellen|anmelden|testen)
    lesen sie das[ ]
    loading
    material chroniony
    melden sie sich
    moi ban doc
    newsletter
    nhan thong bao
    please (?:bookmark|register)
    recibe[ ]
    to (?:view|read|continue reading) the (?:full|rest)
    unabhangiger journalismus
    unterstutze?[ ]
    werbung
    wir respektieren deine
    """
)

# Consent to embeds, cookies and mail: as long as a paragraph.
_CONSENT = _any(
    r"""
    (?:damit konnen )?personenbezogene daten (?:konnen )?an drittplattformen
    (?:du kannst ihn|sie konnen ihn) (?:dir|sich) mit einem klick
    (?:esta|este) (?:noticia|articulo) .{0,30}suscriptores
    an dieser stelle find(?:en sie|est du)
    by (?:signing up|submitting|clicking|subscribing),? (?:here )?(?:you|i)[ ]
    ce contenu (?:est|peut) .{0,40}(?:bloque|cookies)
    damit konnen personenbezogene daten
    datenschutzeinstellungen
    ein klick fur den datenschutz
    first-time subscribers
    ich bin damit einverstanden, dass mir
    link zum .{3,20}-inhalt
    mit meiner anmeldung
    our community members are treated
    para ver este contenido
    please (?:log ?in|sign in|enable javascript)
    pour afficher ce contenu
    tap here to see
    this content is (?:hosted|provided) by
    to (?:view|read) the full (?:story|article),? please
    to (?:view|see) this content
    try refreshing your browser
    we apologize, but this video
    wir brauchen ihre (?:zustimmung|einwilligung)
    you can (?:unsubscribe|opt out|check out) at any ?time
    zur darstellung .{0,60}(?:inhalt|cookies)
    この記事は(?:会員|有料会員)限定
    残り\d+文字
    """
)


def is_boilerplate(text: str, *, linked: bool) -> bool:
    """Say whether a block of text is boilerplate and no part of a story: a call to subscribe, follow or share, a label,
    a consent notice. Some phrases count only where the block has a link (`linked`).
    """
    if len(text) >= _LONGEST_CONSENT:
        return False
    head = fold(text[:_HEAD])
    if _CONSENT.match(head):
        return True
    if len(text) >= _LONGEST_LINE:
        return False
    if len(text) <= _LONGEST_SHOP and (_SHOP.match(head) or (linked and _PRICE.match(head))):
        return True
    if ("min" in head or "phut" in head) and _READING_TIME.match(head):
        return True
    return bool(
        _WHOLE_LINE.match(head) or _GOES_ON.match(head) or _ALWAYS.match(head) or (linked and _LINKED.match(head))
    )


def is_shop_label(text: str) -> bool:
    """Say whether a line is what the box of a shop says to whoever may buy: `Buy now`, `Price at`."""
    return len(text) <= _LONGEST_SHOP and _SHOP.match(fold(text)) is not None


def is_offer(text: str) -> bool:
    """Say whether a line that is one link leads to a shop by what it begins or ends with: `View deal: …`."""
    return len(text) <= _LONGEST_LINE and _OFFER.match(fold(text).lstrip(_MARKS)) is not None


def is_price(text: str) -> bool:
    """Say whether a line is a price and nothing else: beside a shop's label it is no part of the story."""
    return len(text) <= _LONGEST_SHOP and _PRICE.match(fold(text)) is not None
