"""What is wrong with a body, field by field, in words: never what was sent, which may be a password, and never a
regular expression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_restx import Model, Namespace
from jsonschema import Draft4Validator
from jsonschema.exceptions import ValidationError

from application.base.errors import InvalidRequest

Json = dict[str, Any]
MAX_FIELDS = 20
_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


class Body(Model):
    """A model whose ``validate`` tells the flaws of a body in our words, and takes null where a field may be null."""

    def validate(self, data: object, *_: object) -> None:
        """Raises InvalidRequest."""
        validator = Draft4Validator({**self.__schema__, "properties": _nullable(self.__schema__.get("properties", {}))})
        flaws = [told for flaw in validator.iter_errors(data) for told in _told(flaw)]
        if flaws:
            raise InvalidRequest("The body does not fit what this address takes.", fields=dict(flaws[:MAX_FIELDS]))

    def __deepcopy__(self, _: object) -> Body:
        """Another model of the same fields. For each thing that is said of a route, restx copies all that was said of
        it before, which took most of the time in which an app is built; and no field is changed once it is made."""
        copied = Body(self.name, dict(self), mask=self.__mask__, strict=self.__strict__)
        copied.__parents__ = self.__parents__
        return copied


class Routes(Namespace):
    """A namespace whose models validate bodies as ``Body`` does."""

    def model(self, name: str, fields: Json, *, strict: bool = False) -> Model:
        """Make a model and keep it."""
        return self.add_model(name, Body(name, fields, strict=strict))

    def inherit(self, name: str, *specs: Json) -> Model:
        """Make a model that has the fields of others, too, and keep it."""
        return self.add_model(name, Body.inherit(name, *specs))


def _nullable(properties: Json) -> Json:
    """The schemas of fields as JSON Schema has them, which knows nothing of ``x-nullable``."""
    return {
        name: {**schema, "type": [schema["type"], "null"]} if schema.get("x-nullable") and "type" in schema else schema
        for name, schema in properties.items()
    }


def _told(flaw: ValidationError) -> Iterator[tuple[str, str]]:
    """Each field that a flaw concerns, with what is wrong with it."""
    path = [str(part)[:80] for part in flaw.absolute_path]
    present = set(flaw.instance) if isinstance(flaw.instance, dict) else set()
    if flaw.validator == "required":
        for name in sorted(set(flaw.validator_value) - present):
            yield ".".join([*path, name]), "is missing"
    elif flaw.validator == "additionalProperties":
        for name in sorted(present - set(flaw.schema.get("properties", {}))):
            yield ".".join([*path, name[:80] or "body"]), "is not taken here"
    else:
        yield ".".join(path) or "body", _wrong(flaw)


def _wrong(flaw: ValidationError) -> str:
    wanted, description = flaw.validator_value, str(flaw.schema.get("description", "")).strip()
    match flaw.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return "must be " + " or ".join(_KINDS[kind] for kind in kinds)
        case "minLength" | "maxLength":
            return f"must have at {'least' if flaw.validator == 'minLength' else 'most'} {wanted} characters"
        case "minimum" | "maximum":
            return f"must be at {'least' if flaw.validator == 'minimum' else 'most'} {wanted}"
        case "enum":
            return "must be one of " + ", ".join(map(str, wanted))
        case _ if description:
            return f"is not what it has to be: {description}"
    return "is not what it has to be"
