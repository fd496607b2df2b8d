"""The whole life of a case, walked at random over the real verbs and the real database."""
