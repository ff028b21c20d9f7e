"""The migrations make exactly what the records declare, and their number is the schema's."""

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from desk_console.foundation import columns, outbox, schema, sqlite
from desk_console.handover import records as handover_records
from desk_console.log import records as log_records
from desk_console.log import resident_records, search_marks
from desk_console.matters import records as matter_records
from desk_console.people import records as people_records
from desk_console.roster import records as roster_records
from desk_console.shift import records as shift_records

_PACKAGES = (
    outbox,
    handover_records,
    resident_records,
    search_marks,
    log_records,
    matter_records,
    people_records,
    roster_records,
    shift_records,
)


def test_the_migrations_make_the_tables_that_the_records_declare(empty_file: Path) -> None:
    assert all(package.__doc__ for package in _PACKAGES)
    engine = sqlite.make_engine(empty_file, writing=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": _is_ours}
        )
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_migrations_seal_what_the_records_declare_sealed(empty_file: Path) -> None:
    with closing(sqlite.connect(empty_file)) as connection:
        made = {
            row[0].lower()
            for row in connection.execute("select sql from sqlite_schema where type = 'trigger'")
        }
    declared = {
        statement.lower()
        for sealed in columns.seals()
        for statement in sqlite.seal_statements(
            sealed, [column.name for column in SQLModel.metadata.tables[sealed.table].columns]
        )
    }
    assert made == declared


def test_the_schema_s_number_is_that_of_the_newest_migration() -> None:
    newest = ScriptDirectory(str(schema.migrations_folder())).get_current_head()
    assert newest == f"{schema.SCHEMA:04}"


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The search index's own tables are no records."""
    return kind != "table" or not (name or "").startswith("search_line")
