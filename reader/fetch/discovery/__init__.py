"""Which feeds stand behind an address: itself, those that its page or its answer's head names, and usual addresses.

`discover.discover` asks; `named_feeds` and `link_header` only read, and never ask.
"""
