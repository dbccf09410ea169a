"""Hostile texts against every place that reads text: no turn may take more than linear time, or fail.

`make fuzz` measures all of it and prints the offenders; `tests/test_fuzz.py` sends a short selection.
"""
