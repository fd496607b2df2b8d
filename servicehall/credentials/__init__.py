"""Credentials (可验证凭证): a license in the holder's own wallet, shown line by line (SD-JWT VC)."""
