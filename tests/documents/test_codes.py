"""The code of a page is the one that ReportLab would have made."""

from __future__ import annotations

import random

import pytest
from reportlab.graphics.barcode.qr import QrCode
from reportlab.graphics.barcode.qrencoder import QRUtil

from sochibo.documents.page.codes import code_of, lost_points


@pytest.mark.parametrize("seed", range(40))
def test_masks_lose_what_reportlab_says(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - patterns, no secret
    size = chance.choice([21, 25, 29, 45])
    dark = chance.choice([0.1, 0.5, 0.9])
    modules = [[chance.random() < dark for _ in range(size)] for _ in range(size)]
    finder = [True, False, True, True, True, False, True, False, False, False, False]
    start = chance.choice([0, size - 11, size - 12, chance.randrange(size - 10)])
    modules[3][start : start + 11] = finder
    made = QrCode("A")
    made.qr.modules = modules
    assert lost_points(modules) == QRUtil.getLostPoint(made.qr)


@pytest.mark.parametrize("text", ["SOCHIBO:0123456789AB", "SOCHIBO:FFFFFFFFFFFF", "X" * 40])
def test_the_code_is_reportlabs(text: str) -> None:
    ours, theirs = code_of(text, 60), QrCode(text, width=60, height=60, qrBorder=1)
    for one in (ours, theirs):
        one.qr.make()
    assert ours.qr.modules == theirs.qr.modules
    assert (ours.width, ours.qrBorder) == (60, 1)
