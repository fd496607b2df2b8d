"""Cases (办件): where item, applicant, registries, fee and license meet."""
