"""Limiting (限流): who guesses too often at a door waits."""
