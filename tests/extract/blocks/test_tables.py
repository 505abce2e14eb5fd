"""Each value of a table stands under its own head."""

import pytest

from reader.extract import extract_content


def rows(markup: str) -> list[str]:
    lines = extract_content(f"<table>{markup}</table>", "https://marsh.example/tides").markdown.splitlines()
    return [line for line in lines if "---" not in line]


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            (
                "<tr><th>Bank</th><th>Boat</th><th>Oars</th></tr><tr><td rowspan=3>North</td><td>Ann</td><td>4</td>"
                "</tr><tr><td>Bea</td><td>6</td></tr><tr><td>Cid</td><td>2</td></tr>"
            ),
            ["| Bank | Boat | Oars |", "| North | Ann | 4 |", "|  | Bea | 6 |", "|  | Cid | 2 |"],
        ),
        (
            "<tr><th>Boat</th><th>Oars</th></tr><tr><td>Ann</td><td rowspan=2>4</td></tr><tr><td>Bea</td></tr>",
            ["| Boat | Oars |", "| Ann | 4 |", "| Bea |  |"],
        ),
        (
            (
                "<thead><tr><th rowspan=2>Boat</th><th colspan=2>Tide</th></tr><tr><th>High</th><th>Low</th></tr>"
                "</thead><tr><td>Ann</td><td>5</td><td>1</td></tr>"
            ),
            ["| Boat | Tide |  |", "|  | High | Low |", "| Ann | 5 | 1 |"],
        ),
        (
            (
                "<tr><td rowspan=2 colspan=2>Ann</td><td>4</td></tr><tr><td>6</td></tr>"
                "<tr><td>a</td><td>b</td><td>c</td></tr>"
            ),
            ["|  |  |  |", "| Ann |  | 4 |", "|  |  | 6 |", "| a | b | c |"],
        ),
        (
            "<tr><th>Boat</th><th>Oars</th></tr><tr><td rowspan=0>Ann</td><td>4</td></tr><tr><td>6</td></tr>",
            ["| Boat | Oars |", "| Ann | 4 |", "|  | 6 |"],
        ),
        (
            "<tr><th>Boat</th><th>Oars</th></tr><tr><td rowspan=many>Ann</td><td colspan=-1>4</td></tr>",
            ["| Boat | Oars |", "| Ann | 4 |"],
        ),
    ],
)
def test_a_cell_that_spans_rows_or_columns_moves_no_other_under_a_wrong_head(markup: str, written: list[str]) -> None:
    assert rows(markup) == written


def test_spans_without_bound_are_cut() -> None:
    wide = "<tr><td colspan=9999 rowspan=9999>Ann</td><td>4</td></tr>" * 3
    assert all(row.count("|") <= 41 for row in rows(wide))


def test_a_cell_reaches_no_further_than_its_group_of_rows() -> None:
    groups = (
        "<tbody><tr><th>Bank</th><th>Boat</th></tr><tr><td rowspan=0>North</td><td>Ann</td></tr></tbody>"
        "<tbody><tr><td>South</td><td>Bea</td></tr></tbody>"
    )
    assert rows(groups) == ["| Bank | Boat |", "| North | Ann |", "| South | Bea |"]


def test_the_foot_stands_under_the_rows_wherever_it_is_written() -> None:
    markup = (
        "<thead><tr><th>Boat</th><th>Oars</th></tr></thead><tfoot><tr><td>All</td><td>10</td></tr></tfoot>"
        "<tbody><tr><td>Ann</td><td>4</td></tr><tr><td>Bea</td><td>6</td></tr></tbody>"
    )
    assert rows(markup) == ["| Boat | Oars |", "| Ann | 4 |", "| Bea | 6 |", "| All | 10 |"]


def test_a_cell_that_is_only_a_picture_says_what_it_shows() -> None:
    markup = (
        "<tr><th>Flag</th><th>Says</th></tr><tr><td><img src=/r.png alt='red flag'></td><td>Stop</td></tr>"
        "<tr><td><img src=/g.png alt='green flag'> Green</td><td>Go</td></tr>"
    )
    assert rows(markup) == ["| Flag | Says |", "| red flag | Stop |", "| Green | Go |"]


