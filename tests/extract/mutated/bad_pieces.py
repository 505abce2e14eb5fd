"""Pieces of pages that go wrong: what mutations.py puts into pages. Data only."""

RUNS = (
    " ", "\n", "\t ", "\xa0", "\u200b", "<", ">", "&", '"', "'", "(", "[", "![", "](", "*", "_", "`", "#", "|", "~",
    "\\", "- ", "1. ", "> ", "* * ", "a ", "a\n", "_a", "*a ", "**a", "[a](", "<a ", "<!--", "<![CDATA[", "</", "<p",
    "]]>", "&amp;#8238;", "&#", "&lt;", "1", "12/12/2024 ", "2024-", "10:30 ", "By ", "by a, ", ", ", ". ", "… ",
    "— ", "-", "=", "/", "@a", "http://", "https://a.example/ ", "www.", "a.", ".a", "%", "\x1b[", "\x1b]", "\x9b",
    "\u202e", "e\u0301", "\u0300\u0327", "\u0327\u0300a", "\u1100\u1161", "\ufeff", "İ", "ß", "中", "字。", "đ",
    "🙂\u200d", "\U000e0041", "Photo: ", "Ảnh: ", "Read more: ", "<meta charset=", "<script>", "<style>", "<title>",
    "<textarea>", "<svg>", "<noscript>", "<template>", "<a href=x>", "<b>", "<br>", "<p>a", "<li>a", "<h2>a</h2>",
    "<td>a", "<tr>", "<img src=a>", "<q>", "<sup>1</sup>", "<a href=#fn1>1</a>",
)  # fmt: skip
"""What a careless pattern or loop takes long over, repeated a hundred thousand times."""

TERMINAL = (
    "\x1b[2J", "\x1b]0;owned\x07", "\x1b]8;;http://evil.example/\x1b\\", "\x9b31m", "\x90q\x9c", "\u202egnp.exe",
    "\u2066\u2069", "&#27;[2J", "&#x9b;31m", "&#8238;", "&amp;#8238;", "&amp;#x1b;[2J", "&#x202e;", "&amp;amp;#27;",
    "\x07\x08", "\x7f", "\x00", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&nosuch;", "&ampamp;", "&;",
    "&#;", "&#x;", "\u2028", "\u0085", "\ufffe", "[/]", "[@click=app.quit]x[/]", "[x](javascript:alert(1))",
    "![x](file:///etc/passwd)", "<javascript:alert(1)>", '<a href="javascript:alert(1)">run</a>',
    '<a href="data:text/html,x">data</a>', '<a href="java\nscript:x">odd</a>',
    '<a href="file:///etc/passwd">file</a>', '<img src="file:///etc/passwd" alt="a picture of nothing at all">',
    '<a href="http://[::1">bracket</a>', '<a href="http://a.example:99999999/">port</a>',
    '<a href="//\x1b[2J">esc</a>', '<a href="http://a.example/)\n\n# x">break</a>',
    '<a href="HTTP://a.example/&#8238;">bidi</a>', '<a href="\\\\a\\b">b</a>',
)  # fmt: skip

VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1e308, 10**40, "", " ", "\x1b[2J", "\u202e", "\ud800", [], {}, [[]], [None], [{}],
    {"@value": 1}, {"name": None}, {"name": ["a", {"name": 1}]}, {"@id": "#a"},
    ["a", 1, None, {"@type": ["Person", 3]}], "9999-99-99T99:99:99+99:99", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00", "12/12/2024", "javascript:x", "http://[", "x" * 10_000,
)  # fmt: skip
KEYS = (
    "@type", "@graph", "@context", "@id", "headline", "alternativeHeadline", "name", "author", "creator", "publisher",
    "editor", "datePublished", "dateModified", "dateCreated", "articleBody", "articleSection", "keywords", "image",
    "thumbnailUrl", "url", "mainEntityOfPage", "description", "inLanguage", "isPartOf", "itemListElement", "about",
    "hasPart", "liveBlogUpdate", "video",
)  # fmt: skip
TYPES: tuple[object, ...] = (
    "NewsArticle",
    "Article",
    "LiveBlogPosting",
    "BreadcrumbList",
    "ItemList",
    "Person",
    ["NewsArticle", 3],
    None,
    7,
    {},
)
