"""Demo city (示范城市): synthetic people, organizations and their records, for demonstration only."""
