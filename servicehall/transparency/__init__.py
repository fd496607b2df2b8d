"""The public log (公开日志): signed heads outside the database, and proofs that anyone can check."""
