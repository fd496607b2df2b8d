"""Signatures (电子签名): keys, certificates, envelopes. Knows no domain noun."""
