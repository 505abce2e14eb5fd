"""How Newsstand looks: colours, glyphs, scrollbars, style sheets, what the terminal can show. Has no sentences."""
