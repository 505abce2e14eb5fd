"""The options of `add` and `set` that say how a source is asked, checked: what cannot be sent is refused, and why."""

from collections.abc import Sequence

from reader.errors import Misuse
from reader.text import clean_line
from reader.words import command_line as command_line_words
from reader.words import subscriptions as subscriptions_words


def checked_user_agent(text: str | None) -> str | None:
    """Return a user agent that can be sent; None where the settings hold. Misuse for one that cannot."""
    if text is None or text.strip() in ("", "default"):
        return None
    if not (text.isascii() and text.isprintable() and len(text) <= 500):
        raise Misuse(command_line_words.bad_user_agent())
    return text.strip()


def checked_headers(lines: Sequence[str], *, login: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the headers that lines such as `Name: value` say; () for `default` alone. Misuse, naming the header, for
    one that cannot be sent. `login`: the address has one, so that Authorization is taken."""
    from reader.text.request_headers import HEADERS_AT_MOST, parse_header

    headers: dict[str, tuple[str, str]] = {}
    for line in () if [line.strip() for line in lines] == ["default"] else lines:
        found = parse_header(line)
        name = clean_line(line.partition(":")[0], 100)
        if isinstance(found, str):
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", found))
        if login and found[0].lower() == "authorization":
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", "login"))
        headers[found[0].lower()] = found
        if len(headers) > HEADERS_AT_MOST:
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", "many"))
    return tuple(headers.values())
