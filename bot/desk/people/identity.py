"""A customer's identity, signed by the shop whose page opens the chat."""

from __future__ import annotations

import hashlib
import hmac


def sign_customer(secret_key: str, customer_id: str, name: str = "", level: str = "") -> str:
    """Hex HMAC-SHA256 over id, name and level, one a line (UTF-8): easy to make in any language.

    Name and level are signed too, so that nobody promotes herself.
    """
    text = "\n".join((customer_id, name, level))
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_signed(secret_key: str, signature: str, customer_id: str, name: str = "", level: str = "") -> bool:
    """Whether the shop has signed exactly these values."""
    return hmac.compare_digest(
        sign_customer(secret_key, customer_id, name, level).encode(), signature.encode()
    )
