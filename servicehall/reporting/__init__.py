"""Reporting (上报): what other systems are told about cases, in their own words and codes."""
