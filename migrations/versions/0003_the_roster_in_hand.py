"""The roster in people's hands: drafts, versions with their causes, requests, news, wishes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the tables of drafting, requests and news, and what a version says of itself."""
    for table in ("roster", "duty"):
        for way in ("unchanged", "unremoved", "unreplaced"):
            op.execute(f"drop trigger {table}_{way}")
    for statement in EXTENSIONS:
        op.execute(statement)
    _drafts()
    _requests()
    _news_and_wishes()
    for statement in SEALS:
        op.execute(statement)


EXTENSIONS = (
    "alter table roster add column drafted_by integer references person (id)",
    "alter table roster add column is_late boolean not null default false",
    "alter table roster add column late_reason varchar not null default ''",
    "alter table roster add column breach_reason varchar not null default ''",
    "alter table duty add column added_at varchar(27) not null default ''",
    "alter table duty add column cause varchar not null default ''",
    "update duty set added_at = (select published_at from roster where roster.id = duty.roster_id)",
)


def _drafts() -> None:
    op.create_table(
        "roster_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.String(27), nullable=False),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("roster_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["roster_id"],
            ["roster.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "roster_draft_one_open",
        "roster_draft",
        ["first_day"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "draft_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plan_code", sa.String(), nullable=False),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["roster_draft.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("draft_id", "day", "plan_code", "post_code", "person_id"),
    )
    op.create_index(op.f("ix_draft_cell_draft_id"), "draft_cell", ["draft_id"], unique=False)


def _requests() -> None:
    op.create_table(
        "duty_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("other_duty_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"],
            ["duty.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_duty_id"],
            ["duty.id"],
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id"),
    )
    op.create_index(
        "duty_request_of_person", "duty_request", ["person_id", "last_day"], unique=False
    )
    op.create_index(
        "duty_request_waiting",
        "duty_request",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state in ('asked', 'agreed')"),
        postgresql_where=sa.text("state in ('asked', 'agreed')"),
    )
    op.create_index(op.f("ix_duty_request_last_day"), "duty_request", ["last_day"], unique=False)
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["duty_request.id"],
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["signature.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_request_step_request_id"), "request_step", ["request_id"], unique=False
    )


def _news_and_wishes() -> None:
    op.create_table(
        "roster_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("acknowledged_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "roster_news_waiting",
        "roster_news",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("acknowledged_at is null"),
        postgresql_where=sa.text("acknowledged_at is null"),
    )
    op.create_table(
        "duty_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plan_code", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "day"),
    )
    op.create_index(op.f("ix_duty_wish_day"), "duty_wish", ["day"], unique=False)


SEALS = (
    "create trigger duty_unchanged before update of id, roster_id, day, plan_code, post_code, person_id, added_at, cause on duty begin select raise(abort, 'sealed: duty'); end",
    "create trigger duty_unremoved before delete on duty begin select raise(abort, 'sealed: duty'); end",
    "create trigger duty_unreplaced before insert on duty when exists (select 1 from duty where id = new.id) begin select raise(abort, 'sealed: duty'); end",
    "create trigger duty_request_unchanged before update of id, form_id, kind, person_id, first_day, last_day, duty_id, partner_id, other_duty_id, minutes, reason, asked_at on duty_request begin select raise(abort, 'sealed: duty_request'); end",
    "create trigger duty_request_unremoved before delete on duty_request begin select raise(abort, 'sealed: duty_request'); end",
    "create trigger duty_request_unreplaced before insert on duty_request when exists (select 1 from duty_request where id = new.id or form_id = new.form_id) begin select raise(abort, 'sealed: duty_request'); end",
    "create trigger request_step_unchanged before update of id, request_id, at, person_id, state, words, signature_id on request_step begin select raise(abort, 'sealed: request_step'); end",
    "create trigger request_step_unremoved before delete on request_step begin select raise(abort, 'sealed: request_step'); end",
    "create trigger request_step_unreplaced before insert on request_step when exists (select 1 from request_step where id = new.id) begin select raise(abort, 'sealed: request_step'); end",
    "create trigger roster_unchanged before update of id, first_day, last_day, published_at, published_by, drafted_by, is_late, late_reason, breach_reason on roster begin select raise(abort, 'sealed: roster'); end",
    "create trigger roster_unremoved before delete on roster begin select raise(abort, 'sealed: roster'); end",
    "create trigger roster_unreplaced before insert on roster when exists (select 1 from roster where id = new.id) begin select raise(abort, 'sealed: roster'); end",
    "create trigger roster_news_unchanged before update of id, person_id, at, cause, added, removed on roster_news begin select raise(abort, 'sealed: roster_news'); end",
    "create trigger roster_news_unremoved before delete on roster_news begin select raise(abort, 'sealed: roster_news'); end",
    "create trigger roster_news_unreplaced before insert on roster_news when exists (select 1 from roster_news where id = new.id) begin select raise(abort, 'sealed: roster_news'); end",
)
