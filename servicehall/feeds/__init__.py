"""Feeds (数据汇入): lists of items from elsewhere, every row accepted, mended or refused."""
