"""Faces (照面): how a license looks on paper; knows the record, signs nothing."""
