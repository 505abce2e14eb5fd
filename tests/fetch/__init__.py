"""Tests of the network: the real client against a scripted server on loopback. No other network."""
