"""The table of commands: each id that settings can bind has its function, and the other way round."""

from inspect import signature

from reader.commands import COMMANDS, Where
from reader.ui.commands import TABLE


def test_the_table_names_the_commands_that_there_are() -> None:
    assert set(TABLE) == {command.id for command in COMMANDS}
    assert {command.where for command in COMMANDS} <= set(Where)


def test_each_function_takes_the_host_and_those_of_counted_commands_a_count() -> None:
    counted = {command.id for command in COMMANDS if command.counted}
    for command, function in TABLE.items():
        taken = list(signature(function).parameters)
        assert taken[0] == "host"
        assert taken[1:] == (["count"] if command in counted else ["number"] if command == "related" else []), command
