"""What a page says of its article: title, authors, dates, section, tags, in embedded metadata or as it is shown.

Never the text itself.

`page_context.page_context` makes the value that the stages hand on, and `fields.page_fields` collects all that the page
says; `fields` and `dates` have a function for each field of an article.
"""
