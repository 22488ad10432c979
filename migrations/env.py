"""How Alembic reaches the database: through the Flask application that Flask-Migrate runs it in."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db

if context.is_offline_mode():
    url = database.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=database.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            compare_server_default=True,
            transaction_per_migration=True,  # what builds an index beside running servers commits what came before
        )
        with context.begin_transaction():
            context.run_migrations()
