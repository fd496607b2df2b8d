"""The one-net service hall (一网通办): ask once, never for what is already known."""
