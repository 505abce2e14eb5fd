# ruff: noqa: E501 - a page's markup is broken where the paper's own system breaks it
"""Nhật báo Sông Hồng: pages as the MasterCMS family prints them, RSS 2.0 as it serves it.

Its stories lie in `stories/`, one text file each. It makes pages, and never serves them.
"""

from datetime import datetime

from reader.demo import markup
from reader.demo.edition import Edition, PaperTitle
from reader.demo.markup import escape
from reader.demo.stories import DemoStory, StoryBlock, plain

NAME = "Nhật báo Sông Hồng"
AGENCY = "NBSH - "
SECTIONS = {
    "Thời sự": "/thoi-su",
    "Đô thị": "/do-thi",
    "Văn hóa": "/van-hoa",
    "Giáo dục": "/giao-duc",
    "Nông thôn": "/nong-thon",
    "Phóng sự": "/phong-su",
    "Thể thao": "/the-thao",
}


def path(story: DemoStory, published: datetime) -> str:
    return f"/{story.slug}-{story.number}.html"


def page(edition: Edition, story: DemoStory) -> str:
    """An article page: headline, sapo, body with the related table in it, then the "Đọc thêm" cards."""
    when = edition.time(story)
    url = edition.url(story.slug)
    section = SECTIONS[story.section]
    author = ", ".join(story.authors)
    metas = f"""<meta name="description" content="{AGENCY}{escape(plain(story.lede))}" />
<meta property="og:title" content="{escape(story.title)}" />
<meta property="og:site_name" content="{NAME}" />
<meta property="og:type" content="article" />
<meta property="article:section" content="{story.section}" />
<meta property="article:published_time" content="{when.isoformat()}" />
{_image_meta(edition, story)}<link rel="canonical" href="{url}" />"""
    tags = "".join(f'<a href="/tag/{index}.tag" title="{tag}">{tag}</a> ' for index, tag in enumerate(story.tags))
    return _frame(
        edition,
        f"{story.title} | {NAME}",
        metas,
        f"""<div class="bx-grid-detail fw lt clearfix"><div class="bx-detail-left lt">
<div class="navigation fw lt mb clearfix"><ul class="breadcrumb"><li><a href="/">Trang chủ</a></li>
<li class="active"><a href="{section}">{story.section}</a></li></ul></div>
<div class="article-detail fw lt mb clearfix">
<span class="article-detail-subtitle">{escape(story.kicker)}</span>
<h1 class="article-detail-title f0">{escape(story.title)}</h1>
<div class="article-info fw clearfix"><a class="article-cat" href="{section}">{story.section}</a>
<span class="article-date"><span class="format_date">{when:%d/%m/%Y}</span>
<span class="format_time">{when:%H:%M}</span></span>
<!--googleoff: all--><span class="font-size"><a>a</a><a>a</a></span>
<span class="article-share"><a rel="nofollow" href="#">Chia sẻ</a> <a rel="nofollow" href="#">Bình luận</a></span>
<!--googleon: all--></div>
<div class="article-detail-desc fw lt f0 mb clearfix">{AGENCY}{_text(edition, story.lede)}</div>
<div class="__MASTERCMS_CONTENT fw lt clearfix"><div id="__MB_MASTERCMS_EL_3" class="__MB_CONTENT fw lt clearfix">
<style id="css_tpl_box_in_db">.MASTERCMS_TPL_TABLE {{ background: #fff; }} .__MB_ARTICLE_A a {{ display: block; }}</style>
{_body(edition, story)}
</div><div class="article-detail-author clearfix">{author}</div></div></div>
<div class="article-tag fw lt mb clearfix"><span class="article-tag-title">Tags:</span>
<div class="article-tag-link">{tags}</div></div>
<div id="user-comment"><div class="__API_WIDGET" data-type="user_comments"></div></div></div>
{_more(edition, story)}</div>""",
    )


