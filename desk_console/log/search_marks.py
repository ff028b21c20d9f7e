"""How far the search index is made: a row for each source while it is being made anew."""

from sqlmodel import Field, SQLModel


class SearchMark(SQLModel, table=True):
    """A source whose index is not whole. The row goes when it is."""

    __tablename__ = "search_mark"

    source: str = Field(primary_key=True)
    through: int = 0
    """Its records up to this one have their lines."""
    target: int
    """Up to this one they must be made; later ones are indexed as they are written."""
