"""Which elements of a page are the article: each is scored and the best are chosen.

Never makes blocks, and never reads a site rule: `Body` only carries what one chose.

`choose.choose_body` chooses; where it finds nothing, `choose.reveal_hidden_text` and `choose.whole_page` are tried.
`body.Body` is what was chosen.
"""
