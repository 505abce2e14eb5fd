"""Pages in the markup of the papers' publishing systems, with text of our own."""

SENTENCES = (
    "The council of Lower Marsh voted on Tuesday to keep the old ferry running, after three winters of argument.",
    "Rowers had carried post, bread and two brides across the water since the bridge was closed, residents said.",
    "The harbour master, a patient man, told the meeting that the boat would need a new keel, and paint, by spring.",
    "Money will come from the county, he added; the rest, about a fifth, is to be raised by a lottery in June.",
    "Nobody spoke against it, though two members of the chess club left the hall before the vote was counted.",
)
VIETNAMESE = (
    "Sáng nay, hội đồng xã Bến Đò đã thông qua kế hoạch sửa chữa con đò cũ, phục vụ người dân hai bên bờ sông.",
    "Theo ông Trần Văn Bình, người lái đò suốt ba mươi năm, con đò cần được thay ván và sơn lại trước mùa mưa.",
    "Kinh phí dự kiến khoảng 450 triệu đồng, trong đó xã đóng góp một nửa, phần còn lại do người dân ủng hộ.",
)


def paragraphs(sentences: tuple[str, ...] = SENTENCES) -> str:
    return "\n".join(f"<p>{sentence}</p>" for sentence in sentences)


def english(body: str = "", *, head: str = "", before: str = "", after: str = "") -> bytes:
    """A plain paper's page: menu, story, other stories, comments, footer."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry saved | The Marsh Post</title>
<meta property="og:site_name" content="The Marsh Post">{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Ferry saved</h1>{before}<div class="article-body">{body or paragraphs()}</div>
</article>{after}</main>
<section class="comments">
<p>I think that the ferry should be painted blue, as it was when I was young, and so does my wife.</p></section>
<footer><p>Copyright The Marsh Post. All rights reserved, and no part of this may be copied without asking us.</p>
</footer>
</body></html>""".encode()


def mastercms() -> bytes:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sửa con đò cũ</title>
<meta property="og:site_name" content="Báo Bến Đò"></head><body>
<ul class="breadcrumb"><li class="active"><a href="/xa-hoi">Xã hội</a></li></ul>
<span class="article-detail-subtitle">Chuyện bên sông</span><h1 class="article-detail-title">Sửa con đò cũ</h1>
<div class="article-date"><span class="format_time">18:05</span> | <span class="format_date">03/02/2024</span></div>
<div class="article-detail-desc">BĐ - Con đò cũ của xã Bến Đò sẽ được thay ván và sơn lại trước mùa mưa năm nay.</div>
<div class="__MASTERCMS_CONTENT"><div id="__MB_MASTERCMS_EL_3">
<table class="MASTERCMS_TPL_TABLE"><tbody>
<tr><td>
<img class="__img_mastercms mastercms_lazyload" src="data:image/gif;base64,R0"
data-src="/stores/do.jpg" alt="Sửa con đò cũ">
</td></tr>
<tr><td>Con đò cũ bên bến sông. (Nguồn: Báo Bến Đò)</td></tr></tbody></table>
<p>{VIETNAMESE[0]}</p>
<table class="__MB_ARTICLE_A"><thead><tr><td>Bài liên quan</td></tr></thead><tbody><tr><td>
<a href="/cau-moi-11.html" title="Cây cầu mới bắc qua sông">Cây cầu mới bắc qua sông</a>
<a href="/mua-lu-12.html" title="Mùa lũ về sớm hơn mọi năm">Mùa lũ về sớm hơn mọi năm</a></td></tr></tbody></table>
<p>{VIETNAMESE[1]}</p>
<table class="__mb_article_in_image"><tbody><tr><td><a href="/ben-cho-13.html"><img alt="" src="/t.jpg"></a></td>
<td><a href="/ben-cho-13.html" title="Bến chợ họp phiên đầu năm">Bến chợ họp phiên đầu năm</a><p>
<span class="tpl_desc">Phiên chợ đầu năm đông vui, nhộn nhịp người mua kẻ bán suốt buổi sáng.</span></p></td></tr>
</tbody></table>
<p>{VIETNAMESE[2]}</p><p style="text-align: right;"><strong>Lê Thị Hoa</strong></p></div>
<div id="lightGallery"><a href="/stores/do.jpg"><img class="__img_mastercms" src="/stores/do.jpg"></a></div></div>
<div class="article-tag"><a class="tag-link" href="/tag/do-1.tag">đò ngang</a></div>
<div class="bx-detail-listing"><h2><span class="bx-cat-link">Đọc thêm</span></h2>
<div class="article"><a class="article-image" href="/gao-14.html" title="Giá gạo tăng nhẹ">
<img src="/g.jpg" alt="Giá gạo tăng nhẹ">
<span class="cat-name">Kinh tế</span></a><h3 class="article-title">
<a class="article-link" href="/gao-14.html">Giá gạo tăng nhẹ</a></h3>
<div class="article-desc">BĐ - Giá gạo tăng nhẹ trong tuần đầu tháng, theo các thương lái.</div></div>
<div class="article"><a class="article-image" href="/ca-15.html"><span class="cat-name">Đời sống</span></a>
<h3 class="article-title"><a class="article-link" href="/ca-15.html">Làng cá vào mùa</a></h3></div>
<a class="view-more">Xem thêm</a></div></body></html>""".encode()


def afcbc() -> bytes:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sửa con đò cũ</title>
<meta property="article:published_time" content="2024-02-03T18:05:00+07:00"></head><body>
<div class="detail-cate"><a href="/xa-hoi.htm">Xã hội</a></div>
<h1 class="detail-title" data-role="title">Sửa con đò cũ</h1>
<div class="detail-author"><a class="name" href="/tac-gia/a.htm">LÊ THỊ HOA</a></div>
<h2 class="detail-sapo" data-role="sapo">Con đò cũ của xã Bến Đò sẽ được thay ván và sơn lại trước mùa mưa.</h2>
<div class="detail-content afcbc-body" data-role="content">
<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="https://cdn.example/do.jpg" alt="đò - Ảnh 1.">
</div>
<figcaption class="PhotoCMS_Caption"><p>Con đò cũ bên bến sông - Ảnh: T.B.</p></figcaption></figure>
<!-- 2024-02-03 11:05:00.123 --><p>{VIETNAMESE[0]}</p>
<div class="VCSortableInPreviewMode" type="content"><h3>Ba mươi năm lái đò</h3><p>{VIETNAMESE[1]}</p></div>
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/cau-moi-11.htm">
<img src="https://cdn.example/t.jpg"></a>
<a class="OneNewsTitle" href="/cau-moi-11.htm">Cây cầu mới bắc qua sông</a>
<p class="VCObjectBoxRelatedNewsItemSapo">Cây cầu mới sẽ được khởi công vào cuối năm, theo kế hoạch của huyện.</p>
</div>
<p>{VIETNAMESE[2]}</p></div></body></html>""".encode()


