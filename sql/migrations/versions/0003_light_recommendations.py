"""Recommendations as they were written: text to the byte, and beside it what is asked of them.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Several times faster than PostgreSQL's own way to compress, where the server was built with it.
COMPRESS = """
DO $$
BEGIN
    ALTER TABLE recommendations
        ALTER COLUMN inputs SET COMPRESSION lz4,
        ALTER COLUMN result SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$
"""
AS_TEXT = """
ALTER TABLE recommendations
    ALTER COLUMN inputs TYPE varchar USING CAST(inputs AS text),
    ALTER COLUMN result TYPE varchar USING CAST(result AS text)
"""
FILL = """
UPDATE recommendations
SET
    closures_sha256 = inputs ->> 'closures_sha256',
    profiles_sha256 = inputs ->> 'profiles_sha256',
    ranked_ids = coalesce(
        (
            SELECT array_agg(
                CAST(line -> 'unit' ->> 'id' AS bigint)
                ORDER BY CAST(line ->> 'rank' AS integer)
            )
            FROM jsonb_array_elements(result -> 'ranked') AS line
        ),
        '{}'
    )
"""


def upgrade() -> None:
    op.add_column(
        "recommendations",
        sa.Column(
            "ranked_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False
        ),
    )
    op.add_column("recommendations", sa.Column("closures_sha256", sa.String(), nullable=True))
    op.add_column("recommendations", sa.Column("profiles_sha256", sa.String(), nullable=True))
    op.add_column("recommendations", sa.Column("units_sha256", sa.String(), nullable=True))
    op.execute(FILL)
    op.execute(AS_TEXT)
    op.execute(COMPRESS)  # last: a new type forgets it


def downgrade() -> None:
    raise RuntimeError("The house does not go back: restore the backup made before the upgrade.")
