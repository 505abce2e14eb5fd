"""Proofs that take minutes: `.ci/long` runs them, the suite has a small part of each and never these."""
