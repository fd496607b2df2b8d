"""Engines of identity (身份认证引擎): one file per engine; only wiring imports these."""
