"""A site rule tried on a page: what each of its selectors finds, and what is found without it."""

from reader.config.values import RuleFile
from reader.extract.rule_trial import RuleTrial, try_rule

URL = "https://marsh.example/ferry"
TEXT = "The council voted on Tuesday to keep the old ferry running, after three winters of argument. " * 3
PAGE = f"""<html><head><meta charset="utf-8"><title>Ferry saved</title></head><body><h1 class="head">Ferry saved</h1>
<div class="text main extra"><p>{TEXT}</p></div><time class="when" datetime="2026-03-07"></time></body>""".encode()


def tried(toml: str, *, only: bool = False, page: bytes = PAGE) -> RuleTrial:
    file = RuleFile("own", "own.toml", toml.encode(), own=True)
    return try_rule((file,), file if only else None, page, URL)


def test_each_selector_says_what_it_finds_and_whether_it_counts() -> None:
    trial = tried(
        'hosts = ["marsh.example"]\ntitle = [".none", ".head", "h1"]\ndate = [".when"]\nbody = ["div.text"]\n'
    )
    assert (trial.fits, trial.ruled.how, trial.generic.how) == ("host", "rule:own", "generic")
    parts = dict(trial.parts)
    assert [(one.css, one.found, one.taken, one.said) for one in parts["title"]] == [
        (".none", 0, False, ""),
        (".head", 1, True, "Ferry saved"),
        ("h1", 1, False, "Ferry saved"),
    ]
    assert [(one.taken, one.said) for one in parts["date"]] == [(True, "2026-03-07")]


def test_the_places_of_headline_and_text_are_selectors_to_write_into_a_rule() -> None:
    assert dict(tried('hosts = ["marsh.example"]\n').default_selectors) == {"title": "h1.head", "body": "div.text.main"}


def test_a_place_is_named_by_its_id_or_by_what_it_stands_in() -> None:
    page = PAGE.replace(b' class="head"', b' id="head"').replace(b' class="text main extra"', b"")
    assert dict(tried('hosts = ["marsh.example"]\n', page=page).default_selectors) == {
        "title": "h1#head",
        "body": "div",
    }
    nested = PAGE.replace(b'<h1 class="head">', b'<header id="top"><x1><h1>').replace(b"</h1>", b"</h1></x1></header>")
    assert dict(tried('hosts = ["marsh.example"]\n', page=nested).default_selectors)["title"] == "header#top > x1 > h1"


def test_a_rule_by_mark_fits_and_one_of_another_host_is_tried_all_the_same() -> None:
    assert tried('marks = ["h1.head"]\nbody = ["div.text"]\n').fits == "mark"
    other = 'hosts = ["moor.example"]\nbody = ["div.text"]\n'
    assert tried(other).rule is None
    alone = tried(other, only=True)
    assert (alone.fits, alone.ruled.how) == ("", "rule:own")


def test_an_empty_page_has_nothing_to_try() -> None:
    trial = tried('hosts = ["marsh.example"]\n', page=b" ")
    assert (trial.parts, trial.ruled.markdown) == ((), "")
