"""Bundling (一件事一次办): several cases begun, filled in and handed in as one, in their order."""
