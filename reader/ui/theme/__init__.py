"""How Newsstand looks: colours, glyphs, scroll bars, style sheets, and what the terminal can show. Holds no words."""
