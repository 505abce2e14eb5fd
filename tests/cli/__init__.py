"""Tests of the command line: the real program, run as a script or a person runs it. No terminal interface."""
