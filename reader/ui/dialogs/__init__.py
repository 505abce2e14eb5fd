"""What opens over a screen and asks for something: an address, a list to import, settings of a source, a command.

Never a screen of its own.
"""
