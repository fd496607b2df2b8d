"""Aggregating (证照归集): licenses issued elsewhere come in, each with how far it is trusted."""
