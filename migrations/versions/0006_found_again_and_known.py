"""A search index over everything; residents with their history, and who looked at them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the index anew (the program fills it), the residents' history and its seals."""
    op.execute("drop table entry_search")
    op.execute(SEARCH_INDEX)
    for setting in SEARCH_SETTINGS:
        op.execute(setting)
    op.create_table(
        "search_mark",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    for source in ("entry", "matter"):
        op.execute(
            "insert into search_mark (source, through, target) "
            f"select '{source}', 0, max(id) from {source} having max(id) > 0"
        )
    _residents()
    for statement in SEALS:
        op.execute(statement)


def _residents() -> None:
    op.execute("alter table resident add column revision integer not null default 1")
    op.execute("alter table resident add column left_at varchar(27)")
    op.create_table(
        "resident_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("becomes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_resident_change_unit_id"), "resident_change", ["unit_id"])
    op.create_table(
        "resident_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_resident_look_unit_id"), "resident_look", ["unit_id"])


SEARCH_INDEX = "create virtual table search_line_4 using fts5(words, letters, content='', columnsize=0, tokenize='ascii', prefix='3 4 5')"

SEARCH_SETTINGS = (
    "insert into search_line_4(search_line_4, rank) values ('hashsize', 4000000)",
    "insert into search_line_4(search_line_4, rank) values ('automerge', 8)",
)

SEALS = (
    "create trigger resident_change_unchanged before update of id, unit_id, resident_id, what, person_id, at on resident_change begin select raise(abort, 'sealed: resident_change'); end",
    "create trigger resident_change_unremoved before delete on resident_change begin select raise(abort, 'sealed: resident_change'); end",
    "create trigger resident_change_unreplaced before insert on resident_change when exists (select 1 from resident_change where id = new.id) begin select raise(abort, 'sealed: resident_change'); end",
    "create trigger resident_change_erased_once before update of was, becomes, reason, salt, erased_by on resident_change when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: resident_change'); end",
    "create trigger resident_look_unchanged before update of id, unit_id, resident_id, person_id, reason, at on resident_look begin select raise(abort, 'sealed: resident_look'); end",
    "create trigger resident_look_unremoved before delete on resident_look begin select raise(abort, 'sealed: resident_look'); end",
    "create trigger resident_look_unreplaced before insert on resident_look when exists (select 1 from resident_look where id = new.id) begin select raise(abort, 'sealed: resident_look'); end",
)
