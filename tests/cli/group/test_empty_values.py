"""What an unset variable of a script does: nothing."""

import pytest

from reader.cli.selection import chosen, source_of
from reader.errors import Misuse, NotFound
from reader.lists.opml import parse
from reader.store import Library
from tests import add_source


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_an_empty_name_names_no_source_and_no_folder(library: Library, text: str) -> None:
    add_source(library, "https://gull.example/rss", "The Gull", folder="World")
    with pytest.raises(NotFound):
        source_of(library, text)
    nothing = dict.fromkeys(("unread", "starred", "saved", "kept", "source", "since", "until"))
    with pytest.raises(NotFound):
        chosen(library, nothing | {"folder": text})


def test_entities_behind_a_comment_are_refused_too() -> None:
    body = b'<opml><body><outline text="&a;" xmlUrl="https://g.example/"/></body></opml>'
    document = b'<!-- <outline --><!DOCTYPE opml [<!ENTITY a "X">]>' + body
    with pytest.raises(Misuse, match="entities"):
        parse(document, "list.opml")
