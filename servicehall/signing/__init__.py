"""Signatures (电子签名): keys, certificates, checkpoints. Knows no domain noun."""
