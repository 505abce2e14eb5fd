"""A page's elements made into clean blocks: paragraphs, headings, lists, tables, quotes, figures, embeds, footnotes.

Never chooses which of them are the article.
"""
