"""The network below HTTP: a thread with a loop of its own, names and addresses, connections whose events are counted.

Nothing here knows what a redirect, a feed or a page is (`fetch/http.py` does), and nothing waits for the interface.
"""
