from reader.ui.base.key_names import key_of


def test_printable_keys_go_by_what_they_type_and_others_by_name() -> None:
    assert key_of("asterisk", "*") == "*"
    assert key_of("question_mark", "?") == "?"
    assert key_of("G", "G") == "G"
    assert key_of("space", " ") == "space"
    assert key_of("enter", "\r") == "enter"
    assert key_of("ctrl+f", "\x06") == "ctrl+f"
