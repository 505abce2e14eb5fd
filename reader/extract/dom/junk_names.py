"""Which elements are no part of an article by their tag, role, class or id. Judges one element; removes nothing."""

import re
from collections.abc import Callable
from functools import lru_cache

from lxml import etree

from reader.extract.dom.name_patterns import LONGEST_NAME
from reader.extract.dom.node import HEADINGS, text_of
from reader.text import fold

NEVER_TEXT = frozenset(
    "script style noscript template head meta link base input select option textarea datalist iframe object embed "
    "applet audio video canvas svg math map area zone rt rp progress meter frame frameset param source track".split()
)
"""Tags whose content is no text of an article, wherever it stands. A `noscript` may hold a lazy picture, and `figures`
reads it; what an `object` says where its file cannot be shown, `structures` has taken out of it."""
SKIPPED = NEVER_TEXT | frozenset("button label nav footer dialog menu".split())
"""What a page's walk leaves out by its tag: in a page these are controls and frames, but a feed has neither, and who
wrote it wrote their words too."""

_SURE = re.compile(
    r"""(?:^|[\s_-])(?:
    sharebar|sharethis|addthis|addtoany|socialbar|sociallinks|
    newsletter|newsletters|subscribe|subscription|subscriptions|signup|sign-up|regwall|
    promo|promos|advert|adverts|advertisement|advertisements|advertising|ads|ad|adsense|adslot|
    adunit|adbox|adzone|sponsor|sponsored|sponsors|werbung|anzeige|publicidad|pub|
    relatednews|relatedlinks|recirc|recirculation|readmore|
    read-more|read-also|readalso|see-also|seealso|moreon|more-on|more-from|morefrom|more-stories|morestories|
    also-read|
    commentlist|commentarea|comment-list|disqus|livefyre|kommentare|commentaires|
    sidebar|side-bar|breadcrumb|breadcrumbs|crumb|crumbs|pagination|pager|paging|nav|navbar|navigation|
    toolbar|masthead|banner|
    cookie|cookies|consent|gdpr|popup|pop-up|lightbox|
    outbrain|taboola|zergnet|mgid|ob-widget|teads|dfp|
    copyright|disclaimer|breaking-news|ticker|mostread|most-read|mostpopular|most-popular|
    teaser|teasers|teaserlist|
    taglist|tag-list|tagcloud|post-tags|entry-tags|article-tags|
    printbutton|followus|footer|footnav|
    noprint|no-print|
    skiplink|skip-link|back-to-top|backtotop|author-bio|authorbio|author-box|authorbox|about-author|
    about-the-author|author-info|postmeta|post-meta|entry-meta|article-meta|byline|dateline-date|timestamp|
    upnext|up-next|next-article|prev-next|post-navigation|nextprev|
    jp-relatedposts|jp-post-flair|sharedaddy|wpcnt|yarpp|crp_related|mw-editsection|editsection|reflist|navbox|
    story-meta|cat-links|category-links|posted-on|posted-in|reading-time|read-time|
    catlinks|noexcerpt|mw-jump-link|
    mc-field|mailchimp|audioplayer|audio-player|video-player|videoplayer|slideshow-nav|gallery-nav|
    correction-form|app-promo|download-app
    )(?:$|[\s_-]|s(?:$|[\s_-])|\d)""",
    re.X | re.I,
)
"""Names that only parts of a page have."""
_EVERYDAY = re.compile(
    r"""(?:^|[\s_-])(?:
    share|sharing|shares|social|socials|promotion|promotions|promoted|
    related|recommended|recommendations|recommend|comment|comments|respond|replies|coral|
    rail|menu|toolbox|tools|modal|overlay|tooltip|dropdown|rcs|gpt|
    breaking|marquee|popular|trending|latest|tags|keywords|topics|
    login|register|donate|donation|donations|poll|quiz|survey|rating|ratings|feedback|vote|votes|
    print|printer|bookmark|bookmarks|follow|legal|skip|infinite|toc|player|apps
    )(?:$|[\s_-]|s(?:$|[\s_-])|\d)""",
    re.X | re.I,
)
"""Everyday words: a part of a page may be called so, and what a text is about."""
_OF_A_PAGE = re.compile(
    r"(?:^|[\s_-])(?:(?:article|articles|post|posts|entry|story|stories|news|page|blog|site|wp)[\s_-]|"
    r"(?:bar|btns?|buttons?|widget|form|icons?|counts?|counter|links?|posts?|articles?|stories|news|items?|media|"
    r"toast|wrap|wrapper|container)(?:$|[\s_-]))",
    re.I,
)
"""What makes an everyday word the name of a part of a page: `post-tags`, `related-articles`, `vote-count`."""
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader-text|screen-?reader|offscreen|u-hidden|is-hidden)"
    r"(?:$|[\s_-])|(?:^|\s)(?:hidden|hide|invisible|d-none)(?:\s|\Z)",
    re.I,
)
"""Names of what browsers do not draw, by the usual style sheets."""
_FOR_WIDER = re.compile(
    r"(?:^|\s)(?:(?:sm|md|lg|xl|xxl|2xl):|d-(?:sm|md|lg|xl|xxl)-)(?:block|inline|flex|grid|table)", re.I
)
"""What is hidden on small screens alone."""
_GLUED = re.compile(
    r"relatedarticle|relatedcontent|relatedpost|relatedstor|relatedlink|relatednews|recommended|socialshare|"
    r"sharetools|sharebutton|newsletter|breadcrumb|outbrain|taboola|sidebar|"
    r"commentsection|commentthread|advertisement|adcontainer|subscri(?:be|ption)|cookiebanner|mostpopular|"
    r"mostread|moststories|furtherreading|readalso|alsoread|inlinepromo|teaserblock",
    re.I,
)
_GOOD = re.compile(
    r"(?:article|story|post|entry|news|page|blog|text|main|detail)[\w-]*?(?:body|content|text|copy|main|inner)|"
    r"(?:body|content)[-_]?(?:article|story|text|main|copy)|articlebody|"
    r"storybody|post-?content|entry-?content|articletext|rich-?text|prose|main-content|fck|maincontent|hentry|"
    r"longform|wysiwyg",
    re.I,
)
_WHOLE = re.compile(r"(?:^|\s)(?:widget|widgets|widget-area)(?:\s|\Z)", re.I)
# `has-sidebar` and `no-sidebar` tell the page's layout, not what the element is.
_LAYOUT = re.compile(
    r"\b(?:no|has|with|without|single|left|right|content)-(?:sidebars?|ads?|menu|comments?|tags?|banner|"
    r"sharing|nav)\b",
    re.I,
)
# Page builders call every part of a page a widget.
_BUILDER = re.compile(r"\b(?:so-panel|elementor|et_pb|fusion-|siteorigin|panel-)")
_META = re.compile(
    r"(?:^|\s)(?:(?:story|post|entry|article|news)[-_]{0,2}meta|cat-links|category-links|posted-(?:on|in)|"
    r"read(?:ing)?-time)(?:\s|\Z)",
    re.I,
)
_HEAD = re.compile(r"teasers?|meta|banner|overlay|masthead|breaking", re.I)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-list|commentarea|disqus|replies|respond|kommentare|"
    r"commentaires|(?:user|post|reader|readers|story|all)comments|"
    r"comments?(?:wrapper|wrap|div|box|block|list|section|area|container|thread))(?:$|[\s_-])",
    re.I,
)
_TOPIC = re.compile(r"(?:entry-|post-)?(?:category|tag)-\w", re.I)
"""A class of a post that tells its topic, as WordPress and TypePad write them: `category-social-media`."""
_OF_A_POST = re.compile(r"(?:^|\s)(?:hentry|(?:type|status|format|entry|post)-\w[\w-]*)(?:\s|\Z)", re.I)
_ADVERT = re.compile(r"adsby|(?:^|\s)(?:dcmads|ad|ads|advert\w*)(?:\s|\Z)", re.I)
_BAD_ROLES = frozenset(
    (
        "navigation",
        "complementary",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
        "form",
        "alert",
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


_NAMING = frozenset(("class", "id", "data-component", "data-testid", "data-module"))
_PARTS = re.compile("[-_ ]+")
_WORD = re.compile(r"\w+")


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return element.items()  # type: ignore[return-value]  # the stubs allow for bytes, which only Python 2 had


def names_of(element: etree._Element) -> str:
    """Return the names of an element, separated by spaces: class, id, data-component and the like.

    An id of four parts or more is left out: it is made of a heading's words (`sharing-with-a-single-developer`).
    """
    named = []
    for key, value in _attributes(element):
        if key in _NAMING and value and not (key == "id" and len(_PARTS.findall(value)) > 2):
            named.append(value[:LONGEST_NAME])
    return " ".join(named)


def is_hidden(element: etree._Element, *, aria: bool = True) -> bool:
    """Say whether the page hides the element by style or attribute; without `aria`, from eyes."""
    for key, value in _attributes(element):
        if key == "style":
            if _HIDDEN_STYLE.search(value):
                return True
        elif key == "hidden" or (
            aria and key == "aria-hidden" and value == "true" and element.tag not in ("img", "picture", "figure")
        ):
            return True
    return False


def is_unseen(element: etree._Element) -> bool:
    """Say whether the class tells that browsers do not draw the element: words for readers by ear."""
    named = element.get("class")
    return (
        named is not None
        and _UNSEEN.search(named[:LONGEST_NAME]) is not None
        and _FOR_WIDER.search(named[:LONGEST_NAME]) is None
    )


def is_named_junk(element: etree._Element) -> bool:
    """Say whether class, id or role name the element as something else than text of the article.

    Of a heading only its class tells, and no everyday word in it; but one with the id of the comments below it, of
    which it says something else (`12 answers`), is theirs. What has its own heading's words for an id (`tools`,
    `the-survey`) is not named by it.
    """
    if element.tag in HEADINGS:
        name = element.get("id") or ""
        return any(map(_part_of_page, (element.get("class") or "")[:LONGEST_NAME].split())) or (
            _COMMENTS.search(name) is not None and not _is_slug(name, element)
        )
    if element.get("role") in _BAD_ROLES:
        return True
    return _names_as(element, _junk_word)


def is_surely_junk(element: etree._Element) -> bool:
    """Say whether `is_named_junk` holds by a role, or by more than an everyday word: `related`, `tools`, `survey`."""
    if element.get("role") in _BAD_ROLES:
        return True
    return _names_as(element, _part_of_page)


def _names_as(element: etree._Element, is_such: Callable[[str], bool]) -> bool:
    names = names_of(element)
    if not names:
        return False
    built = "widget" in names and _BUILDER.search(names) is not None
    post = _OF_A_POST.search(names) is not None
    found = [
        word
        for word in names.split()
        if is_such(word) and not (built and word == "widget") and not (post and _TOPIC.match(word))
    ]
    return bool(found) and not (found == [element.get("id")] and _is_slug(found[0], element))


def _is_slug(name: str, element: etree._Element) -> bool:
    """Say whether an id is made of the words of the first heading in an element, as Hugo, Jekyll and Sphinx make it."""
    heading = next(element.iter(*HEADINGS), None)
    if heading is None:
        return False
    said = _WORD.findall(fold(text_of(heading)))
    words = [word for word in _WORD.findall(fold(name).replace("_", " ")) if not word.isdecimal()]
    rest = iter(said)
    # An id of several words may leave out the small ones.
    return bool(words) and (words == said or (len(words) > 1 and all(word in rest for word in words)))


def is_named_head(element: etree._Element) -> bool:
    """Say whether class and id name an element as junk by no more than what a headline and its standfirst stand in: a
    teaser, a banner, the line of facts. A role still counts."""
    if element.get("role") in _BAD_ROLES:
        return False
    return not any(_junk_word(_HEAD.sub("x", word)) for word in names_of(element).split())


def is_advert(element: etree._Element) -> bool:
    """Say whether an `ins` is an advertisement's, and not text that was inserted."""
    return _ADVERT.search(element.get("class") or "") is not None or any(
        key.startswith(("data-ad-", "data-revive", "data-zoneid", "data-dcm-")) for key, _ in _attributes(element)
    )


def is_named_meta(element: etree._Element) -> bool:
    """Say whether the class names the element as the line of date, reading time or section above a text."""
    return bool(_META.search(element.get("class") or ""))


def is_named_comments(element: etree._Element) -> bool:
    """Say whether class or id name the element as readers' comments, which can have more text than the
    article."""
    names = names_of(element)
    return bool(names) and bool(_COMMENTS.search(names))


# Word by word, for the cache: a page's thousand class attributes are made of a few hundred words.
@lru_cache(maxsize=32768)
def _junk_word(word: str) -> bool:
    return _EVERYDAY.search(_LAYOUT.sub(" ", word)) is not None or _part_of_page(word) or _says_comments(word)


def _says_comments(word: str) -> bool:
    return _COMMENTS.search(word) is not None


@lru_cache(maxsize=32768)
def _part_of_page(word: str) -> bool:
    word = _LAYOUT.sub(" ", word)
    everyday = _EVERYDAY.search(word)
    if everyday and everyday.group().strip(" _-") == word:
        return False
    return bool(
        _SURE.search(word)
        or _GLUED.search(word)
        or _WHOLE.search(word)
        or _UNSEEN.search(word)
        or (everyday and _OF_A_PAGE.search(word))
    )


@lru_cache(maxsize=32768)
def _good_word(word: str) -> bool:
    return _GOOD.search(word) is not None


def is_named_article(element: etree._Element) -> bool:
    """Say whether class, id or itemprop name the element as the text of an article."""
    if "articleBody" in (element.get("itemprop") or ""):
        return True
    names = names_of(element)
    return bool(names) and any(_good_word(word) for word in names.split())
