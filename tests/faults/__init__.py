"""What goes wrong with real processes: killed workers, cut lines, two hands, full disks.

Each module is a script of its own (`python -m tests.faults.NAME`), bounded in time, that talks to
servers on this machine only and prints one line per figure: `name: value (mark)`. Small versions of
them run with the suite.
"""
