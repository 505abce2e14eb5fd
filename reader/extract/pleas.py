"""The sentences by which pages plead, sell, and ask for consent: printed in the text, and none of it.

Compared after `text.fold`, at the beginning of a block. Each is a turn of phrase that many papers use: none names one.
"""

import re

from reader.text import fold

_HEAD = 120
_LONGEST_CONSENT = 700
_LONGEST_PLEA = 160
_SURE = 100

_PLEA = re.compile(
    r"(?:sign up (?:for|to)|subscribe (?:to|now)|follow (?:us|@|.{2,30} on (?:twitter|facebook|x|instagram|"
    r"telegram))|like us on|join (?:us|our) on|click here to|download (?:our|the) .{0,20}app|share (?:this|on)|"
    r"get (?:our|the) (?:free )?.{0,20}newsletter|(?:this )?(?:article|story) (?:was )?(?:originally|"
    r"first) (?:appeared|published)|advertisement|anzeige|werbung|publicite|publicidad|"
    r"theo doi .{2,30} tren|moi ban doc|dang ky nhan|nhan thong bao|chia se bai viet|copyright ©|© ?\d{4}|"
    r"all rights reserved|have (?:a )?(?:tip|story)|do you have (?:a|any) |"
    r"email this|print this|comments? (?:are closed|\()|\d+ comments?\Z|loading|please enable javascript|"
    r"your browser does not|image caption\Z|image source\Z|photos?\Z|video\Z|listen\Z|"
    r"melden sie sich|jetzt abonnieren|newsletter|abonnez-vous|inscrivez-vous|suscribete|recibe |siguenos|"
    r"supporting? .{2,40} journalism|this video (?:is|can)|continue reading|skip (?:to|advertisement)|"
    r"story continues|read the full (?:story|article)|most viewed|caption\b.{0,20}\Z|media playback is|"
    r"bildergalerie|empfohlener (?:externer|redaktioneller) inhalt|externer inhalt|"
    r"(?:reklam|annonse?|advert|annonsorinnhold|anuncio|close|watch now|embed|schliessen|drucken|teilen|comments?|"
    r"kommentare?|merken|permalink|permalien|pdf|lesezeichen|voltar|zuruck|weiter|mehr|caption|enlarge|print|share)\Z|"
    r"(?:image|bild|photo|foto|slide)? ?\d+ (?:of|von|de|sur|/) \d+\Z|\d+ ?/ ?\d+\Z|artikel bewerten|"
    r"(?:this )?(?:article|story|post) contains affiliate|if you buy something using|"
    r"contact (?:us|the author)|email (?:us|the author)|e-?mail: \S+@|\S+@\S+\.\w+\Z|"
    r"kommentare geschlossen|dieses thema im programm|stand: \d|(?:quellen?|sources?|zrodlo|fuente|kontakt):\Z|"
    r"(?:schon gelesen|weitere beitrage.{0,30}|weitere informationen|quellenangaben?|quellen ausblenden|"
    r"zusatzinformationen|highlights aus dem heft|empfehlungen? (?:aus|der|von).{0,30}|(?:zum )?weiterlesen|auch lesen|"
    r"kontakt|contacts?|buch bestellen|about the authors?|uber (?:den|die) autor(?:en|in)?|a propos de l.auteur|"
    r"sobre el autor|sobre o autor|sull.autore|om forfatteren|o autor|editor.s note)\s*[:?!]?\s*\Z|"
    r"sie sind (?:aktuell )?nicht eingeloggt|wir respektieren deine|jede (?:kleine )?spende|gefallt (?:dir|ihnen) |"
    r"weitere (?:videos|artikel|themen|meldungen|nachrichten).{0,30}\Z|schlagworter|folg(?:st|e) (?:du|uns)|"
    r"get (?:the )?(?:daily|latest|breaking|morning)|unabhangiger journalismus|exklusive .{3,30}fur sie|"
    r".{0,8}(?:新着|関連)|"
    r"never miss |for the latest (?:news|stories)|if you.re seeing this message|lesen sie das .{3,30} magazin|"
    r"die aktuelle ausgabe|unterstutze? |we want to hear|bitte registrieren sie|"
    r"jetzt .{0,20}(?:bestellen|anmelden|testen)|"
    r"aktualisiert am|follow the .{2,40} on|for more (?:news|stories)|materia[lł] chroniony|czytaj wiecej)"
)
_CONSENT = re.compile(
    r"an dieser stelle find|ich bin damit einverstanden|personenbezogene daten (?:konnen|werden)|damit konnen personen|"
    r"ein klick fur den datenschutz|datenschutzeinstellungen|we apologize, but this video|try refreshing your browser|"
    r"tap here to see|link zum .{3,20}-inhalt|du kannst ihn dir mit einem klick|sie konnen ihn sich mit einem klick|"
    r"zur darstellung .{0,60}(?:inhalt|cookies)|this content is (?:hosted|provided) by|to (?:view|see) this content|"
    r"pour afficher ce contenu|ce contenu (?:est|peut) .{0,40}(?:bloque|cookies)|para ver este contenido|"
    r"wir brauchen ihre (?:zustimmung|einwilligung)|mit meiner anmeldung|our community members are treated|"
    r"by (?:signing up|submitting|clicking|subscribing)|you can (?:unsubscribe|opt out)|"
    r"(?:first-time|new) subscribers|to (?:view|read|continue reading) the (?:full|rest)|"
    r"please (?:bookmark|log ?in|sign in|register|enable|disable)|"
    r"(?:esta|este) (?:noticia|articulo) .{0,30}suscriptores|この記事は会員限定|有料会員|残り\d+文字"
)


def is_plea(text: str, *, linked: bool) -> bool:
    """Say whether a block of text is a plea (to subscribe, follow, share) or asks for consent, and no part of a story.

    A plea that is nearly a paragraph long is one only where it has a link (`linked`).
    """
    if len(text) >= _LONGEST_CONSENT:
        return False
    head = fold(text[:_HEAD])
    if _CONSENT.match(head):
        return True
    return len(text) < _LONGEST_PLEA and _PLEA.match(head) is not None and (len(text) < _SURE or linked)
