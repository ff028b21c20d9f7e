"""Mail goes out in the language of who reads it: people and departments may have one."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds the language; empty is the site's."""
    for table in ("person", "department"):
        op.execute(f"alter table {table} add column mail_language varchar not null default ''")
