"""Which titles are no headline: a site's name, a host's, and words that any page may be called by. Pure."""

from collections.abc import Iterable

from reader.text import fold
from reader.text.compare import letters_and_digits, same_text

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


def is_no_headline(title: str, names: Iterable[str | None]) -> bool:
    """Say whether a title is no headline of a story: empty, a word that any page may be called by (`Post`, `Home`), or
    one of the `names`, which are the site's and its host's; of a host's (`www.marsh.example`) also its own part."""
    return (
        not letters_and_digits(title)
        or "-".join(fold(title).split()) in _FOR_ANY_PAGE
        or any(same_text(title, name) or same_text(title, _own_part(name)) for name in names if name)
    )


def _own_part(name: str) -> str:
    """Return the longest label of a host's name but for its last; "" for a name that is no host's."""
    return max(name.split(".")[:-1], key=len, default="") if " " not in name else ""
