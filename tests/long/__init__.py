"""Proofs that take minutes: the suite has a small part of each and never these."""
