"""The labels by which papers announce other stories ("Read also", "Most read"), in the languages of the catalogue.

Compared after `text.fold`: no case, no accents, `đ` as `d`.
"""

import re
from functools import lru_cache

from reader.text import clean_line, fold

_RELATED = """
bai lien quan|tin lien quan|tin bai lien quan|bai viet lien quan|lien quan|tham khao them|xem them|doc them
|doc tiep|doc ngay
|co the ban quan tam|tin cung chuyen muc|tin noi bat|tin moi|tin khac|cac tin khac|bai truoc do|bai sau do
|xem nhieu|tin doc nhieu
|related|related (?:articles?|stories|story|news|content|coverage|links?|posts?|topics?|reading)
|more (?:on this|on this story|on this topic|stories|news|coverage|like this)
|see also|see more|read (?:also|more|next|this next|further)|also read|also on .{2,30}
|you may (?:also )?(?:like|be interested in).{0,20}|you might (?:also )?(?:like|be interested in).{0,20}
|recommended(?: (?:for you|reading|stories|articles?))?|don.t miss|must reads?|further reading|keep reading
|explore more|trending(?: now)?|most (?:read|popular)|popular(?: now| stories)?|what to read next|up next
|editors?.? picks|top stories|latest (?:news|stories)|more from .{2,40}|more (?:on|about|in) .{2,30}
|mehr zum thema|zum thema|lesen sie (?:auch|mehr|hier).{0,30}|lesetipps?.{0,20}|auch interessant
|weitere (?:artikel|themen|nachrichten|meldungen|links).{0,30}|mehr dazu|siehe auch
|das konnte sie auch interessieren|empfohlen.{0,30}|passend zum thema|mehr aus .{2,30}|mehr (?:zu|uber) .{2,30}
|meistgelesen.{0,20}|verwandte (?:themen|artikel)|mehr nachrichten.{0,40}
|a lire aussi|lire aussi|a lire|lire egalement|voir aussi|sur le meme (?:sujet|theme)|nos articles
|articles? (?:lies?|associes|similaires|recommandes)|a decouvrir|pour aller plus loin|les plus lus
|notre selection|en savoir plus|plus d.(?:infos|articles).{0,20}
|lea tambien|lee tambien|leer tambien|lea mas|leer mas|te puede interesar|tambien te puede interesar
|le puede interesar|noticias? relacionadas?|articulos? relacionados?|mas informacion|mas sobre .{2,30}
|ver tambien|relacionad[oa]s?|lo mas (?:leido|visto)|te recomendamos|puedes leer.{0,20}|sigue leyendo
|leia (?:tambem|mais)|veja (?:tambem|mais)|saiba mais|leia ainda|noticias relacionadas|relacionadas
|mais (?:lidas|sobre .{2,30})
|leggi anche|potrebbe interessarti.{0,20}|potrebbero interessarti.{0,20}|articoli correlati|approfondisci
|correlati|leggi pure|i piu letti
|lees ook|lees meer|meer over.{0,30}|gerelateerd.{0,20}|meer lezen|bekijk ook
|czytaj (?:tez|takze|wiecej).{0,20}|zobacz (?:tez|takze|rowniez).{0,20}
|przeczytaj (?:tez|takze|rowniez|wiecej).{0,20}|polecamy|powiazane.{0,20}
|las (?:ocksa|mer|aven).{0,20}|les (?:ogsa|mer).{0,20}|laes (?:ogsa|mere)|relaterat|relaterte.{0,20}
|relaterede.{0,20}|lue myos.{0,20}|lue lisaa|aiheesta lisaa
|ilgili (?:haberler?|haber|icerikler)|bunlar da ilginizi cekebilir|haberin devami|sonraki haber
|читаите также|читать также|читать далее|по теме|смотрите также|материалы по теме|ранее по теме
|похожие (?:новости|материалы)|читаите тоже|читаите еще|чытаите таксама|читаите також|також читаите
|para saber mas|otras noticias.{0,20}|ultimas noticias|le puede interesar|mas noticias.{0,20}
|ahnliche (?:artikel|nachrichten|beitrage|themen|meldungen)|mehr ahnliche .{2,20}|zum selben thema|unsere auswahl
|meistgesehen|meistkommentiert|das konnte (?:sie|dich|dir|ihnen) .{4,30}|aktuelle (?:nachrichten|meldungen)
|related (?:reads?|videos?)|from around the (?:site|web)|trending (?:on|in) .{2,24}
|latest (?:videos?|from .{2,24}|in .{2,24})|more for you|recommended by .{2,20}|new stories .{2,24}|watch next
|most (?:viewed|shared|commented)|what.s trending
|most read in .{2,24}|you (?:may|might) (?:also )?(?:have missed|want to read)|similar (?:articles|stories|posts|news)
|dans la meme (?:rubrique|thematique)|a lire (?:egalement|ensuite)|les plus (?:vus|commentes|partages)
|lo mas leido (?:en|de) .{2,24}|noticias (?:destacadas|relacionadas)|ultimas (?:noticias|notas)
|altri articoli|ultime notizie|notizie correlate|mest last.{0,12}|mest leste?.{0,12}|siste nytt|andre leser.{0,12}
|en cok okunan.{0,16}|diger haberler|son dakika|benzer haberler|популярное|самое читаемое|еще по теме
|相关(?:新闻|报道|阅读|文章|推荐)|延伸阅读|推荐阅读|热门推荐|更多(?:新闻|报道)?|相關(?:新聞|報導|文章|閱讀)|延伸閱讀|推薦閱讀|看更多|関連(?:記事|リンク|ニュース|トピックス)
|あわせて読みたい.{0,6}|こちらも読まれています|続きを読む|おすすめ(?:記事)?|관련(?:기사| 기사|뉴스)|더 ?보기
|baca juga.{0,40}|berita terkait|artikel terkait|simak juga.{0,20}|lihat juga|اقرا (?:ايضا|المزيد)|اخبار ذات صلة
|مواضيع ذات صلة|مقالات ذات صلة|قد يعجبك ايضا|مطالب مرتبط|بیشتر بخوانید
"""
_MORE = """
doc them|xem them|doc tiep|doc nhieu|xem nhieu|tin moi|tin khac|cac tin khac|cung chuyen muc|tin cung chuyen muc
|bai truoc do|bai sau do|tin noi bat|co the ban quan tam
|read (?:more|next|this next)|more (?:stories|news|from .{2,40})|more|keep reading|most (?:read|popular)
|popular(?: now)?|trending(?: now)?|top stories|latest (?:news|stories)|what to read next|up next
|editors?.? picks|recommended.{0,24}|you (?:may|might) .{4,30}
|weitere (?:artikel|themen|nachrichten|meldungen)|meistgelesen|mehr aus .{2,30}|empfohlen.{0,30}|les plus lus
|a decouvrir|lo mas (?:leido|visto)|mais lidas|i piu letti|lo mas leido (?:en|de) .{2,24}|ultimas (?:noticias|notas)
|mas noticias.{0,20}|meistgesehen|meistkommentiert|unsere auswahl|aktuelle (?:nachrichten|meldungen)
|from around the (?:site|web)|trending (?:on|in) .{2,24}|latest (?:videos?|from .{2,24}|in .{2,24})|more for you
|new stories .{2,24}|most (?:viewed|shared|commented)|most read in .{2,24}|what.s trending|watch next
|altri articoli|ultime notizie|mest last.{0,12}|mest leste?.{0,12}|siste nytt|en cok okunan.{0,16}|diger haberler
|son dakika|популярное|самое читаемое
"""
_LABEL = {
    "related": re.compile(r"(?:" + _RELATED.replace("\n", "") + r")\Z"),
    "more": re.compile(r"(?:" + _MORE.replace("\n", "") + r")\Z"),
}


