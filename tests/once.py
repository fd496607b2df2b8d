"""What every hall of a test run does alike is done once; what is slow on purpose is quick; nobody hurries."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import argon2
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from servicehall import wiring
from servicehall.identity import accounts
from servicehall.identity.adapters import local
from servicehall.licenses import schema
from servicehall.registries.fanout import Asker
from servicehall.standard import bundles, levels

_QUICK = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
_PATIENT = partial(Asker, total=120.0)


class _Kept(BytecodeCache):
    """Templates as they were compiled for the first hall."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


def patched(patch: pytest.MonkeyPatch) -> None:
    """Declared files, migrations, templates and routes are read once; a password is hashed in no time
    (what is hashed so is verified so: the hash says how), and the registry within the process is waited
    for however busy the computer is."""
    patch.setattr(wiring, "Asker", _PATIENT)
    for module in (schema, bundles):
        patch.setattr(module, "read", cache(module.read))
    patch.setattr(levels, "load", cache(levels.load))
    for module in (accounts, local):
        patch.setattr(module, "PasswordHasher", _QUICK)
    patch.setattr(ScriptDirectory, "from_config", _scripts(ScriptDirectory.from_config))
    patch.setitem(Flask.jinja_options, "bytecode_cache", _Kept())
    patch.setattr(Rule, "_compile_builder", _compiled(Rule._compile_builder))


def _scripts(read: Callable[[Config], ScriptDirectory]) -> Callable[[Config], ScriptDirectory]:
    held: dict[str | None, ScriptDirectory] = {}

    def scripts(config: Config) -> ScriptDirectory:
        place = config.get_main_option("script_location")
        if place not in held:
            held[place] = read(config)
        return held[place]

    return scripts


def _compiled(compile: Callable[..., Any]) -> Callable[..., Any]:
    """Werkzeug writes and compiles two functions for each of our routes; the same for each hall."""
    held: dict[object, Any] = {}

    def compiled(rule: Any, append_unknown: bool = True) -> Any:
        key = (repr(rule._trace), repr(rule.defaults), append_unknown)
        if key not in held:
            held[key] = compile(rule, append_unknown)
        return held[key]

    return compiled
