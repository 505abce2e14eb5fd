"""Every command once, and which keys carry it out. Plain data and pure functions: nothing here acts or draws."""

from reader.commands.command_list import COMMANDS, CONTEXTS, Command, PaneName, Where, key_name, works_in

__all__ = ["COMMANDS", "CONTEXTS", "Command", "PaneName", "Where", "key_name", "works_in"]
