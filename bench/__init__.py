"""Speed as ratios: `make bench` times every entry against a floor, something simple that does the least possible.

An entry is one file in bench/entries with one function decorated by `@entry`; what it yields is timed in turn, ours and the
floor's, on the same data in the same run. The median of each is taken and the ratio judged against the goal.
"""
