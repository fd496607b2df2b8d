"""Engines of quality (比对数据源): one file per engine; only wiring imports these."""
