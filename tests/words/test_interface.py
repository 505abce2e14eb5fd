"""Sentences of the interface that say what a refresh kept."""

from reader import words


def test_a_full_disk_is_named_and_not_taken_for_a_page_that_did_not_come() -> None:
    alone = words.kept_for_offline(7, {}, full=3)
    assert alone == "Kept 7 stories for offline; the disk is full: 3 could not be kept."
    both = "Kept 1 story for offline; the disk is full: 3 could not be kept; 2 failed: 2 no answer."
    assert words.kept_for_offline(1, {"no answer": 2}, full=3) == both


def test_what_could_not_be_kept_is_said_with_why_before_which() -> None:
    one = words.kept_for_offline(0, {"gone (404)": 1}, which="Fog")
    assert one == "Kept 0 stories for offline; 1 failed, gone (404). It is: Fog"
    several = words.kept_for_offline(4, {"no answer": 1, "gone (404)": 2}, which="Fog {n}")
    assert several == "Kept 4 stories for offline; 3 failed: 2 gone (404), 1 no answer. The first: Fog {n}"


def test_related_stories_are_counted_apart_and_hide_nothing_unread() -> None:
    said = words.kept_for_offline(0, {}, related={"gone (404)": 2})
    assert said == "Everything unread is kept offline already. 2 related stories could not be had: 2 gone (404)."


def test_what_is_played_is_named_and_nothing_left_to_keep_is_said() -> None:
    assert words.sent_to_player("https://cdn.example/1.mp3", "/usr/bin/mpv --x", "Fog") == "Playing in mpv: Fog"
    assert words.kept_for_offline(0, {}) == "Everything unread is kept offline already."
