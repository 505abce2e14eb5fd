"""Links to other pages: related and further stories, the labels before them, the next page of an article.

Never fetches one.

`page_links.page_links` collects all of a page. `related` finds the blocks of other stories and `cards.cards` makes
links of one; `targets` judges addresses; `labels` knows the words; `next_page.next_links` finds the next page.
"""
