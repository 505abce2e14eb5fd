"""Every parser of what comes from outside, given documents of our own that were made worse at random, by number.

A short run is in the suite, a long one in `tests/long`. From a shell, at the root of the checkout:

    python -m tests.fuzz feeds --seconds 600 [--seed 5]
    python -m tests.fuzz feeds --seed 5 --only 4711
    python -m tests.fuzz feeds FILE

The first makes inputs until the time is over, prints what it did, and writes each input that shows a fault to a file;
the others give one input again. Two runs of one seed make the same inputs.
"""
