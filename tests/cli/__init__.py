"""Every command, run as an operator would, in this process."""
