"""Waking (唤醒): telling the worker that something waits; what waits is in the database."""
