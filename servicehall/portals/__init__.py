"""Portals (门户): the only rooms that speak HTTP, one for each kind of visitor."""
