"""What is written into a sealed row later is written once, its words known by a salted digest."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the salts, the reason why a handover was called off, and the seals."""
    for table, column in COLUMNS:
        op.execute(f"alter table {table} add column {column} varchar not null default ''")
    for statement in SEALS:
        op.execute(statement)


COLUMNS = (
    ("tenure", "salt"),
    ("relief_call", "salt"),
    ("handover", "end_reason"),
    ("handover", "end_salt"),
)

SEALS = (
    "create trigger relief_call_set_once before update of answered_at, answered_by, answer, salt on relief_call when (old.answered_at <> '' and new.answered_at is not old.answered_at) or (old.answered_by <> '' and new.answered_by is not old.answered_by) or (old.answer <> '' and new.answer is not old.answer) or (old.salt <> '' and new.salt is not old.salt) begin select raise(abort, 'sealed: relief_call'); end",
    "create trigger shift_report_set_once before update of acknowledged_at, acknowledged_by on shift_report when (old.acknowledged_at <> '' and new.acknowledged_at is not old.acknowledged_at) or (old.acknowledged_by <> '' and new.acknowledged_by is not old.acknowledged_by) begin select raise(abort, 'sealed: shift_report'); end",
    "create trigger tenure_set_once before update of ended_at, reason, salt on tenure when (old.ended_at <> '' and new.ended_at is not old.ended_at) or (old.reason <> '' and new.reason is not old.reason) or (old.salt <> '' and new.salt is not old.salt) begin select raise(abort, 'sealed: tenure'); end",
)
