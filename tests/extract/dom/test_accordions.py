"""What opens a text that lies in another box is its heading, and the text is there; menus stay menus."""

import time

import pytest

from reader.extract import extract_content

PUMP = "It has leaked since the winter of the flood."
TAB = "<button class=nav-link role=tab data-bs-target='#{}'>{}</button>"
WELL = "The well was dug by hand, and it never ran dry."


def markdown(markup: str) -> str:
    return extract_content(markup, "https://marsh.example/a").markdown


@pytest.mark.parametrize(
    "markup",
    [
        "<div><div class=head><button aria-controls=p>Pump</button></div><div id=p class=hidden>{}</div></div>",
        "<div><div><div><button data-target='#p'>Pump</button></div></div><div><div id=p hidden>{}</div></div></div>",
        "<div class=bar data-bs-toggle=collapse data-bs-target='#p'>Pump</div><div id=p hidden>{}</div>",
        "<div class=row><h3><button aria-controls=p>Pump</button></h3></div><div id=p hidden>{}</div>",
        "<h3><a data-toggle=collapse href='#p'>Pump</a></h3><div id=p style='display:none'>{}</div>",
        "<ul class=tabs><li><a href='#p'>Pump</a></li></ul><div id=p hidden>{}</div>",
        "<div id=p hidden>{}</div><div><button aria-controls=p>Pump</button></div>",
        "<p><button aria-controls='gone p'>Pump</button></p><div id=p hidden><h3>Pump</h3>{}</div>",
    ],
)
def test_the_text_that_an_opener_names_is_shown_under_what_it_says(markup: str) -> None:
    assert markdown(markup.format(f"<p>{PUMP}</p>")) == f"### Pump\n\n{PUMP}"


@pytest.mark.parametrize(
    "tabs",
    [
        "<ul role=tablist><li><a role=tab href='#p'>Pump</a></li><li><a role=tab href='#w'>Well</a></li></ul>",
        f"<nav><div class='nav nav-tabs'>{TAB.format('p', 'Pump')}{TAB.format('w', 'Well')}</div></nav>",
        "<div><button aria-controls=p>Pump</button><button aria-controls=w>Well</button></div>",
    ],
)
def test_each_tab_is_the_heading_of_its_own_panel(tabs: str) -> None:
    panels = f"<div><div id=p role=tabpanel><p>{PUMP}</p></div><div id=w class=d-none role=tabpanel><p>{WELL}</p></div>"
    assert markdown(f"{tabs}{panels}</div>") == f"### Pump\n\n{PUMP}\n\n### Well\n\n{WELL}"


def test_two_openers_of_one_text_show_it_once() -> None:
    twice = "<div><button aria-controls=p>Pump</button></div>" * 2
    assert markdown(f"{twice}<div id=p hidden><p>{PUMP}</p></div>") == f"### Pump\n\n{PUMP}"


@pytest.mark.parametrize(
    ("opener", "panel"),
    [
        ("<button aria-controls=l aria-haspopup=true>Ports</button>", "<ul id=l hidden><li>Ebb and flood.</ul>"),
        ("<button class=lang-switch aria-controls=l>Tiếng Việt</button>", "<p id=l hidden>English is here too.</p>"),
        ("<button aria-controls=l>Tongues</button>", "<div id=l class=language-list hidden>English is here.</div>"),
        ("<button data-bs-toggle=modal data-bs-target='#l'>Join</button>", "<div id=l hidden>Write to us.</div>"),
        ("<button aria-controls=l>Ports</button>", "<div id=l role=menu hidden>All of the ports are here.</div>"),
        ("<button aria-controls=l>Ports</button>", "<div id=l hidden><a href=/a>All of the ports are here.</a></div>"),
        ("<button aria-controls=l>Find</button>", "<div id=l hidden>Say what you look for. <input name=q></div>"),
    ],
)
@pytest.mark.parametrize("between", ["", "<p>One.</p>"])
def test_what_opens_a_menu_a_window_or_a_form_shows_nothing(opener: str, panel: str, between: str) -> None:
    shown = markdown(f"<div>{opener}</div>{between}{panel}<p>Two.</p>")
    assert "###" not in shown
    assert not any(word in shown for word in ("here", "Ebb", "Write", "Say"))


def test_a_row_of_tabs_that_are_lists_of_links_stays_what_it_is() -> None:
    row = "".join(f"<li><a role=tab href='#{name}'>{name}</a></li>" for name in ("popular", "latest", "said"))
    links = "<ul><li><a href=/1>One day at sea</a></li><li><a href=/2>Two days at sea</a></li></ul>"
    panels = f"<div id=popular>{links}</div><div id=latest hidden>{links}</div><div id=said hidden>{PUMP}</div>"
    assert PUMP not in markdown(f"<p>{WELL}</p><ul role=tablist>{row}</ul>{panels}")


def test_thousands_of_openers_are_looked_at_in_little_time() -> None:
    openers = "".join(f"<div><button aria-controls=p>Pump {number}</button></div>" for number in range(3000))
    began = time.process_time()
    markdown(f"{openers}<div id=p hidden>{f'<p>{PUMP}</p>' * 300}</div>")
    assert time.process_time() - began < 5
