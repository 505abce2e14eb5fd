"""What the parsers know, piece by piece: names, marks, quotes, halves of them. Data only."""


def _tokens(written: str, *others: bytes) -> tuple[bytes, ...]:
    return (*(token.encode() for token in written.split()), *others)


FEED = _tokens(
    r"""
    <rss> </rss> <rss <channel> <item> </item> <title> </title> <link> <link/> <guid> <description>
    <pubDate> <entry> <feed> </feed> <![CDATA[ ]]> <!-- --> &amp; &#8238; &nbsp; <!DOCTYPE <!ENTITY <?
    ?> &a; &#x110000; &#0; <content:encoded> <image> <media:content <media:group> url=' < & >
    <enclosure/> <svg> <source> <summary type='xhtml'> xml:base=' xmlns= xmlns:x=' <x:y> <div </div>
    isPermaLink=' <itunes:duration> <author> <dc:date> <![ [ ] <!ELEMENT %a; SYSTEM standalone
    encoding=' <html> <body> <opml> <p> <a href=' <ttl> <textInput> <geo:lat> &lt;b&gt; &amp;lt;
    <rdf:RDF <?xml version='1.0'?> <content type='html'> mode='base64'
    """,
)
JSON = _tokens(
    r"""
    { } [ ] , : " \ \u0000 \ud800 \u202e null true 1e999 -0 "items" "items":[ "version" "id" "url"
    "authors" "tags" "attachments" "content_html" "rss" "channel" NaN "https://jsonfeed.org/version/1"
    \" // /* \x00
    """,
)
OPML = _tokens(
    r"""
    <outline </outline> <outline> /> > < " ' = & &amp; &#38; &quot; xmlUrl= xmlUrl=' xmlUrl=" text='
    title=" type='rss' htmlUrl=' category="a,b" newsstand:headers=' <!-- --> <!ENTITY <!DOCTYPE
    <![CDATA[ ]]> <opml> <body> </body> <? ?> feed:// exec: |x filter: https://a.example/ &#0;
    newsstand:categories=' / \/ , type='link' type='include'
    """,
)
URL = _tokens(
    r"""
    http:// https:// // / \ ? # & ; @ : [ ] % %2 %2F %00 %25 %E2%80%AE .. . /../ /./ ;a=1 utm_source=x
    amp; ? ?? xn-- xn--a :80 :443 :0 :99999 [::1] [fe80::1%25a] 0x7f.1 127.1 user:pw@ mailto:
    javascript: data: feed: = + ~ ! * ' ( ) | ^ ` { } < > www. .com .co.uk -. -- 。 ß а ％
    """,
    b" ",
    b"\t",
    b"\n",
    b"\xc2\xad",
)
DATE = _tokens(
    r"""
    T Z - : / . , + +07:00 GMT UTC -99:99 +1500 am pm SA CH sáng chiều tháng th11 năm 2026 26 '26 30 13
    31 00 24 60 61 Mon Thứ Nov November Nov. 11 W49 334 giờ h phút trước hôm qua yesterday today ago
    days 年 月 日 년 월 일 오후 午後 上午 de of st /Date( ) [Europe/Berlin] America/New_York Etc/GMT+12 1796000000
    uhr klo ٣ noon midnight
    """,
)
HTML = _tokens(
    r"""
    <link <a <base rel=alternate rel=' href=' href= type=application/rss+xml title=' > </a> <!-- -->
    <script> <svg> <template> <p> <div> </div> <table> <td> &amp; &#0; &#x202e; <![CDATA[ <? <!DOCTYPE <
    / = " ' <meta charset= <title> </title> <plaintext> <textarea> <xmp> <noscript> <frameset> <h1>
    <article> <li> <br> <img src=
    """,
)
TOML = _tokens(
    r"""
    [ ] [[ ]] = . , " ' ''' # \ \u0000 \ud800 { } true nan inf 0x1F 1e999 2026-11-30 [reader] [keys]
    [keep] [network] theme measure every set reader.theme keys.read a.b.c "a b" _ + -
    """,
    b'"""',
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\r\n",
    b" ",
)
RULE = (
    *TOML,
    *_tokens(
        r"""
        hosts marks body title drop zone date_format > + ~ * , :has( :not( :is( :nth-child(2n+1) [a=b]
        [a^='x' i] ::text # . \26 -- | %d %m %Y %H %M %p %z %% %Q +07:00 UTC html p a div
        """
    ),
)
