"""Cases (办件): what a case is, where it stands, when it is due, what registries said about it."""
