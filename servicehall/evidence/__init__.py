"""Evidence (证据留存): what registries said, kept, timestamped, and proven to third parties."""
