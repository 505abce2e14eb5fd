"""Sentences of the interface that say what a refresh kept."""

from reader import words


def test_a_full_disk_is_named_and_not_taken_for_a_page_that_did_not_come() -> None:
    assert words.kept_for_offline(7, 0, full=3) == "Kept 7 stories for offline; the disk is full: 3 could not be kept."
    both = "Kept 1 story for offline; the disk is full: 3 could not be kept; 2 could not be fetched."
    assert words.kept_for_offline(1, 2, full=3) == both
    assert words.kept_for_offline(0, 1, which="Fog") == "Kept 0 stories for offline; 1 could not be fetched: Fog"
    assert words.kept_for_offline(0, 3, which="Fog").endswith("3 could not be fetched: Fog, and more")
    assert words.sent_to_player("https://cdn.example/1.mp3", "/usr/bin/mpv --x", "Fog") == "Playing in mpv: Fog"
    assert words.kept_for_offline(0, 0) == "Everything unread is kept offline already."
