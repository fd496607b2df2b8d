"""Lending (证照共享): other departments' systems ask for licenses, with cause, grant and consent (GB/T 36906)."""
