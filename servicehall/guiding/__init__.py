"""Guiding (导办): what helps somebody find and prepare a matter before there is a case."""
