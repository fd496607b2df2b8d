"""The inspection of items (事项体检): the rules an item must keep, and the proofs it must not ask for."""
