"""Refusals and verdicts: how a rule says no.

A refusal travels as a key and values, never as words: the words are looked up where it is shown,
in the language of the one who reads. It carries the clause that it rests on, where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_console.foundation.catalogue import Message


class Refusal(Exception):
    """The act was refused and nothing was changed. `key` and `values` say why, `clause` by which
    rule.
    """

    def __init__(self, key: str, /, *, clause: str | None = None, **values: object) -> None:
        """`key` is looked up in the catalogue; `values` fill its gaps; `clause` is an id like
        6.8.
        """
        super().__init__(key)
        self.message = Message(key, values)
        self.clause = clause

    def __str__(self) -> str:
        """For logs: the key and the clause, never a person's words."""
        return f"{self.message.key} [{self.clause}]" if self.clause else self.message.key


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule decided. A verdict without a message allows."""

    message: Message | None = None
    clause: str | None = None

    @property
    def is_allowed(self) -> bool:
        """True where nothing stands against the act."""
        return self.message is None

    def or_refuse(self) -> None:
        """Raises the refusal that this verdict amounts to; returns quietly where it allows."""
        if self.message is not None:
            raise Refusal(self.message.key, clause=self.clause, **self.message.values)


ALLOWED = Verdict()


def refuse(clause: str | None, key: str, /, **values: object) -> Verdict:
    """The verdict that refuses under `clause`, for the reason that `key` words."""
    return Verdict(Message(key, values), clause)
