# ruff: noqa: E501 - a page's markup is broken where the paper's own system breaks it
"""Kinh tế Sáng: pages as the AFCBC family prints them, RSS with that family's M/D/Y dates.

Its stories lie in `stories/`, one text file each. It makes pages, and never serves them.
"""

from datetime import datetime

from reader.demo import markup
from reader.demo.edition import Edition, PaperTitle
from reader.demo.markup import escape
from reader.demo.stories import DemoStory, StoryBlock, plain

NAME = "Kinh tế Sáng"
SECTIONS = {
    "Thị trường": "/thi-truong.htm",
    "Doanh nghiệp": "/doanh-nghiep.htm",
    "Nông sản": "/nong-san.htm",
    "Giao thông": "/giao-thong.htm",
    "Công nghệ": "/cong-nghe.htm",
    "Tiêu dùng": "/tieu-dung.htm",
}


def path(story: DemoStory, published: datetime) -> str:
    return f"/{story.slug}-{published:%Y%m%d%H%M}{story.number % 100_000:05}.htm"


def page(edition: Edition, story: DemoStory) -> str:
    """An article page: time, headline and sapo above, a related story in the body, "Tin liên quan" below it."""
    when = edition.time(story)
    section = SECTIONS[story.section]
    first = f"{edition.picture(story, story.pictures[0].lines[0])}" if story.pictures else ""
    image = f'<meta property="og:image" content="{first}" />\n' if first else ""
    metas = f"""<meta name="description" content="{escape(plain(story.lede))}" />
<meta property="og:title" content="{escape(story.title)}" />
<meta property="og:site_name" content="{NAME}" />
<meta property="og:type" content="article" />
<meta property="article:section" content="{story.section}" />
<meta property="article:published_time" content="{when:%Y-%m-%dT%H:%M:%S}+07:00" />
{image}<link rel="canonical" href="{edition.url(story.slug)}" />"""
    tags = "".join(f'<a href="/tim-kiem.htm" title="{tag}" class="item">{tag}</a>' for tag in story.tags)
    names = "".join(f'<a href="/tac-gia.htm" class="name" title="{name}">{name}</a>' for name in story.authors)
    return _frame(
        edition,
        story.title,
        metas,
        f"""<div class="detail__cmain" id="main-detail"><div class="detail-top">
<div class="detail-cate"><a href="{section}" title="{story.section}">{story.section}</a></div>
<div class="detail-time"><div data-role="publishdate">{when:%d/%m/%Y %H:%M} GMT+7</div></div></div>
<h1 class="detail-title article-title" data-role="title">{escape(story.title)}</h1>
<div class="detail-info"><div class="detail-author"><div class="author-info">{names}</div></div>
<div class="detail-info-action"><a href="#" rel="nofollow">Theo dõi {NAME} trên mạng xã hội</a></div></div>
<h2 class="detail-sapo" data-role="sapo">{_text(edition, story.lede)}</h2>
<div data-check-position="body_start"></div>
<div class="detail-cmain clearfix"><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">
{_body(edition, story)}
<div class="readmore-body-box d-none"><a href="#" class="readmore-body-btn" title="Đọc tiếp">Đọc tiếp</a></div>
</div><div class="box-author-detail"><div class="detail-author-bot">{names}</div></div></div>
<div data-check-position="body_end"></div>
<div class="sendstarauthor"><span class="showtotalreactuser"><b>Trở thành người đầu tiên tặng sao cho bài viết</b></span>
<a href="javascript:;" rel="nofollow" class="btnsendreaction"><span class="txt">Tặng sao cho bài viết hay</span></a></div>
<div id="detail_comment" class="detail-comment"><section class="comment-wrapper clearfix">
<span class="box-head">Bình luận (<span>0</span>)</span>
<textarea class="input-type-text" placeholder="Để lại bình luận của bạn..."></textarea>
<button class="send-comment">Gửi bình luận</button></section></div>
<div class="detail-tab"><span class="txttag">Chủ đề:</span>{tags}</div>
{_related(edition, story)}
<div class="detail__newslette"><h3 class="title"><span class="txt">Bản tin {NAME}</span></h3>
<p class="des">Mỗi sáng một bức thư, năm phút đọc, không quảng cáo.</p></div></div>
{_same(edition, story)}""",
    )


