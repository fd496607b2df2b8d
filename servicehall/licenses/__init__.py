"""Electronic licenses (电子证照): types, issuing, the library, faces, verification."""
