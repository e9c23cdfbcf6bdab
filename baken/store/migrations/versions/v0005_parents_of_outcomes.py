"""Which object a breakup was of, where whoever entered its outcome says so.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for the object that broke up."""
    op.add_column("outcomes", Column("parent_norad_cat_id", BigInteger))
