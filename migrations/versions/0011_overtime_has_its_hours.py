"""Overtime on a day without a shift says when it begins: whoever has it is expected then."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the beginning, sealed as the rest of a request is; those until now have none."""
    op.execute("alter table duty_request add column begins_at varchar(27)")
    op.execute("drop trigger duty_request_unchanged")
    op.execute(SEAL)


SEAL = "create trigger duty_request_unchanged before update of id, form_id, kind, person_id, first_day, last_day, duty_id, partner_id, other_duty_id, minutes, reason, asked_at, begins_at on duty_request begin select raise(abort, 'sealed: duty_request'); end"