def listing(edition: Edition, heading: str, stories: list[DemoStory]) -> str:
    """The front page or a section's page."""
    cards = "\n".join(_item(edition, story) for story in stories)
    body = f'<div class="list__main"><h1>{heading}</h1><div class="box-category-middle">{cards}</div></div>'
    return _frame(edition, f"{heading} - {NAME}", '<meta property="og:type" content="website" />', body)


def missing(edition: Edition) -> str:
    """What a reader gets for an address that no story has."""
    body = '<div class="page-404"><p>Bài viết không tồn tại hoặc đã được gỡ. <a href="/">Về trang chủ</a></p></div>'
    return _frame(edition, f"404 - {NAME}", "", body)


def feed(edition: Edition, stories: list[DemoStory]) -> str:
    """RSS whose dates are M/D/Y with AM or PM behind a narrow no-break space, local time and no zone."""
    entries = "\n".join(
        f"""<item><title><![CDATA[{story.title}]]></title>
<description><![CDATA[{_thumb(edition, story)}{escape(plain(story.lede))}]]></description>
<link>{edition.url(story.slug)}</link><guid>{edition.url(story.slug)}</guid>
<pubDate>{_feed_date(edition, story)}</pubDate><category>{story.section}</category></item>"""
        for story in stories
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{NAME} - Trang chủ</title><link>{edition.homes["kinhtesang"]}/</link>
<description>{NAME} - RSS</description><language>vi-vn</language>
{entries}
</channel></rss>
"""


def _feed_date(edition: Edition, story: DemoStory) -> str:
    when = edition.time(story).astimezone(edition.time(edition.of("kinhtesang")[0]).tzinfo)
    return f"{when.month}/{when.day}/{when.year} {when:%I:%M:%S}\u202f{when:%p}"


def _text(edition: Edition, text: str) -> str:
    return markup.inline(text, edition.url, "({})".format)


def _body(edition: Edition, story: DemoStory) -> str:
    def text(line: str) -> str:
        return _text(edition, line)

    def quote(block: StoryBlock) -> str:
        said = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        speaker = f'<p class="StarNameCaption">— {text(block.extra)}</p>' if block.extra else ""
        return f'<blockquote class="VCSortableInPreviewMode" type="quote">{said}{speaker}</blockquote>'

    def box(block: StoryBlock) -> str:
        inside = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        return f"""<div class="VCSortableInPreviewMode alignCenter" data-back="#FFFBF2" type="content">
<div placeholder="Nhập nội dung..."><h3>{text(block.extra)}</h3>{inside}</div></div>"""

    setters: dict[str, markup.Setter] = {
        "p": lambda block: f"<p>{text(block.lines[0])}</p>",
        "h2": lambda block: f"<h2>{text(block.lines[0])}</h2>",
        "h3": lambda block: f"<h3>{text(block.lines[0])}</h3>",
        "figure": lambda block: _figure(edition, story, block),
        "quote": quote,
        "ul": lambda block: markup.items(block, text),
        "ol": lambda block: markup.items(block, text),
        "table": lambda block: markup.table(block, text),
        "code": lambda block: f"<pre><code>{escape(block.lines[0])}</code></pre>",
        "note": lambda block: f"<p><em>({escape(block.extra)}) {text(block.lines[0])}</em></p>",
        "box": box,
        "related": lambda block: _related_in_body(edition, story),
    }
    return markup.body(markup.with_related(story.blocks), setters)


def _figure(edition: Edition, story: DemoStory, block: StoryBlock) -> str:
    picture, caption, credit = block.lines
    number = story.pictures.index(block) + 1
    small, large = edition.picture(story, picture), edition.picture(story, picture, 1280)
    printed = f"{caption} - Ảnh: {credit}" if credit else caption
    return f"""<figure class="VCSortableInPreviewMode" type="Photo" style=""><div>
<img data-author="" src="{small}" data-original="{large}" rel="lightbox" type="photo" width="1280" height="800"
alt="{escape(story.title)} - Ảnh {number}." title="{escape(story.title)} - Ảnh {number}." loading="lazy"></div>
<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{escape(printed)}</p></figcaption></figure>"""


def _related_in_body(edition: Edition, story: DemoStory) -> str:
    other = edition.related(story)[0]
    url = edition.url(other.slug)
    image = f'<img src="{_small(edition, other)}" style="float: left;" alt="{escape(other.title)}" width="150" height="120">'
    return f"""<div type="RelatedOneNews" class="VCSortableInPreviewMode"><a href="{url}" style="padding: 0px;">{image}</a>
<a href="{url}" style="text-align: left;" class="OneNewsTitle">{escape(other.title)}</a>
<p class="VCObjectBoxRelatedNewsItemSapo">{escape(plain(other.lede))}</p></div>"""


def _related(edition: Edition, story: DemoStory) -> str:
    cards = "\n".join(
        f"""<div class="box-category-item"><a class="box-category-link-with-avatar img-resize" href="{edition.url(other.slug)}"
title="{escape(other.title)}"><img data-type="avatar" src="{_small(edition, other)}" alt="{escape(other.title)}"
class="box-category-avatar"></a><div class="box-category-content"><h4><a data-linktype="newsdetail"
class="box-category-link-title need-trimline" href="{edition.url(other.slug)}" title="{escape(other.title)}">{escape(other.title)}</a>
</h4></div></div>"""
        for other in edition.related(story)[1:]
    )
    return f"""<div class="detail__related"><div class="box-category box-border-top"><div class="box-category-top">
<h3 class="title-category"><a class="box-category-title" href="javascript:;" title="Tin liên quan">Tin liên quan</a></h3>
</div><div class="box-category-middle">{cards}</div></div></div>"""


def _same(edition: Edition, story: DemoStory) -> str:
    cards = "\n".join(_item(edition, other) for other in edition.more(story))
    return f"""<div class="detail__same-category detail__more"><div class="box-category box-border-top"><div class="box-category-top">
<div class="title-category"><p class="box-category-title" title="Đọc thêm">Đọc thêm</p></div></div>
<div class="box-category-middle">{cards}</div></div></div>"""


def _item(edition: Edition, story: DemoStory) -> str:
    title, url = escape(story.title), edition.path(story)
    return f"""<div class="box-category-item"><a class="box-category-link-with-avatar img-resize" href="{url}" title="{title}">
<img data-type="avatar" src="{_small(edition, story)}" alt="{title}" class="box-category-avatar"></a>
<div class="box-category-content"><span class="box-category-category">{story.section}</span>
<h3 class="box-title-text"><a data-linktype="newsdetail" class="box-category-link-title" href="{url}" title="{title}">{title}</a></h3>
<p class="box-category-sapo">{escape(plain(story.lede))}</p></div></div>"""


def _small(edition: Edition, story: DemoStory) -> str:
    return edition.picture(story, story.pictures[0].lines[0] if story.pictures else "press 2", 320)


def _thumb(edition: Edition, story: DemoStory) -> str:
    return (
        f'<a href="{edition.url(story.slug)}"><img src="{_small(edition, story)}" /></a></br>' if story.pictures else ""
    )


def _frame(edition: Edition, title: str, metas: str, main: str) -> str:
    menu = "".join(f'<li><a href="{url}" title="{name}">{name}</a></li>' for name, url in SECTIONS.items())
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8" /><title>{escape(title)}</title>
{metas}
<link rel="alternate" type="application/rss+xml" href="{edition.homes["kinhtesang"]}/rss/home.rss" title="{NAME}" />
</head><body><div class="header"><div class="header__logo"><a href="/" title="{NAME}">{NAME}</a></div>
<ul class="menu-nav">{menu}</ul><a href="javascript:;" class="login">Đăng nhập</a></div>
<zone id="topbanner"></zone>
<div class="main" id="content"><div class="detail__section"><div class="container"><div class="detail__flex">
<div class="detail__main">{main}</div>
<div class="detail__sub"><zone id="right1"></zone><div class="qc">Quảng cáo</div></div></div></div></div></div>
<div class="footer"><p>{NAME}. Ấn phẩm minh họa, mọi địa danh và nhân vật đều là hư cấu.</p></div></body></html>
"""


TITLE = PaperTitle(
    key="kinhtesang",
    name=NAME,
    short="KT Sáng",
    language="vi",
    folder="Tiếng Việt",
    brand_colour="amber",
    zone=7,
    sections=SECTIONS,
    feed_path="/rss/home.rss",
    feed_type="text/xml; charset=utf-8",
    path=path,
    page=page,
    listing=listing,
    missing=missing,
    feed=feed,
)
