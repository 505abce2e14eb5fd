"""Links to other pages: related and read-more blocks, their labels, the next page of an article. Never fetches one."""
