"""Searching (检索引擎): distinct names as tokens, found by any part of them, and who holds them."""
