"""Showing (出示): a license shown by its holder: for minutes, on paper, as an annotated copy."""
