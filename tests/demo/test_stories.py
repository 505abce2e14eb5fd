"""The form in which stories are written, and what it refuses."""

import pytest

from reader.demo.stories import StoryBlock, parse, plain

HEAD = "title: A\nsection: Town\nlede: B\nminutes: 5\n"


def test_a_body_is_read_block_by_block() -> None:
    body = """
One line
and its second.

## A heading

!harbour 3 | Boats, at rest | Tom

> Said one thing.
> Said another.
> — Ann, mate

- first
- second

1. one
1. two

| a | b |
| 1 | 2 |

```python
x = 1

y = 2
```

: Box
: Inside.

[^1]: A note.

{related}
"""
    assert parse(HEAD + body, "ledger", "a").blocks == (
        StoryBlock("p", ("One line and its second.",)),
        StoryBlock("h2", ("A heading",)),
        StoryBlock("figure", ("harbour 3", "Boats, at rest", "Tom")),
        StoryBlock("quote", ("Said one thing.", "Said another."), "Ann, mate"),
        StoryBlock("ul", ("first", "second")),
        StoryBlock("ol", ("one", "two")),
        StoryBlock("table", ("a | b", "1 | 2")),
        StoryBlock("code", ("x = 1\n\ny = 2",), "python"),
        StoryBlock("box", ("Inside.",), "Box"),
        StoryBlock("note", ("A note.",), "1"),
        StoryBlock("related", ()),
    )


def test_a_misspelt_head_line_is_refused() -> None:
    with pytest.raises(ValueError, match="relatd"):
        parse(HEAD + "relatd: b\n\nText.", "ledger", "a")


def test_a_story_without_a_title_is_refused() -> None:
    with pytest.raises(KeyError, match="title"):
        parse("section: Town\nlede: B\nminutes: 5\n\nText.", "ledger", "a")


def test_marks_are_no_part_of_the_words() -> None:
    assert plain("*Of* **all** the `code` on [that page](some-page).[^1]") == "Of all the code on that page."
