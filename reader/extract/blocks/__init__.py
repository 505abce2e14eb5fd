"""The article's elements made into clean blocks: paragraphs, headings, lists, tables, quotations, figures, footnotes.

Never chooses which elements are the article, and never changes the page's tree.

`page_blocks.page_blocks` makes those of a page. `walk.blocks_of` and `walk.blocks_of_parts` make
`inline.ContentBlock`s; `unwanted.unwanted_filter` says what they leave out, and `lead_pictures.with_lead_pictures` adds
the pictures above the text.
"""
