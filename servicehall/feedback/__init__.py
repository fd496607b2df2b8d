"""Feedback (好差评): ratings about a case, kept as given."""
