"""Raised and lowered characters that Unicode has letters for: x², H₂O."""

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def superscript(text: str) -> str | None:
    """Return the text raised, or None where Unicode lacks one of its characters raised (5th, 1er)."""
    return _translated(text, _RAISED)


def subscript(text: str) -> str | None:
    """Return the text lowered, or None where Unicode lacks one of its characters lowered."""
    return _translated(text, _LOWERED)


def _translated(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if text and all(ord(character) in table for character in text) else None
