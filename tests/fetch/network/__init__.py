"""The network below HTTP."""
