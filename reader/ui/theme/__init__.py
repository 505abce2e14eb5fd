"""How Newsstand looks. Has no sentences, and never knows what is drawn with it.

Colours and styles in `theme`, glyphs in `glyphs`, scrollbars in `scrollbar`, what a terminal can show in `terminal`,
and the style sheets.
"""
