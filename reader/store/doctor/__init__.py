"""What looks after the library's file: whether it is whole, who has it open, and repair into a new file. It never
writes into a damaged library, and never asks the network.

`watch` and `exclusive` serve each opening; `newsstand doctor` calls `check` and `repair`, which read with `salvage` and
`raw` and write with `rebuild`.
"""
