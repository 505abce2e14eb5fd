"""Whether two texts say the same, and whether a title is no more than a site's name or a word for any page. Pure; folds
case, accents, quotes and spaces, and knows nothing of articles."""

import re
from collections.abc import Iterable
from functools import lru_cache

from reader.text import fold
from reader.text.urls import forgettable, site

_LONGEST = 5000
"""Characters: what is longer is no headline, name or caption; folding it takes long, and the cache would keep it."""
_HEAD = 20
_CUT = ("…", "...")
_TARGET = re.compile(r"\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: \"[^\"\n]*\")?\)")
_NO_WORD = re.compile(r"[\W_]+")
_FOR_ANY_PAGE = frozenset(
    fold(word)
    for word in """
    post posts blog blogs blog-post article articles story stories news note notes entry status page index home homepage
    welcome untitled document title article-page default main content permalink
    beitrag artikel seite startseite start willkommen nachrichten ohne-titel unbenannt
    accueil actualités actualité billet bienvenue sans-titre
    inicio artículo artículos entrada noticias noticia sin-título bienvenidos
    início artigo artigos postagem notícias notícia sem-título
    articolo articoli notizie pagina senza-titolo benvenuti
    startpagina bericht nieuws naamloos startsida artikkel nyheter nyheder forside hjem strona-główna aktualności wpis
    etusivu uutiset anasayfa haber haberler yazı beranda berita
    trang-chủ tin-tức bài-viết tin-mới главная новости новость статья запись головна новини стаття
    首页 首頁 新闻 新聞 文章 无标题 無標題 ホーム トップページ ニュース 記事 無題 홈 뉴스 기사 الرئيسية أخبار مقال
    """.split()
)
"""Folded; a hyphen stands for any space between two words."""


def same_text(one: str | None, other: str | None) -> bool:
    """Say whether two texts are the same but for case, accents, quotes and spaces. None and "" equal nothing, and texts
    of more than 5,000 characters are never compared."""
    if not one or not other or max(len(one), len(other)) > _LONGEST:
        return False
    if len(one) > _HEAD and len(other) > _HEAD:
        # Most differ at once, and folding a paragraph costs. What a cut may change, at its end, is left out.
        first, second = _cached_letters(one[:_HEAD])[:-2], _cached_letters(other[:_HEAD])[:-2]
        if not (first.startswith(second) or second.startswith(first)):
            return False
    return _cached_letters(one) == _cached_letters(other)


def is_beginning(title: str, text: str) -> bool:
    """Say whether a title is nothing but a text, or its beginning cut short with an ellipsis: that of a post which has
    no title of its own. `text` may be Markdown; a title that the text only happens to begin with is none."""
    cut = title.rstrip().endswith(_CUT)
    letters = letters_and_digits(title)
    if not letters or (len(text) > _LONGEST and not cut):
        return False
    said = letters_and_digits(_TARGET.sub("]", text[: len(title) + _LONGEST]))
    return said == letters or (cut and len(letters) >= _HEAD and said.startswith(letters))


def is_no_headline(title: str, names: Iterable[str | None]) -> bool:
    """Say whether a title is no headline of a story: empty, a word that any page may be called by (`Post`, `Home`), or
    one of the `names`, which are the site's and its host's; of a host's (`www.marsh.example`) also its own part."""
    return (
        not letters_and_digits(title)
        or "-".join(fold(title).split()) in _FOR_ANY_PAGE
        or any(same_text(title, name) or _is_own_part(title, name) for name in names if name)
    )


def _is_own_part(title: str, name: str) -> bool:
    """Say whether a title is the label of a host's name that stands before its public suffix (`bt` of `bt.com.au`):
    `www` and what a section is called before it are none."""
    labels = name.split(".") if " " not in name else []
    if len(labels) < 2 or not any(same_text(title, label) for label in labels[:-1]):
        # The list of suffixes takes long to load, and most titles are no label at all.
        return False
    own = len(site(f"https://{name}").split("."))
    return same_text(title, labels[-min(own, len(labels))])


def letters_and_digits(text: str) -> str:
    """Return the folded letters and digits of a text, and nothing between them."""
    return _NO_WORD.sub("", fold(text))


_cached_letters = forgettable(lru_cache(maxsize=2048)(letters_and_digits))
