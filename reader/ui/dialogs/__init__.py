"""What opens over a screen and asks for something: an address, a list to import, settings of a source, a command.

Each is imported when it is first opened. Never a screen of its own; acts on the main screen through
`reader.ui.base.host.Host` only.
"""
