"""An answer from above that the desk noted waits for whoever gave it to confirm it."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds the rung and the person whose confirmation is waited for."""
    op.execute("alter table matter add column told_rung integer")
    op.execute("alter table matter add column told_by integer references person (id)")
