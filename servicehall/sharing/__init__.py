"""Sharing (政务信息资源目录): which data there are, what they mean, who may have them and for what."""
