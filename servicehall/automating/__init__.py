"""Automating (秒批、免申即享): what the hall decides by published rules, and what it offers unasked."""
