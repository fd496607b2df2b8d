"""Money (缴费与发放): what is owed for a matter, what is paid out, and whether it was."""
