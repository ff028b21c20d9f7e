"""The desk opens: people, roster, posts, log, matters, and the journal of all acts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table, its seals, and the search index."""
    _tables()
    for statement in SEALS:
        op.execute(statement)
    op.execute(SEARCH_INDEX)


def _tables() -> None:
    op.create_table(
        "check_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "draft",
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("console", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.String(27), nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("form_id"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("console", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("prev", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "patrol_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_no"),
    )
    op.create_index(op.f("ix_person_initials"), "person", ["initials"], unique=False)
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(40), nullable=True),
        sa.Column("use", sa.String(40), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("plan_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("started_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_shift_day"), "shift", ["day"], unique=False)
    op.create_index(
        "shift_one_running",
        "shift",
        ["post_code"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("entrance", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("instruction", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("unit_by_number", "unit", ["room"], unique=False)
    op.create_index("unit_by_room", "unit", ["building", "room"], unique=False)
    op.create_table(
        "item_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_item_movement_item_id"), "item_movement", ["item_id"], unique=False)
    op.create_table(
        "patrol_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"],
            ["patrol_route.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_patrol_point_route_id"), "patrol_point", ["route_id"], unique=False)
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "role"),
    )
    op.create_table(
        "pin_try",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("must_choose", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_qualification_person_id"), "qualification", ["person_id"], unique=False
    )
    op.create_table(
        "recurring_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("every_minutes", sa.Integer(), nullable=True),
        sa.Column("at_times", sa.String(), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("has_count", sa.Boolean(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"],
            ["patrol_route.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.String(27), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id"),
    )
    op.create_index(op.f("ix_reminder_due_at"), "reminder", ["due_at"], unique=False)
    op.create_table(
        "resident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_resident_initials"), "resident", ["initials"], unique=False)
    op.create_index(op.f("ix_resident_unit_id"), "resident", ["unit_id"], unique=False)
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("published_at", sa.String(27), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_roster_first_day"), "roster", ["first_day"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_signature_subject"), "signature", ["subject"], unique=False)
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.String(27), nullable=False),
        sa.Column("retired_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_key"),
    )
    op.create_index(op.f("ix_signing_key_person_id"), "signing_key", ["person_id"], unique=False)
    op.create_table(
        "tenure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("away_person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["away_person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shift.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tenure_began_at"), "tenure", ["began_at"], unique=False)
    op.create_index(op.f("ix_tenure_shift_id"), "tenure", ["shift_id"], unique=False)
    op.create_index(
        "tenure_one_open",
        "tenure",
        ["post_code"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(
        "tenure_wants_reason",
        "tenure",
        ["post_code"],
        unique=False,
        sqlite_where=sa.text("kind = 'emergency' and reason = ''"),
        postgresql_where=sa.text("kind = 'emergency' and reason = ''"),
    )
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plan_code", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"],
            ["roster.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_duty_day"), "duty", ["day"], unique=False)
    op.create_index(op.f("ix_duty_person_id"), "duty", ["person_id"], unique=False)
    op.create_index(op.f("ix_duty_roster_id"), "duty", ["roster_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("is_outgoing", sa.Boolean(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rings", sa.Integer(), nullable=True),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_text", sa.String(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("is_abnormal", sa.Boolean(), nullable=False),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shift.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id"),
    )
    op.create_index("entry_by_day", "entry", ["at", "id"], unique=False)
    op.create_index("entry_by_shift", "entry", ["shift_id", "id"], unique=False)
    op.create_index(op.f("ix_entry_person_id"), "entry", ["person_id"], unique=False)
    op.create_index(op.f("ix_entry_resident_id"), "entry", ["resident_id"], unique=False)
    op.create_index(op.f("ix_entry_unit_id"), "entry", ["unit_id"], unique=False)
    op.create_table(
        "resident_key",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
        ),
        sa.PrimaryKeyConstraint("words", "resident_id"),
    )
    op.create_index(
        op.f("ix_resident_key_resident_id"), "resident_key", ["resident_id"], unique=False
    )
    op.create_table(
        "resident_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("digits", sa.String(), nullable=False),
        sa.Column("reversed_digits", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_resident_phone_digits"), "resident_phone", ["digits"], unique=False)
    op.create_index(
        op.f("ix_resident_phone_resident_id"), "resident_phone", ["resident_id"], unique=False
    )
    op.create_index(
        op.f("ix_resident_phone_reversed_digits"),
        "resident_phone",
        ["reversed_digits"],
        unique=False,
    )
    op.create_table(
        "task_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shift.id"],
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["recurring_task.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("task_id", "shift_id", "due_at"),
    )
    op.create_index(op.f("ix_task_run_shift_id"), "task_run", ["shift_id"], unique=False)
    op.create_table(
        "addition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id"),
    )
    op.create_index(op.f("ix_addition_entry_id"), "addition", ["entry_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("plan_code", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("console", sa.String(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("arrived_at", sa.String(27), nullable=False),
        sa.Column("expected_at", sa.String(27), nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("is_breach", sa.Boolean(), nullable=False),
        sa.Column("is_fit", sa.Boolean(), nullable=True),
        sa.Column("left_at", sa.String(27), nullable=True),
        sa.Column("left_early_minutes", sa.Integer(), nullable=False),
        sa.Column("leave_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"],
            ["duty.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "attendance_one_open",
        "attendance",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("left_at is null"),
        postgresql_where=sa.text("left_at is null"),
    )
    op.create_index("attendance_open", "attendance", ["post_code", "left_at"], unique=False)
    op.create_index(op.f("ix_attendance_arrived_at"), "attendance", ["arrived_at"], unique=False)
    op.create_index(op.f("ix_attendance_day"), "attendance", ["day"], unique=False)
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"], unique=False)
    op.create_table(
        "awaited",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("kind", "entry_id"),
    )
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("importance", sa.String(40), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_matter_entry_id"), "matter", ["entry_id"], unique=False)
    op.create_index(op.f("ix_matter_owner_id"), "matter", ["owner_id"], unique=False)
    op.create_index("matter_open", "matter", ["closed_at", "due_at"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_notice_entry_id"), "notice", ["entry_id"], unique=False)
    op.create_table(
        "check_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("attendance_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["check_item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"],
            ["shift.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_check_answer_attendance_id"), "check_answer", ["attendance_id"], unique=False
    )
    op.create_index(op.f("ix_check_answer_shift_id"), "check_answer", ["shift_id"], unique=False)
    op.create_table(
        "matter_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_matter_event_matter_id"), "matter_event", ["matter_id"], unique=False)


SEARCH_INDEX = "create virtual table entry_search using fts5(words, letters, content='', columnsize=0, tokenize='ascii')"

SEALS = (
    "create trigger addition_unchanged before update of id, form_id, entry_id, kind, field, person_id, at on addition begin select raise(abort, 'sealed: addition'); end",
    "create trigger addition_unremoved before delete on addition begin select raise(abort, 'sealed: addition'); end",
    "create trigger addition_unreplaced before insert on addition when exists (select 1 from addition where id = new.id or form_id = new.form_id) begin select raise(abort, 'sealed: addition'); end",
    "create trigger addition_erased_once before update of words, reason, particulars, salt, erased_by on addition when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: addition'); end",
    "create trigger attendance_unchanged before update of id, person_id, post_code, plan_code, day, role, console, duty_id, arrived_at, expected_at, late_minutes, is_breach on attendance begin select raise(abort, 'sealed: attendance'); end",
    "create trigger attendance_unremoved before delete on attendance begin select raise(abort, 'sealed: attendance'); end",
    "create trigger attendance_unreplaced before insert on attendance when exists (select 1 from attendance where id = new.id) begin select raise(abort, 'sealed: attendance'); end",
    "create trigger check_answer_unchanged before update of id, item_id, shift_id, attendance_id, person_id, at, is_ok, note on check_answer begin select raise(abort, 'sealed: check_answer'); end",
    "create trigger check_answer_unremoved before delete on check_answer begin select raise(abort, 'sealed: check_answer'); end",
    "create trigger check_answer_unreplaced before insert on check_answer when exists (select 1 from check_answer where id = new.id) begin select raise(abort, 'sealed: check_answer'); end",
    "create trigger duty_unchanged before update of id, roster_id, day, plan_code, post_code, person_id on duty begin select raise(abort, 'sealed: duty'); end",
    "create trigger duty_unremoved before delete on duty begin select raise(abort, 'sealed: duty'); end",
    "create trigger duty_unreplaced before insert on duty when exists (select 1 from duty where id = new.id) begin select raise(abort, 'sealed: duty'); end",
    "create trigger entry_unchanged before update of id, form_id, kind, channel, is_outgoing, category, at, recorded_at, offset_minutes, post_code, shift_id, person_id, rings, is_abnormal, is_emergency, is_open on entry begin select raise(abort, 'sealed: entry'); end",
    "create trigger entry_unremoved before delete on entry begin select raise(abort, 'sealed: entry'); end",
    "create trigger entry_unreplaced before insert on entry when exists (select 1 from entry where id = new.id or form_id = new.form_id) begin select raise(abort, 'sealed: entry'); end",
    "create trigger entry_erased_once before update of caller, unit_id, unit_text, resident_id, phone, content, action, result, particulars, salt, erased_by on entry when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: entry'); end",
    "create trigger item_movement_unchanged before update of id, item_id, at, change, balance, cause, subject, person_id on item_movement begin select raise(abort, 'sealed: item_movement'); end",
    "create trigger item_movement_unremoved before delete on item_movement begin select raise(abort, 'sealed: item_movement'); end",
    "create trigger item_movement_unreplaced before insert on item_movement when exists (select 1 from item_movement where id = new.id) begin select raise(abort, 'sealed: item_movement'); end",
    "create trigger journal_unchanged before update of seq, at, offset_minutes, act, person_id, console, subject, clause, body, prev, hash on journal begin select raise(abort, 'sealed: journal'); end",
    "create trigger journal_unremoved before delete on journal begin select raise(abort, 'sealed: journal'); end",
    "create trigger journal_unreplaced before insert on journal when exists (select 1 from journal where seq = new.seq) begin select raise(abort, 'sealed: journal'); end",
    "create trigger matter_event_unchanged before update of id, matter_id, at, person_id, what, owner_id, revision on matter_event begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_unremoved before delete on matter_event begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_unreplaced before insert on matter_event when exists (select 1 from matter_event where id = new.id) begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger matter_event_erased_once before update of words, salt, erased_by on matter_event when old.erased_by is not null or new.erased_by is null begin select raise(abort, 'sealed: matter_event'); end",
    "create trigger notice_unchanged before update of id, entry_id, department_id, how, told, at, person_id on notice begin select raise(abort, 'sealed: notice'); end",
    "create trigger notice_unremoved before delete on notice begin select raise(abort, 'sealed: notice'); end",
    "create trigger notice_unreplaced before insert on notice when exists (select 1 from notice where id = new.id) begin select raise(abort, 'sealed: notice'); end",
    "create trigger roster_unchanged before update of id, first_day, last_day, published_at, published_by on roster begin select raise(abort, 'sealed: roster'); end",
    "create trigger roster_unremoved before delete on roster begin select raise(abort, 'sealed: roster'); end",
    "create trigger roster_unreplaced before insert on roster when exists (select 1 from roster where id = new.id) begin select raise(abort, 'sealed: roster'); end",
    "create trigger shift_unchanged before update of id, post_code, plan_code, day, opened_at, due_at on shift begin select raise(abort, 'sealed: shift'); end",
    "create trigger shift_unremoved before delete on shift begin select raise(abort, 'sealed: shift'); end",
    "create trigger shift_unreplaced before insert on shift when exists (select 1 from shift where id = new.id) begin select raise(abort, 'sealed: shift'); end",
    "create trigger signature_unchanged before update of id, subject, meaning, person_id, public_key, statement, signature, at on signature begin select raise(abort, 'sealed: signature'); end",
    "create trigger signature_unremoved before delete on signature begin select raise(abort, 'sealed: signature'); end",
    "create trigger signature_unreplaced before insert on signature when exists (select 1 from signature where id = new.id) begin select raise(abort, 'sealed: signature'); end",
    "create trigger signing_key_unchanged before update of id, person_id, public_key, wrapped, salt, passes, memory_kib, enrolled_at on signing_key begin select raise(abort, 'sealed: signing_key'); end",
    "create trigger signing_key_unremoved before delete on signing_key begin select raise(abort, 'sealed: signing_key'); end",
    "create trigger signing_key_unreplaced before insert on signing_key when exists (select 1 from signing_key where id = new.id or public_key = new.public_key) begin select raise(abort, 'sealed: signing_key'); end",
    "create trigger task_run_unchanged before update of id, task_id, shift_id, due_at, is_done, recorded_at, person_id, count, note on task_run begin select raise(abort, 'sealed: task_run'); end",
    "create trigger task_run_unremoved before delete on task_run begin select raise(abort, 'sealed: task_run'); end",
    "create trigger task_run_unreplaced before insert on task_run when exists (select 1 from task_run where id = new.id) begin select raise(abort, 'sealed: task_run'); end",
    "create trigger tenure_unchanged before update of id, post_code, shift_id, person_id, kind, began_at, due_at, away_person_id on tenure begin select raise(abort, 'sealed: tenure'); end",
    "create trigger tenure_unremoved before delete on tenure begin select raise(abort, 'sealed: tenure'); end",
    "create trigger tenure_unreplaced before insert on tenure when exists (select 1 from tenure where id = new.id) begin select raise(abort, 'sealed: tenure'); end",
)
