"""The standard of items (事项规范): what an item may say, its codes and levels, and what changed."""
