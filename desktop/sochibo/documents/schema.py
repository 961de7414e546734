"""The JSON Schema of `sochibo.json`, made from the records themselves and published in `resources/`."""

from __future__ import annotations

from typing import Final, get_type_hints

import msgspec

from sochibo.documents.envelopes import REPORT_TYPES, SCHEMA, SCHEMA_NUMBER, Envelope

__all__ = ["PUBLISHED", "published_schema"]

PUBLISHED: Final = f"envelope-{SCHEMA_NUMBER}.json"
_REFERENCE: Final = "#/$defs/{name}"


def published_schema() -> dict[str, object]:
    """Return the schema: every field is required and no other is allowed, as `decode` has it."""
    hints = get_type_hints(Envelope) | {"report": msgspec.Raw}
    envelope = msgspec.defstruct("Envelope", list(hints.items()))
    (_, *_), components = msgspec.json.schema_components(
        [envelope, *REPORT_TYPES.values()], ref_template=_REFERENCE
    )
    for component in components.values():
        _close(component)
    properties = components.pop("Envelope")["properties"]
    properties |= {"schema": {"const": SCHEMA}, "schema_number": {"const": SCHEMA_NUMBER}}
    del properties["kind"], properties["report"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sochibo.json: the data inside a paper sealed by Sổ Chi bộ",
        "description": "Canonical JSON (RFC 8785), UTF-8, NFC; at most 4 MiB.",
        "type": "object",
        "properties": properties,
        "required": sorted(hints),
        "oneOf": [
            {
                "properties": {
                    "kind": {"const": str(kind)},
                    "report": {"$ref": _REFERENCE.format(name=type_.__name__)},
                }
            }
            for kind, type_ in REPORT_TYPES.items()
        ],
        "unevaluatedProperties": False,
        "$defs": dict(sorted(components.items())),
    }


def _close(component: dict[str, object]) -> None:
    """Require every field and allow no other."""
    properties = component.get("properties")
    if isinstance(properties, dict):
        component["required"] = sorted(properties)
        component["additionalProperties"] = False
        for value in properties.values():
            value.pop("default", None)
