"""A publication that changes what was published before says why."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds the reason, sealed as the rest of a publication is; those until now have none."""
    op.execute("alter table roster add column change_reason varchar not null default ''")
    op.execute("drop trigger roster_unchanged")
    op.execute(SEAL)


SEAL = "create trigger roster_unchanged before update of id, first_day, last_day, published_at, published_by, drafted_by, is_late, late_reason, breach_reason, change_reason on roster begin select raise(abort, 'sealed: roster'); end"
