"""Tests of `reader.cli.group`: what every command does with its streams, signals and exit codes."""
