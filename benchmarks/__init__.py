"""Benchmarks (基准): the hall beside its limits and a peer, in one run on one machine."""
