"""What can be wrong with a page: each mutation takes a page and a seeded source of chance, and gives a worse page.

Pure, and the same for the same seed. `MUTATIONS` has them by name; `HEAVY` are those that make megabytes.
"""

import json
import re
from collections.abc import Callable
from random import Random

from tests.extract.mutated.bad_pieces import KEYS, RUNS, TERMINAL, TYPES, VALUES

MEGABYTE = 1_000_000
WORDS = "the ferry of Lower Marsh carries post, bread and two brides across the water every morning".split()
_AFTER_TAG = re.compile(rb"<(?:p|div|article|body|section|li|td|figure|h1|main)\b[^>]*>")


def put(page: bytes, chance: Random, markup: str | bytes) -> bytes:
    """Return the page with markup after one of its opening tags, or at its end where it has none."""
    places = [found.end() for found in _AFTER_TAG.finditer(page[: 2 * MEGABYTE])]
    at = chance.choice(places) if places else len(page)
    extra = markup if isinstance(markup, bytes) else markup.encode("utf-8", "surrogatepass")
    return page[:at] + extra + page[at:]


def _span(page: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(page) + 1)
    return start, min(len(page), start + int(len(page) * chance.random() ** 3))


def truncated(page: bytes, chance: Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def beheaded(page: bytes, chance: Random) -> bytes:
    return page[chance.randrange(len(page) + 1) :]


def flipped(page: bytes, chance: Random) -> bytes:
    out = bytearray(page)
    for _ in range(chance.choice((1, 10, 100, 1_000, 10_000)) if out else 0):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def inserted(page: bytes, chance: Random) -> bytes:
    out = page
    for _ in range(chance.choice((1, 5, 25))):
        at = chance.randrange(len(out) + 1)
        out = out[:at] + chance.randbytes(chance.choice((1, 20, 2_000))) + out[at:]
    return out


def deleted(page: bytes, chance: Random) -> bytes:
    out = page
    for _ in range(chance.choice((1, 5, 25))):
        start, end = _span(out, chance)
        out = out[:start] + out[end:]
    return out


def doubled(page: bytes, chance: Random) -> bytes:
    start, end = _span(page, chance)
    return page[:end] + page[start:end] * chance.choice((1, 2, 10)) + page[end:]


def swapped(page: bytes, chance: Random) -> bytes:
    cuts = sorted(chance.randrange(len(page) + 1) for _ in range(3))
    return page[: cuts[0]] + page[cuts[1] : cuts[2]] + page[cuts[0] : cuts[1]] + page[cuts[2] :]


def tags_lost(page: bytes, chance: Random) -> bytes:
    share = chance.choice((0.02, 0.2, 0.6))
    which = chance.choice((rb"</\w+>", rb"<\w[^>]*>", rb"</?\w[^>]*>", rb'"', rb">"))
    return re.sub(which, lambda found: b"" if chance.random() < share else found.group(), page)


def tags_renamed(page: bytes, chance: Random) -> bytes:
    names = (
        b"p div span table tr td li ul h1 h3 a figure figcaption img blockquote pre code em br "
        b"dl dt dd sup q cite iframe video form noscript template svg math object select option caption thead x-y"
    ).split()
    share = chance.choice((0.05, 0.3, 1.0))
    return re.sub(
        rb"(</?)(\w+)",
        lambda found: found.group(1) + chance.choice(names) if chance.random() < share else found.group(),
        page,
    )


def unclosed(page: bytes, chance: Random) -> bytes:
    tag = chance.choice(
        "div span b p ul li table td a blockquote font section article figure em i h2 dl ol form sup".split()
    )
    inner = chance.choice(("", "", "a", " some words of text, with a comma "))
    return put(page, chance, f"<{tag}>{inner}" * chance.choice((300, 3_000, 100_000 if not inner else 10_000)))


def deep(page: bytes, chance: Random) -> bytes:
    opens, closes = chance.choice(
        (
            ("<ul><li>a", "</li></ul>"),
            ("<ol><li>", "</li></ol>"),
            ("<table><tr><td>a", "</td></tr></table>"),
            ("<span>", "</span>"),
            ("<blockquote><p>a</p>", "</blockquote>"),
            ("<b><i>", "</i></b>"),
            ("<div><p>a sentence, and one more.</p>", "</div>"),
            ("<dl><dd>a", "</dd></dl>"),
            ("<figure><figcaption>a", "</figcaption></figure>"),
            ("<a href=/x><em>a", "</em></a>"),
            ("<section><h2>a</h2>", "</section>"),
            ("<form><fieldset>", "</fieldset></form>"),
            ("<svg><g>", "</g></svg>"),
            ("<details><summary>a</summary>", "</details>"),
        )
    )
    levels = chance.choice((50, 190, 250, 1_000, 20_000))
    words = f"<p>{' '.join(WORDS)}</p>"
    return put(page, chance, opens * levels + words + closes * levels)


def huge_attribute(page: bytes, chance: Random) -> bytes:
    filler = chance.choice(
        ("a", "a ", "a-", "/", "%20", "&amp;", "article-body ", "related ", "1", ":", "?a=b&", "../", "a,")
    )
    value = filler * (MEGABYTE // len(filler))
    href = "http://a.example/" + value
    markup = chance.choice(
        (
            f'<div class="{value}"><p>{" ".join(WORDS)}</p></div>',
            f'<div id="{value}"><p>{" ".join(WORDS)}</p></div>',
            f'<p style="{value}">{" ".join(WORDS)}</p>',
            f'<p><a href="{href}">a link</a> {" ".join(WORDS)}</p>',
            f'<figure><img src="{href}" alt="{value}"><figcaption>{" ".join(WORDS)}</figcaption></figure>',
            f'<figure><img data-src="{value}" title="{value}"></figure>',
            f'<base href="{href}">',
            f'<link rel="canonical" href="{href}"><link rel="next" href="{href}">',
            f'<meta property="og:title" content="{value}"><meta name="author" content="{value}">',
            f'<meta name="description" content="{value}"><meta property="article:published_time" content="{value}">',
            f'<time datetime="{value}">{value[:5000]}</time>',
            f'<iframe src="{href}" title="{value}"></iframe>',
            f'<table><tr><td colspan="{value}">a</td></tr></table>',
            f'<ol start="{value}"><li>a</li></ol>',
            f'<html lang="{value}">',
        )
    )
    return put(page, chance, markup)


def many_attributes(page: bytes, chance: Random) -> bytes:
    names = (f"data-{n}" if n % 2 else f"x{n}" for n in range(chance.choice((10_000, 100_000))))
    return put(page, chance, f"<{chance.choice(('p', 'div', 'img', 'a'))} {'=1 '.join(names)}>a")


def srcset(page: bytes, chance: Random) -> bytes:
    entries = chance.choice(
        (
            ", ".join(f"https://a.example/{n}.jpg {n}w" for n in range(10_000)),
            ",".join(f"/{n}.jpg {n}.5x" for n in range(10_000)),
            "," * MEGABYTE,
            "a " * (MEGABYTE // 2),
            ", ".join(f"/{n}.jpg {'9' * 500}w" for n in range(1_000)),
        )
    )
    return put(
        page, chance, f'<figure><picture><source srcset="{entries}"><img srcset="{entries}" src=a.jpg></picture>'
    )


def json_ld(page: bytes, chance: Random) -> bytes:
    def item() -> dict[str, object]:
        found: dict[str, object] = {key: chance.choice(VALUES) for key in KEYS if chance.random() < 0.6}
        found["@type"] = chance.choice(TYPES)
        return found

    said = chance.choice((item(), [item() for _ in range(5)], {"@graph": [item(), [item()], chance.choice(VALUES)]}))
    text = json.dumps(said)
    if chance.random() < 0.3:
        text = text[: chance.randrange(len(text))]
    return put(page, chance, f'<script type="application/ld+json">{text}</script>')


def huge_json_ld(page: bytes, chance: Random) -> bytes:
    article = '{"@type":"NewsArticle","headline":"Ferry saved"'
    text = chance.choice(
        (
            "[" * 100_000,
            "[" * 900 + "]" * 900,
            '{"a":' * 100_000,
            '{"@graph":[' * 900 + "]}" * 900,
            '{"@graph":[' * 90 + article + "}" + "]}" * 90,
            "[" + ",".join([article + "}"] * 20_000) + "]",
            article + ',"author":[' + ",".join('{"@type":"Person","name":"A B"}' for _ in range(20_000)) + "]}",
            article + ',"keywords":[' + ",".join(f'"k{n}"' for n in range(50_000)) + "]}",
            article + ',"keywords":"' + "a," * 200_000 + '"}',
            article + ',"articleBody":"' + "ferry, " * 150_000 + '"}',
            article + ',"datePublished":"' + "1" * MEGABYTE + '"}',
            article + ',"datePublished":' + "1" * 100_000 + "}",
            article + ',"author":"' + "a" * MEGABYTE + '"}',
            '{"@type":"NewsArticle","headline":"' + "a " * 400_000 + '"}',
            "{" + ",".join(f'"k{n}":1' for n in range(100_000)) + "}",
            '"' + "\\u0000" * 100_000,
            article + "," * 300_000,
            "\\" * 300_000,
            '{"a":"' + '\n"' * 200_000,
        )
    )
    return put(page, chance, f'<script type="application/ld+json">{text}</script>')


def metas(page: bytes, chance: Random) -> bytes:
    names = (
        "og:title",
        "og:url",
        "og:site_name",
        "og:image",
        "article:published_time",
        "article:author",
        "author",
        "date",
        "description",
        "keywords",
        "article:tag",
        "news_keywords",
        "parsely-pub-date",
        "robots",
        "x",
    )
    values = [str(value) for value in VALUES if isinstance(value, str)] + [
        "\x00",
        "a" * 5_000,
        "Q\u202e",
        "1733-13-45",
    ]
    lines = "".join(
        f'<meta property="{chance.choice(names)}" content="{chance.choice(values)}">'
        for _ in range(chance.choice((3, 20, 3_000)))
    )
    return put(page, chance, lines)


def false_charset(page: bytes, chance: Random) -> bytes:
    name = chance.choice(
        "utf-16 utf-7 iso-2022-jp utf-32 unknown x-user-defined idna punycode base64 hex rot13 undefined mbcs oem "
        "unicode_escape raw_unicode_escape zlib quopri uu big5 euc-jp hz-gb-2312 cp037 utf_8_sig windows-1258".split()
    )
    said = page.replace(b'charset="utf-8"', b'charset="' + name.encode() + b'"')
    if said == page:
        said = b'<meta charset="' + name.encode() + b'">' + page
    if chance.random() < 0.5:  # a byte that ends the belief in UTF-8
        said = put(said, chance, b"\xff\xfe \x1b$B%j!<%0 \xe9t\xe9" * chance.choice((1, 2_000)))
    return said


def recoded(page: bytes, chance: Random) -> bytes:
    text = page.decode("utf-8", "replace")
    name = chance.choice(
        "utf-16 utf-16-le utf-16-be utf-7 utf-32 iso2022_jp cp1252 cp1258 gb18030 utf-8-sig cp500".split()
    )
    coded = text.encode(name, "replace")
    return coded[1:] if chance.random() < 0.2 else coded


def nuls(page: bytes, chance: Random) -> bytes:
    if chance.random() < 0.3:
        return put(page, chance, b"\x00" * chance.choice((10, MEGABYTE)))
    every = chance.choice((2, 7, 100))
    return b"".join(page[at : at + every] + b"\x00" for at in range(0, len(page), every))


def terminal(page: bytes, chance: Random) -> bytes:
    out = page
    for _ in range(chance.choice((1, 5, 30))):
        code = chance.choice(TERMINAL)
        if chance.random() < 0.3:
            code = chance.choice(
                (
                    f"<h1>{code} title</h1>",
                    f'<p class="byline">By {code} A. Writer</p>',
                    f"<title>{code} x</title>",
                    f'<img src="/a.jpg" alt="{code} a picture of it all">',
                    f'<a href="/x{code}" title="{code}">a link of it</a>',
                    f"<figure><img src=/b.jpg><figcaption>{code} a caption</figcaption></figure>",
                    f"<pre>{code}\n{code}</pre>",
                    f'<time datetime="{code}">{code}</time>',
                    f"<h2>{code} heading</h2>",
                    f"<td>{code}</td>",
                    f"<code>{code}</code>",
                )
            )
        out = put(out, chance, code)
    return out


def big_text(page: bytes, chance: Random) -> bytes:
    unit = chance.choice(
        (" ".join(WORDS) + ". ", "abcdefghij", "Ferry, saved. ", "con đò cũ ", "渡し船が残る。", "a_b*c[d]<e>&f ")
    )
    text = unit * (chance.choice((MEGABYTE, 5 * MEGABYTE)) // len(unit.encode()))
    tag = chance.choice(
        ("p", "p", "div", "pre", "h1", "title", "li", "td", "figcaption", "blockquote", "a", "script", "style")
    )
    return put(page, chance, f"<{tag}>{text}</{tag}>")


def repeated(page: bytes, chance: Random) -> bytes:
    token = chance.choice(RUNS)
    run = token * min(100_000, MEGABYTE // len(token.encode("utf-8", "surrogatepass")))
    quoted = run.replace('"', "&quot;")
    place = chance.choice(
        (
            f"<p>{run}</p>",
            f"<p>a{run}b</p>",
            run,
            f"<h1>{run}</h1>",
            f"<title>{run}</title>",
            f"<pre>{run}</pre>",
            f"<figure><img src=/a.jpg><figcaption>{run}</figcaption></figure>",
            f'<a href="/{quoted}">a{run}</a>',
            f'<img src="/a.jpg" alt="{quoted}">',
            f'<p class="byline author">By {run}</p>',
            f"<time>{run}</time>",
            f'<p class="{quoted}">{" ".join(WORDS)}</p>',
            f'<meta name="author" content="{quoted}">',
            f"<li>{run}</li>",
            f'<script type="application/ld+json">{{"headline": "{quoted}"}}</script>',
            f"<table><tr><td>{run}</td></tr></table>",
            f"<script>{run}",
            f'<meta property="og:title" content="{quoted}">',
            f"<blockquote>{run}</blockquote>",
            f"<h2>{run}</h2>",
        )
    )
    return put(page, chance, place)


def many_elements(page: bytes, chance: Random) -> bytes:
    unit, count = chance.choice(
        (
            ("<i></i>", 50_000),
            ("<div></div>", 50_000),
            ("<p></p>", 50_000),
            ("<span> </span>", 50_000),
            ("<br>", 50_000),
            ("<div><p></p></div>", 25_000),
            ("<img src=/a{n}.jpg alt='a picture of it'>", 10_000),
            ("<h2>Heading {n}</h2>", 10_000),
            ("<a href=/story-{n}.html>Ferry number {n} saved at last</a> ", 10_000),
            ("<h2>Heading {n}</h2><p>a</p>", 5_000),
            ("<figure><img src=/a{n}.jpg><figcaption>Caption {n}</figcaption></figure>", 5_000),
            ("<li>a {n}</li>", 20_000),
            ("<p>The ferry was saved, and number {n} too, they said on Tuesday.</p>", 10_000),
            ("<td>{n}</td>", 20_000),
            ("<tr><td>{n}</td><td>a</td></tr>", 10_000),
            ("<time datetime=2024-01-01>1 January 2024</time>", 5_000),
            ("<h1>Ferry saved {n}</h1>", 5_000),
            ("<article><h2>Ferry {n}</h2><p>It was saved.</p></article>", 5_000),
            ("<ul><li><a href=/{n}>Ferry {n} is saved again</a></li></ul>", 5_000),
            ("<p class=author>By A B{n}</p>", 5_000),
            ("<sup><a href=#fn{n}>{n}</a></sup><p id=fn{n}>A note {n}</p>", 3_000),
            ("<iframe src=//a.example/{n}></iframe>", 5_000),
            ("<div class=related><a href=/{n}>Ferry {n} is saved again</a></div>", 5_000),
            ("<b>a</b> ", 30_000),
            ("a<br>", 30_000),
            ("<blockquote>It was said {n}.<cite>A. B.</cite></blockquote>", 3_000),
            ("<p><b>Bold line {n}</b></p>", 5_000),
            ("<table><tr><td><img src=/{n}.jpg></td></tr><tr><td>Caption {n}</td></tr></table>", 3_000),
            ("</p>", 50_000),
            ("<meta name=author content='A B{n}'>", 10_000),
            ("<dt>a<dd>b", 10_000),
            ("<pre>a\n</pre>", 10_000),
            ("<hr>", 20_000),
            ("<noscript><img src=/{n}.jpg></noscript>", 3_000),
            ("<script>a</script>", 20_000),
            ("<q>a</q>", 20_000),
            ("<div class=article-body><p>It was saved {n}, they said, and so on.</p></div>", 5_000),
            ("</div>", 50_000),
            ("<script type=application/ld+json>{{}}</script>", 5_000),
            ("<code>a</code>", 20_000),
            ("<em>a </em>", 20_000),
        )
    )
    return put(page, chance, "".join(unit.format(n=n) for n in range(count)))


def tables(page: bytes, chance: Random) -> bytes:
    span = chance.choice(("99999", "-1", "0", "9" * 50, "1e9", "abc", "1000", "65535"))
    rows = chance.choice((1, 20, 200))
    cells = chance.choice((1, 3, 100))
    row = "<tr>" + f'<td colspan="{span}" rowspan="{chance.choice((span, "1"))}">a</td>' * cells + "</tr>"
    head = chance.choice(
        ("", "<caption>a</caption>", f'<colgroup><col span="{span}"></colgroup>', "<thead><tr><th>a</th></tr></thead>")
    )
    return put(page, chance, f"<table>{head}{row * rows}</table>")


def nested(page: bytes, chance: Random) -> bytes:
    tags = (
        "form iframe noscript template svg math object select textarea option "
        "frameset button video audio canvas map dialog"
    ).split()
    out = page
    for _ in range(chance.choice((1, 3, 12))):
        tag, other = chance.choice(tags), chance.choice(tags)
        words = f"<p>{' '.join(WORDS)}</p><img src=/n.jpg>"
        markup = chance.choice(
            (f"<{tag}><{other}>{words}</{tag}></{other}>", f"<{tag}>" * 50 + words, f"<{tag}/>{words}", f"</{tag}>")
        )
        out = put(out, chance, markup)
    return out


def doctype(page: bytes, chance: Random) -> bytes:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    head = chance.choice(
        (
            bomb + "]>",
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE html SYSTEM "http://a.example/x.dtd">',
            "<!DOCTYPE " + "a" * MEGABYTE + ">",
            "<!DOCTYPE html>" * 50_000,
            '<?xml version="1.0" encoding="utf-16"?>',
            "<?xml " * 50_000,
            "<!--" * 100_000,
            "<!-- -->" * 50_000,
            "<?a?>" * 50_000 + "<rss",
            " " * MEGABYTE,
        )
    )
    return put(head.encode() + page, chance, "&j; &x; &i;")


MUTATIONS: dict[str, Callable[[bytes, Random], bytes]] = {
    make.__name__: make
    for make in (
        truncated,
        beheaded,
        flipped,
        inserted,
        deleted,
        doubled,
        swapped,
        tags_lost,
        tags_renamed,
        unclosed,
        deep,
        huge_attribute,
        many_attributes,
        srcset,
        json_ld,
        huge_json_ld,
        metas,
        false_charset,
        recoded,
        nuls,
        terminal,
        big_text,
        repeated,
        many_elements,
        tables,
        nested,
        doctype,
    )
}
HEAVY = frozenset(
    "unclosed deep huge_attribute many_attributes srcset huge_json_ld big_text repeated many_elements doctype".split()
)
