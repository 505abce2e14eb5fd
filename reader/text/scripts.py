"""Ranges of Unicode, for regular expressions' character classes: scripts that say much in few characters."""

KANA_AND_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HANGUL = "\uac00-\ud7af"
THAI = "\u0e00-\u0e7f"
