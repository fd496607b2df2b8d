"""Visits (预约取号): when to come to a window, the number drawn there, who is called next."""
