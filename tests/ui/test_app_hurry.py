"""A person types faster than the library writes and the network answers: nothing is lost, nothing is taken over."""

import sqlite3
import threading

from reading_room import Open, Shelf
from textual import events

from reader.ui.app import NewsstandApp

FERRY, SEALS, COUNCIL = "Ferry returns after eleven years", "Seals on the sand", "Council votes on gulls"
Pages = dict[str, int]


def burst(app: NewsstandApp, *keys: str) -> None:
    """Type all these keys before the first of them is looked at."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_quitting_at_once_keeps_every_star(open_reader: Open, two_papers: Pages, shelf: Shelf) -> None:
    async with open_reader() as reader:
        burst(reader.app, "*", "j", "*", "j", "*", "Q")
        while not reader.app._exit:
            await reader.pilot.pause()
    assert [shelf.row(two_papers[title]).starred for title in (FERRY, SEALS, COUNCIL)] == [True, True, True]


async def test_quitting_waits_for_another_process_that_is_writing(
    open_reader: Open, two_papers: Pages, shelf: Shelf
) -> None:
    elsewhere = sqlite3.connect(shelf.path, isolation_level=None, check_same_thread=False)
    elsewhere.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(0.3, elsewhere.execute, ["COMMIT"])
    async with open_reader() as reader:
        burst(reader.app, "*", "j", "*", "j", "*", "Q")
        while not reader.app._exit:
            await reader.pilot.pause()
        assert not shelf.row(two_papers[FERRY]).starred
        ends.start()
    ends.join()
    elsewhere.close()
    assert [shelf.row(two_papers[title]).starred for title in (FERRY, SEALS, COUNCIL)] == [True, True, True]
