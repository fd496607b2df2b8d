"""Open data (开放数据): what is classified open, and nothing else, for anyone to take and use."""
