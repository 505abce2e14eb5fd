"""Proofs that take minutes, for `.ci/long`; the suite has a small part of each. Nothing of the program is here."""
