"""Sources in the library: their rows and what is changed of them, and the names of those that nobody has named. Nothing
here asks a server."""
