"""Engines of registries (共享交换引擎): one file per engine; only wiring imports these."""
