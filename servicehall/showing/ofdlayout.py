"""OFD layout (OFD 内的位置): where in the package the record, the list of digests and the seal lie.

Apart from the face that writes there: who only reads a package need not load what draws one.
"""

SIGNS = "Doc_0/Signs"
LIST, SIGNATURE = f"{SIGNS}/Signatures.xml", f"{SIGNS}/Sign_0/Signature.xml"
VALUE = f"{SIGNS}/Sign_0/SignedValue.dat"
RECORD = "license.json"  # the name of the attachment that is the signed record
ATTACHED = f"Doc_0/Attachs/{RECORD}"
