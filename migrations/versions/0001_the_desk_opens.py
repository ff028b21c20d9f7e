"""The desk opens: people, roster, posts, log, matters, and the journal of all acts."""

from alembic import op
from sqlmodel import SQLModel

from desk_console.foundation import columns, journal, sqlite  # noqa: F401
from desk_console.log import records as log  # noqa: F401
from desk_console.log import search_index
from desk_console.matters import records as matters  # noqa: F401
from desk_console.people import records as people  # noqa: F401
from desk_console.roster import records as roster  # noqa: F401
from desk_console.shift import records as shift  # noqa: F401

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table and its seals."""
    connection = op.get_bind()
    SQLModel.metadata.create_all(connection)
    for sealed in columns.seals():
        names = [column.name for column in SQLModel.metadata.tables[sealed.table].columns]
        for statement in sqlite.seal_statements(sealed, names):
            op.execute(statement)
    op.execute(search_index.CREATE)
