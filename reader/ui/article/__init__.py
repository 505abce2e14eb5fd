"""A story on the screen: how it is brought, laid out, scrolled and walked through by its links.

Never asks the library for a list, nor the network.
"""
