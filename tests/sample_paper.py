"""What a synthetic paper on loopback answers with: feeds, pages, prose."""

from tests.fetch.scripted_server import reply


def feed(*items: tuple[str, str], home: str = "https://example.org/", extra: str = "") -> bytes:
    """Return an RSS answer with these (title, link) items."""
    body = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>{extra}</item>" for title, link in items
    )
    channel = f"<channel><title>The Gull</title><link>{home}</link>{body}</channel>"
    document = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    return reply(document.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"1"'})


def paragraphs(count: int, about: str) -> str:
    """Return so many paragraphs of prose, no two alike."""
    return "".join(
        f"<p>On the {n}th morning the {about} came in on the flood, and the harbour master wrote down the {n + 3} "
        f"crates it carried, one by one, in the book that lies open on his desk beside the tide tables.</p>"
        for n in range(4, 4 + count)
    )


def page(title: str, *, about: str = "ferry", related: tuple[tuple[str, str], ...] = (), count: int = 8) -> bytes:
    """Return an answer that is a newspaper page with one story and a related block."""
    links = "".join(f'<li><a href="{url}">{text}</a></li>' for text, url in related)
    block = f'<aside class="related"><h2>Related stories</h2><ul>{links}</ul></aside>' if related else ""
    document = (
        f"<!doctype html><html lang=en><head><title>{title} | The Gull</title></head>"
        f"<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs(count, about)}{block}</article></body></html>"
    )
    return reply(document.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def in_pages(
    number: int, of: int, *, title: str = "The ferry is back", at: str = "/ferry", canonical: str = "", count: int = 4
) -> bytes:
    """Return an answer that is page `number` of a story in `of` pages, each with the same introduction and a pager."""
    pager = " ".join(
        f"<b>{n}</b>" if n == number else f'<a href="{at}{f"?page={n}" if n > 1 else ""}">{n}</a>'
        for n in range(1, of + 1)
    )
    further = f' <a href="{at}?page={number + 1}">Next ›</a>' if number < of else ""
    intro = "<p>After three winters of argument the old ferry crosses the harbour again, and everyone has a view.</p>"
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    about = ("ferry", "keel", "lottery", "chapel", "storm")[(number - 1) % 5] + str(number)
    document = (
        f"<!doctype html><html lang=en><head><title>{title} | The Gull</title>{head}</head><body><article>"
        f'<h1>{title}</h1>{intro}{paragraphs(count, about)}<div class="pager">{pager}{further}</div>'
        f"</article></body></html>"
    )
    return reply(document.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
