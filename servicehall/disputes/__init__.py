"""Disputes (异议): who says that a value is wrong, or asks why it was looked at, gets an answer in time."""
