"""Monitoring (电子监察): signals of what goes wrong in handling, cards for whoever must answer."""
