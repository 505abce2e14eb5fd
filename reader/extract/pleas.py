"""The sentences by which pages plead, sell, and ask for consent: printed in the text, and none of it.

Compared after `text.fold`. Each is a turn of phrase that many papers use: none names one. What an ordinary sentence
could begin with is a plea only as a whole line, or where it has a link.
"""

import re

from reader.text import fold

_HEAD = 160
_LONGEST_CONSENT = 700
_LONGEST_PLEA = 160

# A line that is nothing else.
_ALONE = re.compile(
    r"(?:advertisements?|advert|anzeige|werbung|publicite|publicidad|anuncio|reklam|annonse?|annonsorinnhold|sponsored|"
    r"loading|newsletters?|image (?:caption|source)|caption|video|listen|watch now|embed|external content|"
    r"photos?|bildergalerie|media playback is .{4,40}|close|enlarge|print|share|drucken|teilen|merken|schliessen|pdf|"
    r"permalink|permalien|lesezeichen|comments?|kommentare?|\d+ (?:comments?|kommentare?)|comments? are closed|"
    r"kommentare geschlossen|back to top|voltar|zuruck|weiter|mehr|continue reading|weiterlesen|auch lesen|"
    r"zum weiterlesen|schon gelesen|artikel bewerten|copyright ©.{0,60}|© ?(?:19|20)\d\d.{0,80}|"
    r"all rights reserved.{0,60}|"
    r"weitere (?:beitrage|informationen|videos|artikel|themen|meldungen|nachrichten)(?: (?:aus|zu|uber) .{2,30})?|"
    r"empfehlungen? (?:aus|der) .{3,30}|quellenangaben?|zusatzinformationen|schlagworter.{0,30}|most viewed|"
    r"(?:quellen?|sources?|zrodlo|fuente|kontakt|contacts?):|kontakt|about the authors?|"
    r"uber (?:den|die) autor(?:en|in)?|a propos de l.auteur|sobre (?:el|o|la) autora?|sull.autore|om forfatteren|"
    r"(?:image|bild|photo|foto|slide) \d+ ?(?:of|von|de|sur|/) ?\d+|\d+ (?:of|von|de|sur) \d+|"
    r"(?:tags?|schlagworte|themen|keywords?|mots-cles|etiquetas|temas|tu khoa) ?:.{0,80}|"
    r"e-?mail: \S+@\S+|\S+@\S+\.\w+|stand: \d[\d., :]{5,30}(?:uhr)?|"
    r"(?:社会|政治|経済|国際)?の?(?:新着|関連(?:記事|キーワード)))"
    r"\W*\Z"
)
# How nothing but a plea begins.
_SURE = re.compile(
    r"sign up (?:for|to) (?:our|the|your|get|receive)|subscribe (?:to (?:our|the|us)|now|today)|"
    r"follow (?:us (?:on|at)|@|.{2,30} on (?:twitter|facebook|x|instagram|telegram|whatsapp)\b)|like us on|join (?:us|"
    r"our .{3,30}) on|"
    r"click here to|download (?:our|the) .{0,20}app\b|share (?:this|on (?:facebook|twitter|x|whatsapp))|"
    r"get (?:our|the) (?:free )?.{0,20}newsletter|(?:this )?(?:article|story|post) (?:was )?(?:originally|first) "
    r"(?:appeared|published)|the post .{3,120} (?:appeared|was) first|(?:this )?(?:article|story|"
    r"post) contains affiliate|"
    r"email this|print this|please enable javascript|your browser does not|jetzt abonnieren|abonnez-vous|"
    r"inscrivez-vous|suscribete|siguenos|support(?:ing)? .{2,40} journalism|skip (?:to (?:main |the )?content|"
    r"advertisement)|"
    r"story continues (?:below|after)|read the full (?:story|article)|if you buy something using|"
    r"empfohlener (?:externer|redaktioneller) inhalt|externer inhalt|theo doi .{2,30} tren|chia se bai viet|"
    r"(?:do you )?have (?:a|any) (?:tip|story|question|news)s?\b[^,.]*\?|this video (?:cannot|is (?:not|"
    r"no longer) available|"
    r"can not)|"
    r"never miss (?:the latest|a story|an update|out)|for (?:the latest|more) (?:news|stories)|"
    r"sie sind (?:aktuell )?nicht "
    r"eingeloggt|jede (?:kleine )?spende|gefallt (?:dir|ihnen) (?:unser|der artikel|dieser)|wie hat ihnen dieser|"
    r"get (?:the )?(?:daily|latest|breaking|morning) .{0,20}(?:news|headlines|updates)|"
    r"we want to hear (?:from|what) you|folgst du schon|have something to say|if you.re seeing this message"
)
# What is one where it leads somewhere.
_LINKED = re.compile(
    r"recibe |newsletter|dang ky nhan|nhan thong bao|moi ban doc|unterstutze? |melden sie sich|bitte registrieren|"
    r"jetzt .{0,20}(?:bestellen|anmelden|testen)|follow the .{2,40} on|contact (?:us|the author)|email (?:us|"
    r"the author)|"
    r"lesen sie das |die aktuelle ausgabe|wir respektieren deine|aktualisiert am|czytaj wiecej|material chroniony|"
    r"exklusive .{3,30}fur sie|unabhangiger journalismus|buch bestellen|loading|advertis|anzeige|werbung|"
    r"please (?:bookmark|register)|(?:first-time|new) subscribers|to (?:view|read|continue reading) the (?:full|rest)"
)
# Consent to embeds, cookies and mail: as long as a paragraph.
_CONSENT = re.compile(
    r"an dieser stelle find(?:en sie|est du)|ich bin damit einverstanden, dass mir|"
    r"(?:damit konnen )?personenbezogene daten (?:konnen )?an drittplattformen|damit konnen personenbezogene daten|"
    r"ein klick fur den datenschutz|datenschutzeinstellungen|we apologize, but this video|try refreshing your browser|"
    r"tap here to see|link zum .{3,20}-inhalt|(?:du kannst ihn|sie konnen ihn) (?:dir|sich) mit einem klick|"
    r"zur darstellung .{0,60}(?:inhalt|cookies)|this content is (?:hosted|provided) by|to (?:view|see) this content|"
    r"pour afficher ce contenu|ce contenu (?:est|peut) .{0,40}(?:bloque|cookies)|para ver este contenido|"
    r"wir brauchen ihre (?:zustimmung|einwilligung)|mit meiner anmeldung|our community members are treated|"
    r"by (?:signing up|submitting|clicking|subscribing),? (?:here )?(?:you|i) |"
    r"you can (?:unsubscribe|opt out|check out) at any ?time|first-time subscribers|"
    r"to (?:view|read) the full (?:story|article),? please|please (?:log ?in|sign in|enable javascript)|"
    r"(?:esta|este) (?:noticia|articulo) .{0,30}suscriptores|この記事は(?:会員|有料会員)限定|残り\d+文字"
)


def is_plea(text: str, *, linked: bool) -> bool:
    """Say whether a block of text is a plea (to subscribe, follow, share) or asks for consent, and no part of a story.

    Some are one only where they have a link (`linked`).
    """
    if len(text) >= _LONGEST_CONSENT:
        return False
    head = fold(text[:_HEAD])
    if _CONSENT.match(head):
        return True
    if len(text) >= _LONGEST_PLEA:
        return False
    return bool(_ALONE.match(head) or _SURE.match(head) or (linked and _LINKED.match(head)))
