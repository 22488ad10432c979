"""Keep what a player writes in each language, not only in the last one.

A process of the version before writes ``language`` and ``code`` alone; readers take them as the newest draft.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column(
        "saved_codes", sa.Column("drafts", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("saved_codes", "drafts")
