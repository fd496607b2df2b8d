"""Tables of the license log (证照公开日志)."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base
from servicehall.kernel.trees import Node


class LicenseLeaf(Base):
    """A signed license in the log (证照日志条目); ``id`` is its place, from one. Never changed.

    ``hash`` is that of its leaf, blinded by ``salt`` (128 random bits): the public hashes cannot be
    tried out with names and numbers. A license that is signed anew has another leaf.
    """

    __tablename__ = "license_leaf"

    identifier: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    salt: Mapped[str]
    hash: Mapped[str]


class LicenseNode(Node):
    """A node of the tree over the license log (证照日志哈希树节点)."""

    __tablename__ = "license_node"


class LicenseLog(Base):
    """The end of the license log (证照日志末端): its length, root and edge; ``begun`` once the
    licenses that are older than the log stand in it."""

    __tablename__ = "license_log"

    length: Mapped[int]
    hash: Mapped[str]
    edge: Mapped[bytes] = mapped_column(default=b"")
    begun: Mapped[bool] = mapped_column(default=False)


class DistrustedCertificate(Base):
    """A certificate whose key was stolen (失密证书): its signatures made after ``since`` are believed
    no longer. Never deleted; ``since`` only ever moves back."""

    __tablename__ = "distrusted_certificate"

    fingerprint: Mapped[str] = mapped_column(unique=True)
    issuer: Mapped[str]
    since: Mapped[datetime]
    at: Mapped[datetime]


class TreeHead(Base):
    """A signed root of the license log (证照日志签名树根) with the timestamp over it (RFC 3161)."""

    __tablename__ = "tree_head"

    size: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    checkpoint: Mapped[str]
    token: Mapped[str]
