"""Headings and lines lose the marks of their permalinks, and what opens a text is its heading."""

import pytest

from reader.extract import extract_content


def markdown(markup: str) -> str:
    return extract_content(markup, "https://marsh.example/a").markdown


@pytest.mark.parametrize(
    "mark",
    [
        "<span class=permalink>¶</span>",
        "<span class=hash>#</span>",
        "<a href='#x'><img src=/link.png alt=link></a>",
        "<a href='#x'><span class=sr-only>Jump here</span></a>",
        "<a href='#x'>Link to this section</a>",
        "<a href='#top'>Top</a>",
        "<a href='#the-pump'>Zum Kapitel</a>",
        "<a href='#the-pump'>Direktlink</a>",
        "<span class=mw-editsection>[<a href='/edit'>edit</a>]</span>",
    ],
)
def test_a_heading_loses_the_mark_of_its_permalink(mark: str) -> None:
    assert markdown(f"<h2 id=the-pump>The pump{mark}</h2><p>It is old.</p>") == "## The pump\n\nIt is old."


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>The pump is old.<a class=headerlink href='#p'>¶</a></p>", "The pump is old."),
        ("<p><b>The pump<a href='#p'>¶</a></b></p>", "**The pump**"),
        ("<dl><dt>Pump<a class=headerlink href='#p'>¶</a></dt><dd>A tool.</dd></dl>", "**Pump**\n\nA tool."),
        ("<p>See rule <a href='#p'>#</a> and § 3.</p>", "See rule # and § 3."),
    ],
)
def test_a_line_loses_it_too_where_it_is_surely_one(markup: str, written: str) -> None:
    assert markdown(markup) == written


@pytest.mark.parametrize("said", ["Lien permanent", "(permanent link)", "Liên kết", "固定リンク"])
def test_a_link_of_a_heading_to_itself_is_a_permalink_in_any_language(said: str) -> None:
    assert markdown(f"<h2 id=s1>The pump <a href='#s1'>{said}</a></h2><p>It is old.</p>").startswith("## The pump\n")
    assert markdown(f"<section id=s1><h2><a href='#s1'>{said}</a> The pump</h2><p>It is old.</p></section>").startswith(
        "## The pump\n"
    )


def test_a_link_to_a_heading_that_says_words_of_it_stays() -> None:
    for heading in ("The pump and <a href='#p'>its well</a>", "<a href='#p'>The pump</a> and its well"):
        assert "its well" in markdown(f"<h2 id=p>{heading}</h2><p>It is old.</p>")
        assert "The pump" in markdown(f"<h2 id=p>{heading}</h2><p>It is old.</p>")


@pytest.mark.parametrize(
    "opener",
    [
        "<button class=accordion>{}</button><div class=panel style='display:none'>{}</div>",
        "<button class=accordion aria-expanded=false>{}</button><div hidden>{}</div>",
        "<div class=faq><label for=t>{}</label><div class='text hidden'>{}</div></div>",
        "<div class=tab><input type=checkbox id=t><label for=t>{}</label><div>{}</div></div>",
        "<button aria-controls=x>{}</button><div id=x aria-hidden=true>{}</div>",
    ],
)
@pytest.mark.parametrize(
    ("title", "text"), [("Oil", "Twice a year, in spring and in autumn."), ("注油", "一年两次，春天和秋天，用两滴油。")]
)
def test_a_short_title_opens_a_text_as_a_question_does(opener: str, title: str, text: str) -> None:
    assert markdown(opener.format(title, text)) == f"### {title}\n\n{text}"


@pytest.mark.parametrize("control", ["Show", "Read more", "Mehr anzeigen", "展开全文"])
def test_a_button_that_names_nothing_is_no_heading_but_its_text_is_shown(control: str) -> None:
    text = "It has leaked since the winter of the flood."
    assert markdown(f"<button aria-controls=a>{control}</button><div id=a hidden>{text}</div>") == text


@pytest.mark.parametrize(
    "panel", ["<ul><li><a href=/a>Pumps</a></li><li><a href=/b>Wells</a></li></ul>", "Name: <input name=n> of yours."]
)
def test_a_menu_and_a_form_are_opened_by_no_heading(panel: str) -> None:
    assert "###" not in markdown(f"<p>One.</p><button class=accordion>Pumps</button><div>{panel}</div>")


@pytest.mark.parametrize("heading", ["<h2>Learning C#</h2>", "<h2><a href='#p'>2.1</a> Pumps</h2>"])
def test_a_mark_that_is_a_word_stays(heading: str) -> None:
    assert markdown(f"{heading}<p>It is old.</p>").startswith(("## Learning C", "## 2.1 Pumps"))


@pytest.mark.parametrize(
    "opener",
    [
        "<div class=faq-item><div role=button>Does the pump leak?</div><div hidden><p>{}</p></div></div>",
        "<button aria-expanded=false aria-controls=a>Does the pump leak?</button><div id=a aria-hidden=true>{}</div>",
        "<h3><button aria-expanded=false>Does the pump leak?</button></h3><div style='display: none'>{}</div>",
        "<div class=accordion><input type=checkbox id=a><label for=a>Does the pump leak?</label><div>{}</div></div>",
    ],
)
def test_what_opens_a_text_is_its_heading_and_the_text_is_there(opener: str) -> None:
    answer = "It has leaked since the winter of the flood."
    assert markdown(opener.format(answer)) == f"### Does the pump leak?\n\n{answer}"


def test_a_heading_with_a_picture_stays_a_heading() -> None:
    assert markdown("<h2><img src=/p.jpg alt='The old pump'> Pumps</h2><p>Old.</p>") == (
        "![The old pump](https://marsh.example/p.jpg)\n\n## Pumps\n\nOld."
    )


@pytest.mark.parametrize("words", ["Direktlink", "Lien permanent", "(permanent link)", "固定链接", "Đường dẫn"])
@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id=x>The pump <a href='#x'>{}</a></h2>",
        "<h2><span id=x>The pump</span> <a href='#x'>{}</a></h2>",
        "<h2>The pump<a name=x href='#x'>{}</a></h2>",
        "<section id=x><h2>The pump <span><a href='#x'>{}</a></span></h2></section>",
        "<h2 id=x>The pump <a href='https://marsh.example/a#x'>{}</a></h2>",
    ],
)
def test_a_link_of_a_heading_to_itself_is_no_part_of_it_in_any_language(heading: str, words: str) -> None:
    assert markdown(f"{heading.format(words)}<p>It is old.</p>") == "## The pump\n\nIt is old."


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("<h2 id=x><a href='#x'>The pump</a></h2>", "The pump"),
        ("<h2 id=x>2. <a href='#x'>The pump</a></h2>", "The pump"),
        ("<h2 id=x><a href='#x'>2.</a> The pump</h2>", "2."),
        ("<h2 id=x>The pump <a href='#y'>of the mill</a></h2>", "of the mill"),
        ("<h2 id=x>The <a href='#x'>old pump</a> of the mill</h2>", "old pump"),
    ],
)
def test_a_link_that_is_the_heading_or_leads_elsewhere_stays(heading: str, text: str) -> None:
    assert text in markdown(f"{heading}<p>It is old.</p>")
