"""Words that stand where a story would: a page that wants a subscription, a login, JavaScript or a human. Pure."""

import re

from reader.extract.reading_time import reading_time
from reader.models import Article
from reader.text import fold

_LONGEST = 500
"""Characters: no notice of that kind is longer, and a paragraph of a story that speaks of one may be."""

_ASKS = (
    r"(?:subscrib|subscription|sign(?:ing)? (?:in|up)|log(?:ging)? ?in|regist|creat\w+ (?:a free |an )?account|"
    r"(?:free|paid) (?:account|membership)|become a (?:paid )?(?:member|subscriber|patron))"
)
_READS = r"(?:continue|keep|finish|go on|read|unlock|access|view|see)"
_WALL = re.compile(
    "|".join(
        phrase.strip()
        for phrase in rf"""
        (?:enable|enabling|activate|turn on|requires?|needs?|without) (?:your browser.?s )?javascript
        javascript (?:is|must be|has to be|needs to be|(?:seems|appears) to be)
        javascript (?:aktivieren|einschalten|einzuschalten|ist (?:deaktiviert|ausgeschaltet|erforderlich))
        (?:activ(?:er|ez|ar|e|a)|habilit[a-z]+|attiv[a-z]+|abilita[a-z]*) (?:el |le |o )?javascript
        bat javascript
        javascript.{{0,4}}(?:を有効|が無効)
        (?:启用|開啟|啟用) ?javascript
        {_ASKS}.{{0,60}}\bto {_READS}\b
        \bto {_READS}\b.{{0,80}}{_ASKS}
        continue reading (?:with|for|by)
        already (?:a (?:subscriber|member)|subscribed|registered|have an account)
        (?:subscribers?|members?)[ -]only
        (?:only|exclusive(?:ly)?|reserved|available) (?:available )?(?:for|to) .{{0,30}}(?:subscribers|members)
        you(?:.ve| have) (?:read|reached|used|viewed) .{{0,40}}(?:free|limit|last|articles)
        verify(?:ing)? (?:that )?you are (?:a )?human
        are you (?:a robot|human)
        checking your browser
        unusual (?:traffic|activity)
        \bcaptcha\b
        (?:nur|exklusiv) fur .{{0,30}}(?:abonnent|mitglieder)
        mit .{{0,30}}(?:abo|plus)\b.{{0,30}}weiterlesen
        (?:jetzt|bitte) .{{0,30}}(?:abonnieren|anmelden|registrieren),? (?:um|und) .{{0,40}}(?:lesen|weiterzulesen)
        reserve[a-z]* (?:a|aux) .{{0,20}}abonn
        abonnez-vous pour
        il vous reste [0-9]
        (?:solo|exclusivo) para (?:los )?(?:suscriptores|assinantes)
        suscribete para
        assine para
        (?:riservato agli|solo per gli) abbonati
        abbonati per
        dang (?:nhap|ky) de (?:doc|xem|tiep)
        danh (?:rieng )?cho (?:thanh vien|hoi vien|ban doc dang ky)
        会員限定
        残り[0-9]+文字
        (?:订阅|登录)后
        """.strip().split("\n")
    )
)


def words_beyond_wall(article: Article) -> int:
    """Return how many words of an article are in paragraphs that do not ask for a subscription, a login, JavaScript or
    a human. It errs in a story about such things, by the short paragraphs that sound like them."""
    paragraphs = article.markdown.split("\n\n")
    said = [one for one in paragraphs if len(one) > _LONGEST or not _WALL.search(fold(one))]
    return article.words if len(said) == len(paragraphs) else reading_time(said)[0]
