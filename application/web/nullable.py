"""Fields that may be null. Swagger 2.0 has no word for it; ``x-nullable`` is the extension that its tools know."""

from __future__ import annotations

from typing import Any

from flask_restx import fields


class _Nullable:
    def schema(self) -> dict[str, Any]:
        """The field's schema, with null allowed."""
        return {**super().schema(), "x-nullable": True}  # type: ignore[misc]


class NullableString(_Nullable, fields.String):
    """A string or null."""


class NullableInteger(_Nullable, fields.Integer):
    """A whole number or null."""


class NullableFloat(_Nullable, fields.Float):
    """A number or null."""


class NullableObject(_Nullable, fields.Raw):
    """An object or null."""
