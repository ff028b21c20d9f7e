"""A count says how many of an item are damaged; those until now: all of it or none (9.10)."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds the number; what was counted before has none."""
    op.execute("alter table handover_count add column damaged integer")
