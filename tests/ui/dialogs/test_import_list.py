"""A list of subscriptions is brought in: what its papers have is shown as it comes."""

import threading
from pathlib import Path

from tests.fetch.scripted_server import Call, Server
from tests.ui.app_driver import FilledLibrary, OpenReader, feed
from tests.ui.dialog_driver import paste, press


async def test_what_imported_papers_have_is_in_the_empty_list_at_once_also_while_one_moves_in_it(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def late(name: str) -> str:
        answer = feed(*((f"{name} {n}", server.url(f"/{name}/{n}")) for n in range(4)))

        def send(call: Call) -> None:
            go_on.wait(10)
            call.send(answer)

        return server.says(f"/{name}", send)

    first = server.says("/first", feed(*((f"First {n}", server.url(f"/first/{n}")) for n in range(2))))
    urls = [first, late("Second"), late("Third")]
    outlines = "".join(f'<outline type="rss" text="Paper {n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
    path = tmp_path / "papers.opml"
    path.write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>', encoding="utf-8")
    async with open_reader(offline=False) as reader:
        await press(reader, "i")
        await paste(reader, str(path))
        await press(reader, "enter")
        await reader.pilot.press("enter")
        while "First 1" not in reader.text:
            await reader.pilot.pause()
        await reader.pilot.press("j")
        row = reader.app.main_screen.list_pane.row
        assert row is not None
        go_on.set()
        await reader.wait_until_idle()
        assert "↑" not in reader.lines[2]
        assert reader.app.main_screen.headlines.shown == 10
        assert reader.app.main_screen.list_pane.row == row
        assert row.title in reader.text
        server.says("/first", feed(("First 9", server.url("/first/9"))))
        await reader.press("R")
        assert "↑ 1 new" in reader.lines[2], "what comes later is announced"
