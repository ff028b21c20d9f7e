"""Matters have forms, stages and levels; departments answer what they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds to matters what their forms need, makes their history over, and the replies' table."""
    for column in MATTER_COLUMNS:
        # Alembic's own way adds no foreign key to a table of SQLite.
        op.execute(f"alter table matter add column {column}")
    op.create_index("matter_number", "matter", ["number"], unique=True)
    _history()
    op.create_table(
        "matter_series",
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("form", "year"),
    )
    op.create_table(
        "notice_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_notice_reply_notice_id"), "notice_reply", ["notice_id"], unique=False)
    for statement in SEALS:
        op.execute(statement)


def _history() -> None:
    """The history over again: its seals name its columns, and a step may be nobody's."""
    op.execute("alter table matter_event rename to matter_event_before")
    op.execute("drop index ix_matter_event_matter_id")
    op.create_table(
        "matter_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "insert into matter_event (id, matter_id, at, person_id, what, words, owner_id, revision, "
        "stage, level, facts, salt, erased_by) select id, matter_id, at, person_id, what, words, "
        "owner_id, revision, case what when 'closed' then 'closed' else 'open' end, 'desk', '{}', "
        "salt, erased_by from matter_event_before"
    )
    op.execute("drop table matter_event_before")
    op.execute("update matter set stage = 'closed' where closed_at is not null")
    op.execute("update matter set urgency = 'urgent' where is_urgent")
    op.create_index(op.f("ix_matter_event_matter_id"), "matter_event", ["matter_id"], unique=False)


MATTER_COLUMNS = (
    "form varchar(40)",
    "number varchar",
    "stage varchar(40) not null default 'open'",
    "level varchar(40) not null default 'desk'",
    "urgency varchar(40) not null default 'minor'",
    "grade varchar(40)",
    "due_for varchar not null default ''",
    "department_id integer references department (id)",
    "assignee_id integer references person (id)",
    "asked_rung integer",
    "asked_at varchar(27)",
    "reported_at varchar(27)",
    "decided_rung integer",
)

SEALS = (
    "create trigger matter_event_unchanged before update of id, matter_id, at, person_id, what, owner_id, revision, stage, level on matter_event begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_unremoved before delete on matter_event begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_unreplaced before insert on matter_event when exists (select 1 from matter_event where id = new.id) begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_erased_once before update of words, facts, salt, erased_by on matter_event when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger notice_reply_unchanged before update of id, notice_id, kind, at, person_id on notice_reply begin select raise(abort, 'sealed: notice_reply'); end",
    "create trigger notice_reply_unremoved before delete on notice_reply begin select raise(abort, 'sealed: notice_reply'); end",
    "create trigger notice_reply_unreplaced before insert on notice_reply when exists (select 1 from notice_reply where id = new.id) begin select raise(abort, 'sealed: notice_reply'); end",
    "create trigger notice_reply_erased_once before update of who, words, salt, erased_by on notice_reply when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: notice_reply'); end",
)
