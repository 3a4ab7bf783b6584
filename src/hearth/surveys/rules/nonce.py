"""The token of a form: signed, and good for one landlord's one survey. Pure; the key comes in as an argument.

A public form has no session and no cookie. What stands in for them is this token: it carries a number drawn at random
(the nonce, by which the same form sent twice is one response), the version that was shown and when the form was begun.
Nothing in it tells who has it (SEC-12); its signature is an HMAC (RFC 2104).
See docs/adr/0021-a-public-form-without-a-session.md.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from hearth.kernel.refusals import Refused

RANDOM = 16  # bytes of the nonce: nobody guesses another's
SEALED = 16  # bytes of the signature that are kept (128 bits)
BODY = struct.Struct(f">{RANDOM}sQI")
LENGTH = -(-(BODY.size + SEALED) * 8 // 6)  # characters of a token
SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}", re.ASCII)

FORM = "form"  # of a questionnaire
DRAW = "draw"  # of an entry in the prize draw: no form's token opens it, and no answer's nonce is in it


@dataclass(frozen=True)
class Token:
    """What a token says."""

    nonce: str
    version: int  # the number of the version's row; 0 for the prize draw
    begun_at: datetime


def seal(
    key: bytes, *, purpose: str, landlord: int, survey: int, version: int, nonce: bytes, begun_at: datetime
) -> str:
    """A token. `nonce` is 16 random bytes; `begun_at` is kept to the second."""
    body = BODY.pack(nonce, version, int(begun_at.timestamp()))
    return urlsafe_b64encode(body + _signature(key, purpose, landlord, survey, body)).decode().rstrip("=")


def read(key: bytes, token: str, *, purpose: str, landlord: int, survey: int) -> Token:
    """What a token says. Raises Refused where it was not made for this survey of this landlord, or was altered."""
    if SHAPE.fullmatch(token):
        whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        body, signature = whole[: BODY.size], whole[BODY.size :]
        if hmac.compare_digest(signature, _signature(key, purpose, landlord, survey, body)):
            nonce, version, begun = BODY.unpack(body)
            return Token(nonce.hex(), version, datetime.fromtimestamp(begun, UTC))
    raise Refused("This page does not belong to this survey. Check your answers below and send them again.")


def _signature(key: bytes, purpose: str, landlord: int, survey: int, body: bytes) -> bytes:
    said = f"{purpose}:{landlord}:{survey}:".encode() + body
    return hmac.new(key, said, hashlib.sha256).digest()[:SEALED]
