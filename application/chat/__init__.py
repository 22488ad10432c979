"""Chat: what people say in rooms and to each other. It is kept in rows of its own, never in a journal."""
