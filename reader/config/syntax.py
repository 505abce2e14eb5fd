"""What tomllib says of a file that is not TOML, as a place and a reason that people can use."""

import re

from reader.config.lines import unfinished

_AT = re.compile(r"^(.*?)(?: \(at (?:line (\d+), column (\d+)|end of document)\))?$", re.S)

_REASONS = (
    ("Expected '=' after a key", "no_equals"),
    ("Expected newline or end of document", "more_on_line"),
    ("Cannot overwrite a value", "twice"),
    ("Cannot declare", "twice"),
    ("Cannot mutate", "twice"),
    ("Duplicate inline table key", "twice"),
    ("Expected ']'", "no_bracket"),
    ("Unclosed array", "no_bracket"),
    ("Unclosed inline table", "no_brace"),
    ("Unterminated string", "no_quote"),
    ('Expected "\'"', "no_quote"),
    ("Illegal character '\\n'", "no_quote"),
    ("Invalid value", "no_value"),
    ("Invalid initial character for a key part", "no_name"),
    ("Invalid statement", "no_name"),
    ("Unescaped '\\'", "backslash"),
    ("Invalid hex value", "backslash"),
)


def where_and_why(said: str, text: str) -> tuple[int | None, int | None, str]:
    """Return line and column (from 1) of tomllib's complaint, and the name of its reason in `words.settings`.

    A fault at the end of the document is on the line where the last statement begins; it has no column.
    """
    found = _AT.match(said)
    message, line, column = found.groups() if found else (said, None, None)
    why = next((name for begin, name in _REASONS if message.startswith(begin)), "other")
    if line and column:
        return int(line), int(column), why
    if "end of document" not in said:
        return None, None, why
    return unfinished(text), None, "ends" if why == "no_value" else why
