"""What every part of the interface stands on. It never knows a page, a dialog or a pane.

The session that all share (`session`), what they may ask of the main screen and of the pane in focus (`host`), marks
that show before they are written (`status_changes`), what lists that scroll stand on (`lines_view`),
lines that a function draws (`fixed_lines`), the field to type into (`text_field`), keys in their order and by their
names (`key_order`, `key_names`), programs outside (`outside`), and how it goes on
after an unforeseen error (`error_boundary`).
"""
