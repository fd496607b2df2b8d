"""Writing (写出): an item as the YAML text that ``items check`` reads, element by element in order."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from servicehall.standard.schema import Item

HEAD = "# yaml-language-server: $schema=schema.json\n"


def yaml_text(body: Mapping[str, Any]) -> str:
    """*body* (JSON: what differs from the defaults) as a file of ``items/``; whole or not."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    written = StringIO()
    yaml.dump({name: body[name] for name in Item.model_fields if name in body}, written)
    return HEAD + written.getvalue()
