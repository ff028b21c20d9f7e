"""The handover: step by step, signed by both, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables of the handover and their seals."""
    _tables()
    for statement in SEALS:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "handover_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handover_id", "number"),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("acting_id", sa.Integer(), nullable=True),
        sa.Column("incoming_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("after_entry_id", sa.Integer(), nullable=False),
        sa.Column("through_entry_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("to_note", sa.String(), nullable=False),
        sa.Column("instructions", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"]),
        sa.ForeignKeyConstraint(["outgoing_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["acting_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["incoming_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("handover_by_time", "handover", ["opened_at", "id"], unique=False)
    op.create_index(
        "handover_one_open",
        "handover",
        ["post_code"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index(op.f("ix_handover_incoming_id"), "handover", ["incoming_id"], unique=False)
    op.create_index(op.f("ix_handover_outgoing_id"), "handover", ["outgoing_id"], unique=False)
    op.create_index(op.f("ix_handover_shift_id"), "handover", ["shift_id"], unique=False)
    op.create_table(
        "handover_count",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("movement_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("counted_by", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.String(27), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("where_gone", sa.String(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=True),
        sa.Column("explained_by", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"]),
        sa.ForeignKeyConstraint(["counted_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["follow_up_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["explained_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"]),
        sa.PrimaryKeyConstraint("handover_id", "item_id"),
    )
    op.create_index(op.f("ix_handover_count_item_id"), "handover_count", ["item_id"], unique=False)
    op.create_table(
        "handover_read",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("additions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("handover_id", "entry_id", "person_id"),
    )
    op.create_table(
        "handover_point",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("if_then", sa.String(), nullable=False),
        sa.Column("carry_reason", sa.String(), nullable=False),
        sa.Column("stated_by", sa.Integer(), nullable=False),
        sa.Column("stated_at", sa.String(27), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_revision", sa.Integer(), nullable=True),
        sa.Column("matter_revision", sa.Integer(), nullable=True),
        sa.Column("read_back", sa.String(), nullable=False),
        sa.Column("read_back_by", sa.Integer(), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("said_again", sa.Integer(), nullable=False),
        sa.Column("converted_to", sa.String(), nullable=False),
        sa.Column("converted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"]),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["stated_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["read_back_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["accepted_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["converted_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("handover_id", "matter_id"),
    )
    op.create_index(
        op.f("ix_handover_point_matter_id"), "handover_point", ["matter_id"], unique=False
    )
    op.create_table(
        "handover_area",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("explained_by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["check_item.id"]),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["explained_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("handover_id", "item_id"),
    )
    op.create_table(
        "handover_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("importance", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("new_owner_id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["new_owner_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["signature_id"], ["signature.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_release_handover_id"), "handover_release", ["handover_id"], unique=False
    )
    op.create_table(
        "handover_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_refusal_handover_id"), "handover_refusal", ["handover_id"], unique=False
    )
    op.create_table(
        "handover_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["handover_version.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version_id", "place"),
    )
    op.create_table(
        "handover_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("through_entry_id", sa.Integer(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["handover_version.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handover_id"),
    )
    op.create_index(
        op.f("ix_handover_seal_post_code"), "handover_seal", ["post_code"], unique=False
    )
    op.create_index(
        op.f("ix_handover_seal_sealed_at"), "handover_seal", ["sealed_at"], unique=False
    )
    op.create_table(
        "handover_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["signature_id"], ["signature.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_handover_note_handover_id"), "handover_note", ["handover_id"], unique=False
    )
    op.create_table(
        "relief_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("called_at", sa.String(27), nullable=False),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("post_code", "since", "rung"),
    )
    op.create_index(op.f("ix_relief_call_called_at"), "relief_call", ["called_at"], unique=False)
    op.create_table(
        "shift_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column("tenure_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.String(27), nullable=False),
        sa.Column("acknowledged_at", sa.String(27), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"]),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"]),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_shift_report_handover_id"), "shift_report", ["handover_id"], unique=False
    )
    op.create_index(
        "shift_report_waiting",
        "shift_report",
        ["reported_at"],
        unique=False,
        sqlite_where=sa.text("acknowledged_at is null"),
        postgresql_where=sa.text("acknowledged_at is null"),
    )

    op.create_index(
        "tenure_deserted",
        "tenure",
        ["id"],
        unique=False,
        sqlite_where=sa.text("kind = 'deserted'"),
        postgresql_where=sa.text("kind = 'deserted'"),
    )


SEALS = (
    "create trigger handover_note_unchanged before update of id, handover_id, person_id, signature_id, at on handover_note begin select raise(abort, 'sealed: handover_note'); end",
    "create trigger handover_note_unremoved before delete on handover_note begin select raise(abort, 'sealed: handover_note'); end",
    "create trigger handover_note_unreplaced before insert on handover_note when exists (select 1 from handover_note where id = new.id) begin select raise(abort, 'sealed: handover_note'); end",
    "create trigger handover_note_erased_once before update of words, salt, erased_by on handover_note when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: handover_note'); end",
    "create trigger handover_refusal_unchanged before update of id, handover_id, person_id, at on handover_refusal begin select raise(abort, 'sealed: handover_refusal'); end",
    "create trigger handover_refusal_unremoved before delete on handover_refusal begin select raise(abort, 'sealed: handover_refusal'); end",
    "create trigger handover_refusal_unreplaced before insert on handover_refusal when exists (select 1 from handover_refusal where id = new.id) begin select raise(abort, 'sealed: handover_refusal'); end",
    "create trigger handover_refusal_erased_once before update of reason, salt, erased_by on handover_refusal when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: handover_refusal'); end",
    "create trigger handover_release_unchanged before update of id, handover_id, matter_id, importance, person_id, new_owner_id, signature_id, at on handover_release begin select raise(abort, 'sealed: handover_release'); end",
    "create trigger handover_release_unremoved before delete on handover_release begin select raise(abort, 'sealed: handover_release'); end",
    "create trigger handover_release_unreplaced before insert on handover_release when exists (select 1 from handover_release where id = new.id) begin select raise(abort, 'sealed: handover_release'); end",
    "create trigger handover_release_erased_once before update of reason, salt, erased_by on handover_release when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: handover_release'); end",
    "create trigger handover_seal_unchanged before update of id, handover_id, version_id, post_code, through_entry_id, journal_seq, receipt, sealed_at on handover_seal begin select raise(abort, 'sealed: handover_seal'); end",
    "create trigger handover_seal_unremoved before delete on handover_seal begin select raise(abort, 'sealed: handover_seal'); end",
    "create trigger handover_seal_unreplaced before insert on handover_seal when exists (select 1 from handover_seal where id = new.id or handover_id = new.handover_id) begin select raise(abort, 'sealed: handover_seal'); end",
    "create trigger handover_version_unchanged before update of id, handover_id, number, content, made_at on handover_version begin select raise(abort, 'sealed: handover_version'); end",
    "create trigger handover_version_unremoved before delete on handover_version begin select raise(abort, 'sealed: handover_version'); end",
    "create trigger handover_version_unreplaced before insert on handover_version when exists (select 1 from handover_version where id = new.id) begin select raise(abort, 'sealed: handover_version'); end",
    "create trigger handover_words_unchanged before update of id, version_id, place on handover_words begin select raise(abort, 'sealed: handover_words'); end",
    "create trigger handover_words_unremoved before delete on handover_words begin select raise(abort, 'sealed: handover_words'); end",
    "create trigger handover_words_unreplaced before insert on handover_words when exists (select 1 from handover_words where id = new.id) begin select raise(abort, 'sealed: handover_words'); end",
    "create trigger handover_words_erased_once before update of words, salt, erased_by on handover_words when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: handover_words'); end",
    "create trigger relief_call_unchanged before update of id, post_code, since, rung, role, called_at on relief_call begin select raise(abort, 'sealed: relief_call'); end",
    "create trigger relief_call_unremoved before delete on relief_call begin select raise(abort, 'sealed: relief_call'); end",
    "create trigger relief_call_unreplaced before insert on relief_call when exists (select 1 from relief_call where id = new.id) begin select raise(abort, 'sealed: relief_call'); end",
    "create trigger shift_report_unchanged before update of id, handover_id, tenure_id, reported_at on shift_report begin select raise(abort, 'sealed: shift_report'); end",
    "create trigger shift_report_unremoved before delete on shift_report begin select raise(abort, 'sealed: shift_report'); end",
    "create trigger shift_report_unreplaced before insert on shift_report when exists (select 1 from shift_report where id = new.id) begin select raise(abort, 'sealed: shift_report'); end",
)
