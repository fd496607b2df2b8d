"""Handling (办理): what the office does with a case: accept, review, decide, in time."""
