"""Kill the hall at any moment, start it again, and look whether anything was lost or doubled."""
