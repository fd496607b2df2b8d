"""Engines of notices (通知引擎): one file per engine; only wiring imports these."""
