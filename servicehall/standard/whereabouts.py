"""Whereabouts (位置): the line of a YAML file on which an element stands."""

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode


class Whereabouts:
    """Where the elements of one file stand; a path is that of a problem or a difference.

    A step of a path is a key, a place counted from 0, or the ``code`` of a member of a list.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._root = YAML(typ="safe", pure=True).compose(content.decode("utf-8-sig"))
        except (YAMLError, ValueError, RecursionError):  # whoever reads it will say what is wrong
            self._root = None

    def line(self, path: str) -> int:
        """The line, counted from 1, of the deepest part of *path* that the file has."""
        node: Node | None = self._root
        line = 0  # an element that the file leaves out belongs to the whole file
        for step in path.split("."):
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line + 1


def _step(node: Node | None, step: str) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, SequenceNode):
        member = _member(node, step)
        return (member.start_mark.line, member) if member else None
    return None


def _member(node: SequenceNode, step: str) -> Node | None:
    for member in node.value:
        if isinstance(member, MappingNode) and any(
            key.value == "code" and value.value == step for key, value in member.value
        ):
            return member
    place = int(step) if step.isascii() and step.isdigit() else len(node.value)
    return node.value[place] if place < len(node.value) else None
