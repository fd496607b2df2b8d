"""Documents (文书): what an office tells a party in writing, numbered, sealed and kept as it was said."""
