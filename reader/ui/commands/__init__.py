"""What each command does: one function for each command id, in one table. `reader.commands` says when, this says what.

Commands act through `CommandHost` and the pane in focus; they draw nothing.
"""

from reader.ui.commands.handlers import TABLE, run
from reader.ui.commands.host import CommandHost

__all__ = ["TABLE", "CommandHost", "run"]
