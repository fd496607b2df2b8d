"""Oversight (效能监督与审计): looks at every room, changes nothing in it."""
