"""Every command once, and which keys carry it out. Plain data and pure functions: nothing here acts or draws."""

from reader.commands.table import COMMANDS, Command, Where, key_name

__all__ = ["COMMANDS", "Command", "Where", "key_name"]
