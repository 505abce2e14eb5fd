"""Proofs that take minutes, marked `long`; the suite has a small part of each. Nothing of the program is here."""
