"""Commands about the library's file itself, a file for each. They never fetch anything."""
