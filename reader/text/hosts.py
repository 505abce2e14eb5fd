"""Host names that imitate others (Unicode Technical Standard 39): they stand in Punycode, as browsers show them.

A label that mixes scripts is one of these, but for the mixtures in which Japanese, Chinese and Korean are written
(UTS 39, 5.2, Highly Restrictive), and so is one all of whose letters look like Latin ones (5.1, whole-script
confusables). Vietnamese, German, Greek, Cyrillic names that imitate nothing stay as they are read. Pure.
"""

import re
import unicodedata
from functools import lru_cache

# The letters that may stand in a name (RFC 5892) and that confusables.txt of UTS 39 (Unicode 15, as the package
# confusable-homoglyphs 3.3.1 has it) gives a letter or digit of ASCII as a double. Of the Latin ones those of phonetic
# alphabets: the others (Turkish, African) are letters that people write their names with.
_DOUBLES = frozenset(
    "басԁеҽһіꙇӏјорԛгѕѵѡԝхуүքցհոռօգզսաⲥⲟⲣⲅჿყαιϳοσρᴦυνγ"
    "ᒿᑲᖯᑯᕁᕽ𐐽𐐬𐑈𑜆𑜊𑜎𑜏ꓒꓲ𐊊𖼻𖼨ဝ𐌚𐌉𐓪𐓶ᛁⵏഠ𑣊𑣕𑣆𑣌𑣖𑣃𑣈𑣗𑣁𑣘𑣀𑣜𑣄"
    "ɑᴄꬲꬵꞙẝɡᶃƍɪɩǀᴏᴑꬽꭇꭈꜱƽꞟᴜꭎꭒᴠᴡᶌʏỿꭚᴢ"
)
_EAST_ASIAN = (
    frozenset(("LATIN", "CJK", "HIRAGANA", "KATAKANA")),
    frozenset(("LATIN", "CJK", "BOPOMOFO")),
    frozenset(("LATIN", "CJK", "HANGUL")),
)
# The first word of a character's name is its script; these are named otherwise, or belong to several.
_SCRIPTS = {"IDEOGRAPHIC": "CJK", "EXTENDED": "ARABIC", "ARABIC-INDIC": "ARABIC", "KATAKANA-HIRAGANA": ""}
_SIGNS = frozenset("-\ufffd\u00b7\u05f3\u05f4\u30fb\u200c\u200d")
# An ellipsis ends an address that was cut: it is no letter of a host.
_HOST = re.compile(r"(?<=://)[^\s/?#\"'<>\\…]*[^\x00-\x7f…][^\s/?#\"'<>\\…]*")


def unmistakable(host: str) -> str:
    """Return a host name, with its port if it has one, with each label that imitates another in Punycode (RFC 3492).

    A label in Punycode stays so. What is no name (an IP address) is returned as it is.
    """
    return host if host.isascii() else ".".join(map(_label, re.split(r"[.\u3002\uff0e\uff61]", host)))


def with_unmistakable_hosts(text: str) -> str:
    """Return any text with the hosts of the web addresses in it `unmistakable`."""
    return text if text.isascii() else _HOST.sub(lambda found: unmistakable(found.group()), text)


@lru_cache(maxsize=1024)
def _label(label: str) -> str:
    name, colon, port = label.partition(":")
    plain = unicodedata.normalize("NFKC", name.lower())
    if plain.isascii():
        return plain + colon + port
    return (_punycode(plain) if _imitates(plain) else unicodedata.normalize("NFC", name)) + colon + port


def _imitates(label: str) -> bool:
    if any(unicodedata.category(letter)[0] not in "LMN" and letter not in _SIGNS for letter in label):
        return not all(unicodedata.category(letter) in ("So", "Sk", "Mn") or letter in _SIGNS for letter in label)
    scripts = {_script(letter) for letter in label} - {""}
    if len(scripts) > 1 and not any(scripts <= together for together in _EAST_ASIAN):
        return True
    letters = [letter for letter in label if not (letter.isascii() and ("LATIN" in scripts or not letter.isalpha()))]
    return all(letter in _DOUBLES for letter in letters)


def _script(letter: str) -> str:
    if unicodedata.category(letter)[0] == "M" or letter in _SIGNS or (letter.isascii() and not letter.isalpha()):
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return _SCRIPTS.get(first, first)


def _punycode(label: str) -> str:
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except UnicodeError:  # not a name that anybody can register: it is shown all the same
        return "xn--" + label.encode("punycode").decode("ascii")
