"""Verifying (核验): what is shown is proven, or not; which of eight things is true, in words."""
