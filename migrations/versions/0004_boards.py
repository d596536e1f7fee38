"""what the public is shown of a round"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boards",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("all_correct", sa.Integer(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name=op.f("fk_boards_round")),
        sa.PrimaryKeyConstraint("round", name=op.f("pk_boards")),
    )
    # The figures of units follow as soon as somebody looks: the board is due.
    op.execute(
        "INSERT INTO boards (round, stamp, participants, all_correct, units, made_at, due_at)"
        " SELECT id, '', participants, all_correct, '[]', published_at, published_at"
        " FROM rounds WHERE published_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("boards")
