"""Mail leaves by an outbox: what an act sends is queued with the act, and delivered afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the outbox and its seals."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("attach", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.String(27), nullable=True),
        sa.Column("claimed_at", sa.String(27), nullable=True),
        sa.Column("sent_at", sa.String(27), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index(op.f("ix_outbox_about"), "outbox", ["about"], unique=False)
    op.create_index(op.f("ix_outbox_next_try_at"), "outbox", ["next_try_at"], unique=False)
    op.create_index("outbox_by_state", "outbox", ["state", "id"], unique=False)
    for statement in SEALS:
        op.execute(statement)


SEALS = (
    "create trigger outbox_unchanged before update of id, uid, template, address, language, about, attach, created_at on outbox begin select raise(abort, 'sealed: outbox'); end",
    "create trigger outbox_unremoved before delete on outbox begin select raise(abort, 'sealed: outbox'); end",
    "create trigger outbox_unreplaced before insert on outbox when exists (select 1 from outbox where id = new.id or uid = new.uid) begin select raise(abort, 'sealed: outbox'); end",
    "create trigger outbox_erased_once before update of given, erased_by on outbox when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: outbox'); end",
)
