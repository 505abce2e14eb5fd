"""The list of headlines: which are listed, their rows and day headings. Never opens a story by itself."""
