"""Engines of payment (支付引擎): one file per engine; only wiring imports these."""
