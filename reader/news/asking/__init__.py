"""What a request to a server depends on: logins and headers (`own_headers`, `credentials`), what `robots` allows, what
was lately not to be had (`misses`), and whether there is a network (`reachability`). Never fetches a story.
"""
