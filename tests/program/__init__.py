"""Tests of the whole program: in a terminal, killed, beside a second process, on a library it cannot use."""
