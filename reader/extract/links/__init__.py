"""Links to other pages: related and further stories, the labels before them, the next page of an article.

Never fetches one.

`related` finds the blocks of other stories and `cards.cards` makes links of one; `targets` judges addresses; `labels`
knows the words; `next_page.next_links` finds the next page.
"""
