"""How many words a text has, and how long it takes to read. Pure."""

import math
import re

from reader.text.scripts import KANA_AND_HAN

WORDS_A_MINUTE = 230
CJK_A_MINUTE = 500
_CJK = re.compile(f"[{KANA_AND_HAN}]")


def reading_time(texts: list[str]) -> tuple[int, int]:
    """Return words and minutes: 230 words a minute, 500 characters of Chinese or Japanese; each character is a word."""
    text = " ".join(texts)
    # A text has some sixty characters, many times each: each is judged once.
    letters = set(text)
    characters = 0
    if _CJK.search("".join(letters)):
        text, characters = _CJK.subn(" ", text)
    for letter in letters:
        if not letter.isalnum() and letter != "_":
            text = text.replace(letter, " ")
    count = len(text.split())
    minutes = math.ceil(count / WORDS_A_MINUTE + characters / CJK_A_MINUTE)
    return count + characters, minutes
