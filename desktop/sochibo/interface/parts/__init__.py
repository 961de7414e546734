"""Parts that pages are made of: fields, tables, forms, previews."""

from __future__ import annotations