def vnexpress() -> bytes:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sửa con đò cũ - VnExpress</title>
</head><body>
<ul class="breadcrumb"><li><a href="/thoi-su">Thời sự</a></li></ul>
<span class="date">Thứ bảy, 3/2/2024, 18:05 (GMT+7)</span>
<h1 class="title-detail">Sửa con đò cũ</h1><p class="description">
<span class="location-stamp">Bến Đò</span>Con đò cũ sẽ được thay ván.</p>
<article class="fck_detail"><p class="Normal">{VIETNAMESE[0]} <a href="no_script_;">tăng vọt</a></p>
<figure class="tplCaption"><picture>
<source srcset="https://i.example/do-680.jpg 1x, https://i.example/do-1200.jpg 2x">
<img src="data:image/gif;base64,R0" data-src="https://i.example/do-680.jpg"></picture>
<figcaption><p class="Image">Con đò cũ. Ảnh: <em>Trần Bình</em></p></figcaption></figure>
<p class="Normal">{VIETNAMESE[1]}</p><p class="Normal" style="text-align:right;">
<strong>Lê Hoa</strong> <em>(tổng hợp)</em></p></article>
<ul class="list-news"><li><a href="/cau-moi-11.html">Cây cầu mới bắc qua sông</a></li></ul></body></html>""".encode()


def dantri() -> bytes:
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sửa con đò cũ</title></head><body>
<main><article>
<h1 class="dt-x">Sửa con đò cũ</h1><a href="https://dantri.com.vn/tac-gia/hoa-1.htm">Lê Hoa</a>
<time datetime="2024-02-03 18:05">Thứ bảy, 03/02/2024 - 18:05</time>
<h2 class="dt-y">(Dân trí) - Con đò cũ của xã Bến Đò sẽ được thay ván.</h2>
<div id="desktop-in-article">{paragraphs(VIETNAMESE)}<div class="dantri-widget">Giá vàng SJC</div></div></article>
</main></body></html>""".encode()
