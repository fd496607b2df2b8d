"""Finding (事项检索): items by whatever people call them, by filters, and what was sought in vain."""
