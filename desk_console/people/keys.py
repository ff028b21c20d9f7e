"""Keys at rest: an Ed25519 key in a secret box that only the PIN and the desk secret together open.

The private key is never stored unwrapped, and opening the box is the only check of a PIN there is.
"""

import hashlib
import hmac

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.signing import SigningKey as PrivateKey

from desk_console.foundation.identity import Source
from desk_console.people.pin_rules import plain_pin
from desk_console.people.records import SigningKey
from desk_console.rulebook.desk import PinCost

SALT_BYTES = pwhash.argon2id.SALTBYTES


def derive(secret: bytes, pin: str, *, salt: bytes, cost: PinCost) -> bytes:
    """The key of the box: argon2id over HMAC-SHA256(desk secret, PIN). Slow on purpose."""
    peppered = hmac.new(secret, plain_pin(pin).encode(), hashlib.sha256).digest()
    return pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE,
        peppered,
        salt,
        opslimit=cost.passes,
        memlimit=cost.memory_kib * 1024,
    )


def enrol(secret: bytes, pin: str, *, source: Source, cost: PinCost) -> dict[str, object]:
    """A new pair of keys under a PIN: the columns of `SigningKey` that do not say whose or when."""
    private = PrivateKey(source.random_bytes(32))
    salt = source.random_bytes(SALT_BYTES)
    box = SecretBox(derive(secret, pin, salt=salt, cost=cost))
    nonce = source.random_bytes(SecretBox.NONCE_SIZE)
    return {
        "public_key": bytes(private.verify_key).hex(),
        "wrapped": bytes(box.encrypt(bytes(private), nonce)).hex(),
        "salt": salt.hex(),
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
    }


def unwrap(key: SigningKey, secret: bytes, pin: str) -> PrivateKey | None:
    """The private key, where the PIN is right; None where it is not."""
    cost = PinCost(passes=key.passes, memory_kib=key.memory_kib)
    box = SecretBox(derive(secret, pin, salt=bytes.fromhex(key.salt), cost=cost))
    try:
        return PrivateKey(box.decrypt(bytes.fromhex(key.wrapped)))
    except CryptoError:
        return None


def spend(secret: bytes, pin: str, *, cost: PinCost) -> None:
    """Takes as long as checking a PIN does, for somebody who has none."""
    derive(secret, pin, salt=bytes(SALT_BYTES), cost=cost)
