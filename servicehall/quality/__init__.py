"""Quality (数据质量): the same people and bodies in several registers, compared; who differs answers."""