def listing(edition: Edition, heading: str, stories: list[DemoStory]) -> str:
    """The front page or a section's page: cards with headline and sapo."""
    cards = "\n".join(_card(edition, story) for story in stories)
    return _frame(
        edition,
        f"{heading} | {NAME}",
        '<meta property="og:type" content="website" />',
        f'<div class="bx-home-listing fw lt clearfix"><h1 class="bx-cat-title">{heading}</h1>\n{cards}</div>',
    )


def missing(edition: Edition) -> str:
    """What a reader gets for an address that no story has."""
    body = '<div class="error-404"><p>Trang bạn tìm không còn ở đây. <a href="/">Về trang chủ</a></p></div>'
    return _frame(edition, f"Không tìm thấy trang | {NAME}", "", body)


def feed(edition: Edition, stories: list[DemoStory]) -> str:
    """RSS 2.0: the picture and the sapo in an escaped description, as the family serves it."""
    entries = "\n".join(
        f"""<item><title>{escape(story.title)}</title><link>{edition.url(story.slug)}</link>
<description><![CDATA[{_thumb(edition, story)}{escape(plain(story.lede))}]]></description>
<category>{story.section}</category>
<pubDate>{edition.time(story):%a, %d %b %Y %H:%M:%S %z}</pubDate>
<guid isPermaLink="true">{edition.url(story.slug)}</guid></item>"""
        for story in stories
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>{NAME}</title><link>{edition.homes["songhong"]}/</link>
<description>Tin mới nhất của {NAME}</description><language>vi</language><ttl>5</ttl>
{entries}
</channel></rss>
"""


def _text(edition: Edition, text: str) -> str:
    return markup.inline(text, edition.url, "{}".format)


def _body(edition: Edition, story: DemoStory) -> str:
    def text(line: str) -> str:
        return _text(edition, line)

    def paragraph(block: StoryBlock) -> str:
        return f'<p style="text-align: justify;">{text(block.lines[0])}</p>'

    def quote(block: StoryBlock) -> str:
        said = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        speaker = f"<p><strong>— {text(block.extra)}</strong></p>" if block.extra else ""
        return f"<blockquote>{said}{speaker}</blockquote>"

    def box(block: StoryBlock) -> str:
        inside = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        return f'<h3>{text(block.extra)}</h3>\n<div class="bx-info">{inside}</div>'

    setters: dict[str, markup.Setter] = {
        "p": paragraph,
        "h2": lambda block: f"<h2>{text(block.lines[0])}</h2>",
        "h3": lambda block: f"<h3>{text(block.lines[0])}</h3>",
        "figure": lambda block: _figure(edition, story, block),
        "quote": quote,
        "ul": lambda block: markup.items(block, text),
        "ol": lambda block: markup.items(block, text),
        "table": lambda block: markup.table(block, text, ' border="1" style="width: 100%;"'),
        "code": lambda block: f"<pre><code>{escape(block.lines[0])}</code></pre>",
        "note": lambda block: f'<p style="text-align: justify;">{escape(block.extra)}{text(block.lines[0])}</p>',
        "box": box,
        "related": lambda block: _related(edition, story),
    }
    return markup.body(markup.with_related(story.blocks), setters)


def _figure(edition: Edition, story: DemoStory, block: StoryBlock) -> str:
    picture, caption, credit = block.lines
    printed = f"{caption} (Ảnh: {credit})" if credit else caption
    alt = escape(story.title if block is story.pictures[0] else caption)
    return f"""<table class="MASTERCMS_TPL_TABLE" style="width: 100%;"><tbody><tr>
<td><img src="{edition.picture(story, picture)}" class="__img_mastercms" alt="{alt}" title="{alt}"
style="max-width:100%; padding:0px; margin:0px;"></td></tr>
<tr><td>{escape(printed)}</td></tr></tbody></table>"""


def _related(edition: Edition, story: DemoStory) -> str:
    links = " ".join(
        f'<a href="{edition.url(other.slug)}" title="{escape(other.title)}">{escape(other.title)}</a>'
        for other in edition.related(story)
    )
    return f"""<table class="__MB_ARTICLE_A"><thead><tr><td>Bài liên quan</td></tr></thead>
<tbody><tr><td align="left">{links}</td></tr></tbody></table>"""


def _card(edition: Edition, story: DemoStory) -> str:
    title, url = escape(story.title), edition.path(story)
    image = edition.picture(story, story.pictures[0].lines[0], 320) if story.pictures else "/pictures/press-1-320.png"
    return f"""<div class="article"><a class="article-image" href="{url}" title="{title}">
<img class="mastercms_lazyload" src="/pictures/press-1-320.png" data-src="{image}" alt="{title}" />
<span class="cat-name">{story.section}</span></a>
<h3 class="article-title"><a class="article-link f0" href="{url}" title="{title}">{title}</a></h3>
<div class="article-desc">{AGENCY}{escape(plain(story.lede))}</div></div>"""


def _more(edition: Edition, story: DemoStory) -> str:
    cards = "\n".join(_card(edition, other) for other in edition.more(story))
    return f"""<div class="bx-detail-listing fw lt mb clearfix"><div class="bx-cat-title fw lt mb">
<h2 class="h2-title f0"><span class="bx-cat-link">Đọc thêm</span></h2></div>
<div class="bx-cat-content fw lt">
{cards}
<a class="view-more">Xem thêm</a></div></div>"""


def _thumb(edition: Edition, story: DemoStory) -> str:
    if not story.pictures:
        return ""
    image = edition.picture(story, story.pictures[0].lines[0], 320)
    return f'<a href="{edition.url(story.slug)}"><img src="{image}" align="left" border="0"></a>'


def _image_meta(edition: Edition, story: DemoStory) -> str:
    if not story.pictures:
        return ""
    return f'<meta property="og:image" content="{edition.picture(story, story.pictures[0].lines[0])}" />\n'


def _frame(edition: Edition, title: str, metas: str, main: str) -> str:
    menu = "".join(f'<li class="cat"><a href="{url}">{name}</a></li>' for name, url in SECTIONS.items())
    return f"""<!DOCTYPE html>
<html translate="no" lang="vi"><head><meta charset="utf-8" /><title>{escape(title)}</title>
{metas}
<link rel="alternate" type="application/rss+xml" title="{NAME}" href="{edition.homes["songhong"]}/rss_feed/" />
<script>window.__press = {{ "theme": "songhong", "lazy": true }};</script>
</head><body><div class="webpage pc-detail">
<header id="header"><a class="logo" href="/">{NAME}</a><div class="hotline">Đường dây nóng: 0900 000 000</div></header>
<nav id="nav"><ul class="main-menu">{menu}</ul></nav>
<!--googleoff: all--><div class="bx-ads"><span>Quảng cáo</span></div><!--googleon: all-->
{main}
<div class="bx-newsletter"><form><label>Nhận bản tin sáng của chúng tôi</label><input type="email" name="email" />
<button>Đăng ký</button></form></div>
<footer id="footer"><p>{NAME} – Giấy phép hoạt động báo chí số 00/GP-MINHHOA</p>
<p>Tòa soạn: số 1 phố Bến Đò. Ghi rõ nguồn khi phát lại thông tin từ trang này.</p></footer>
</div></body></html>
"""


TITLE = PaperTitle(
    key="songhong",
    name=NAME,
    short="Sông Hồng",
    language="vi",
    folder="Tiếng Việt",
    brand_colour="crimson",
    zone=7,
    sections=SECTIONS,
    feed_path="/rss_feed/",
    feed_type="application/rss+xml; charset=utf-8",
    path=path,
    page=page,
    listing=listing,
    missing=missing,
    feed=feed,
)