@pytest.mark.parametrize("columns", [40, 41, 60])
def test_no_cell_of_a_wide_table_is_lost(columns: int) -> None:
    heads = "".join(f"<th>tide{n}x</th>" for n in range(columns))
    cells = "".join(f"<td>height{n}x</td>" for n in range(columns))
    written = "\n".join(rows(f"<tr>{heads}</tr><tr>{cells}</tr>"))
    assert all(f"tide{n}x" in written and f"height{n}x" in written for n in range(columns))


@pytest.mark.parametrize("first", ["<td colspan=60>North</td>", "<td colspan=39>North</td><td rowspan=2>South</td>"])
def test_no_cell_is_lost_behind_one_that_takes_many_columns(first: str) -> None:
    cells = "".join(f"<td>height{n}x</td>" for n in range(38))
    written = "\n".join(rows(f"<tr>{first}<td>West</td></tr><tr>{cells}</tr><tr>{cells}</tr>"))
    assert "North" in written
    assert "West" in written
    assert all(written.count(f"height{n}x") == 2 for n in range(38))


def test_a_list_in_a_cell_stays_under_its_head() -> None:
    items = "".join(f"<li>{name}</li>" for name in ("fish", "salt", "leek", "milk", "dill", "rye"))
    assert rows(f"<tr><th>Dish</th><th>Parts</th></tr><tr><td>Soup</td><td><ul>{items}</ul></td></tr>") == [
        "| Dish | Parts |",
        "| Soup | fish · salt · leek · milk · dill · rye |",
    ]


def test_a_caption_of_a_table_keeps_its_links_and_marks() -> None:
    text = extract_content(
        "<table><caption>Tides, see <a href=/src>the book</a> and <b>the notes</b></caption>"
        "<tr><th>Day</th><th>Tide</th></tr><tr><td>1</td><td>4</td></tr></table>",
        "https://marsh.example/tides",
    ).markdown
    assert "Tides, see [the book](https://marsh.example/src) and **the notes**" in text


def test_a_long_row_over_all_columns_is_a_paragraph_and_a_short_one_a_row() -> None:
    note = "* Bea has no oars of her own, and rows with those of her neighbour across the water."
    table = (
        "<tr><td colspan=2>Boats of the marsh, by the year in which they were built, all of them</td></tr>"
        "<tr><th>Boat</th><th>Oars</th></tr><tr><td>Ann</td><td>4</td></tr><tr><td colspan=2>New boats</td></tr>"
        f"<tr><td>Bea *</td><td>6</td></tr><tr><td colspan=2>{note}</td></tr><tr><td>Cid</td><td>2</td></tr>"
    )
    text = extract_content(f"<table>{table}</table>", "https://marsh.example/tides").markdown
    first, *_, last = text.split("\n\n")
    assert first.startswith("Boats of the marsh")
    assert last == "\\" + note
    assert "| New boats |  |" in text
    assert "| Cid | 2 |" in text
    assert "| Boats of" not in text


def test_a_long_row_between_others_stays_over_those_that_it_heads() -> None:
    heads = ["Boats that crossed on the first day of spring", "Boats that crossed on the second day of spring"]
    parts = "".join(
        f"<tr><td colspan=2>{head}</td></tr><tr><td>Ann</td><td>{n}</td></tr><tr><td>Bea</td><td>{n + 2}</td></tr>"
        for n, head in enumerate(heads)
    )
    text = extract_content(f"<table><tr><th>Boat</th><th>Oars</th></tr>{parts}</table>", "https://marsh.example/tides")
    said = [heads[0], "| Ann | 0 |", "| Bea | 2 |", heads[1], "| Ann | 1 |", "| Bea | 3 |"]
    places = [text.markdown.index(part) for part in said]
    assert places == sorted(places)