def _starts(alternatives: str) -> frozenset[str]:
    """Return the first letters of every label, up to four: as many as are plain letters in its pattern."""
    depth, starts, begun = 0, set(), ""
    for character in alternatives.replace("\n", "") + "|":
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            plain, mark = re.match(r"([\w ]*)(.?)", begun).groups()  # type: ignore[union-attr] # it matches nothing too
            starts.add((plain[:-1] if mark == "?" else plain)[:4])
            begun = ""
        else:
            begun += character
    return frozenset(starts)


_STARTS = _starts(_RELATED) | _starts(_MORE)
_LED = re.compile(
    r"(?:(?:xem|doc|tham khao) (?:them|ngay|tiep)|bai lien quan|tin lien quan|read (?:more|also|next)|"
    r"also read|see also|related(?: (?:article|story|stories|news|link)s?)?|watch|listen|more"
    r"|lesen sie (?:auch|mehr|hier)[^:]{0,24}|siehe auch|mehr (?:zum thema|dazu)|lire aussi|a lire(?: aussi)?|"
    r"voir aussi|lire egalement|lea tambien|lee tambien|leer mas|te puede interesar|mas informacion|ver tambien"
    r"|leia (?:tambem|mais)|veja (?:tambem|mais)|saiba mais|leggi anche|lees ook|lees meer|czytaj (?:tez|takze|"
    r"wiecej)|zobacz (?:tez|takze|rowniez)|przeczytaj (?:tez|takze|rowniez)"
    r"|las (?:ocksa|mer)|les (?:ogsa|mer)|lue myos|ilgili haber|читаите также|читать также|по теме|"
    r"смотрите также|читаите також|baca juga|simak juga"
    r"|延伸阅读|延伸閱讀|相关阅读|関連記事|관련기사|اقرا ايضا)\s*[:：|»>–—-]+\s*"
)
_EDGE = " \t:：•·»>›→-–—|…!▶►+*()[]【】《》"


@lru_cache(maxsize=4096)
def may_be_label(start: str) -> bool:
    """Say whether a text that begins with these four characters may be a label: a cheap test to make first."""
    if not start or start[0] in _EDGE or not start.isascii():
        bare = fold(start).strip(_EDGE)
        # Punctuation before a label leaves too little of it to tell.
        return bool(start) and (bare != fold(start) or any(bare[:length] in _STARTS for length in (4, 3, 2, 1)))
    bare = start.casefold()
    return any(bare[:length] in _STARTS for length in (4, 3, 2, 1))


@lru_cache(maxsize=4096)
def label_kind(text: str) -> str | None:
    """Return `more` or `related` where `text` is the label of a block of other stories and nothing else, or None."""
    if len(text) > 60:
        return None
    if not may_be_label(text.strip()[:4]):
        return None
    bare = fold(clean_line(text)).strip(_EDGE)
    if _LABEL["more"].match(bare):
        return "more"
    return "related" if _LABEL["related"].match(bare) else None


def leads_elsewhere(text: str) -> bool:
    """Say whether a line begins as a read-also line does: `Lesen Sie auch: …`, `Xem thêm: …`."""
    return _LED.match(fold(text[:80])) is not None


def without_lead(text: str) -> str:
    """Return a read-also line without its beginning."""
    found = _LED.match(fold(text[:80]))
    if not found:
        return text
    head = re.match(r"[^:：|»>–—-]{2,60}[:：|»>–—-]+\s*", text)
    return text[head.end() :] if head and head.end() < len(text) else text
