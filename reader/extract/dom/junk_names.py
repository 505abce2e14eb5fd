"""Which elements are no part of an article by their tag, role, class or id. Judges one element; removes nothing."""

import re
from functools import lru_cache

from lxml import etree

from reader.extract.dom.name_patterns import LONGEST_NAME

SKIPPED = frozenset(
    "script style noscript template head meta link base button input select option textarea label datalist nav "
    "footer iframe object embed applet audio video canvas svg math map area dialog menu "
    "zone rt rp progress meter frame frameset param source track".split()
)
"""Tags whose content is never text of the article. A `noscript` may hold a lazy picture: `figures` reads it."""

_TOKENS = re.compile(
    r"""(?:^|[\s_-])(?:
    share|sharing|shares|sharebar|sharethis|addthis|addtoany|social|socials|socialbar|sociallinks|
    newsletter|newsletters|subscribe|subscription|subscriptions|signup|sign-up|regwall|
    promo|promos|promotion|promoted|advert|adverts|advertisement|advertisements|advertising|ads|ad|adsense|adslot|
    adunit|adbox|adzone|sponsor|sponsored|sponsors|banner|werbung|anzeige|publicidad|pub|
    related|relatednews|relatedlinks|recommended|recommendations|recommend|recirc|recirculation|readmore|
    read-more|read-also|readalso|see-also|seealso|moreon|more-on|more-from|morefrom|more-stories|morestories|
    also-read|
    comment|comments|commentlist|commentarea|comment-list|disqus|respond|replies|livefyre|coral|kommentare|
    commentaires|
    sidebar|side-bar|rail|breadcrumb|breadcrumbs|crumb|crumbs|pagination|pager|paging|menu|nav|navbar|navigation|
    toolbar|toolbox|tools|masthead|
    cookie|cookies|consent|gdpr|popup|pop-up|modal|overlay|lightbox|tooltip|dropdown|
    outbrain|taboola|zergnet|mgid|ob-widget|rcs|teads|dfp|gpt|
    breaking-news|breaking|ticker|marquee|mostread|most-read|mostpopular|most-popular|popular|trending|latest|
    teaser|teasers|teaserlist|
    taglist|tag-list|tags|tagcloud|keywords|topics|post-tags|entry-tags|article-tags|
    login|register|donate|donation|donations|poll|quiz|survey|rating|ratings|feedback|vote|votes|
    print|printer|printbutton|bookmark|bookmarks|follow|followus|
    footer|footnav|copyright|legal|disclaimer|
    visually-hidden|visuallyhidden|sr-only|screen-reader-text|screenreader|screen-reader|offscreen|u-hidden|
    is-hidden|noprint|no-print|
    skip|skiplink|skip-link|back-to-top|backtotop|author-bio|authorbio|author-box|authorbox|about-author|
    about-the-author|author-info|postmeta|post-meta|entry-meta|article-meta|byline|dateline-date|timestamp|
    infinite|upnext|up-next|next-article|prev-next|post-navigation|nextprev|
    jp-relatedposts|jp-post-flair|sharedaddy|wpcnt|yarpp|crp_related|mw-editsection|editsection|reflist|navbox|
    story-meta|cat-links|category-links|posted-on|posted-in|reading-time|read-time|
    toc|catlinks|noexcerpt|mw-jump-link|
    mc-field|mailchimp|audioplayer|audio-player|video-player|videoplayer|player|slideshow-nav|gallery-nav|
    correction-form|app-promo|download-app|apps
    )(?:$|[\s_-]|s(?:$|[\s_-])|\d)""",
    re.X | re.I,
)
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
_WHOLE = re.compile(r"(?:^|\s)(?:hidden|hide|invisible|widget|widgets|widget-area|d-none)(?:\s|\Z)", re.I)
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
    r"commentaires)(?:$|[\s_-])|commentscontainer",
    re.I,
)
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


def is_hidden(element: etree._Element) -> bool:
    """Say whether the page hides the element by style or attribute."""
    for key, value in _attributes(element):
        if key == "style":
            if _HIDDEN_STYLE.search(value):
                return True
        elif key == "hidden" or (
            key == "aria-hidden" and value == "true" and element.tag not in ("img", "picture", "figure")
        ):
            return True
    return False


def is_named_junk(element: etree._Element) -> bool:
    """Say whether class, id or role name the element as something else than text of the article."""
    if element.get("role") in _BAD_ROLES:
        return True
    names = names_of(element)
    if not names:
        return False
    built = "widget" in names and _BUILDER.search(names) is not None
    return any(_junk_word(word) and not (built and word == "widget") for word in names.split())


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
    word = _LAYOUT.sub(" ", word)
    return bool(_TOKENS.search(word) or _GLUED.search(word) or _WHOLE.search(word))


@lru_cache(maxsize=32768)
def _good_word(word: str) -> bool:
    return _GOOD.search(word) is not None


def is_named_article(element: etree._Element) -> bool:
    """Say whether class, id or itemprop name the element as the text of an article."""
    if "articleBody" in (element.get("itemprop") or ""):
        return True
    names = names_of(element)
    return bool(names) and any(_good_word(word) for word in names.split())
