"""The list of headlines: which are listed, their rows and day headings. Never opens a story by itself."""

from reader.ui.headlines.entry_list import EntryList, ListOptions
from reader.ui.headlines.view import VIEWS, Headlines, view_from_json, view_name, view_to_json

__all__ = ["VIEWS", "EntryList", "Headlines", "ListOptions", "view_from_json", "view_name", "view_to_json"]
