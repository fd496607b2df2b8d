"""Revising (事项修订): how a wording is checked, weighed, rehearsed and comes into force."""
