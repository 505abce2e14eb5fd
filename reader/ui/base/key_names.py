"""The name of a key, as the table of commands writes it. Pure."""


def key_of(name: str, character: str | None) -> str:
    """Return a key as the table of commands writes it, from Textual's name and the character it types."""
    if "+" in name:  # Alt+j types a "j" for Textual
        return name
    if character and character.isprintable() and character != " " and len(character) == 1:
        return character
    return name
