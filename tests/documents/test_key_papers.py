"""Requests and trust packages as papers: pages and data say the same, and the data travel whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import reports

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.rules.units.trust_papers import EnrolmentReport, TrustLine, TrustReport

FINGERPRINT = "0123456789abcdef" * 4
REQUEST = EnrolmentReport(
    reports.heading(""), "2026-11-05", "u-1", "Chi bộ Thôn 4", "Nguyễn Văn Mẫu", "PEM", FINGERPRINT,
    date(2028, 11, 4),
)  # fmt: skip
SIGNER = TrustLine(
    "u-1", "Chi bộ Thôn 4", "Nguyễn Văn Mẫu", FINGERPRINT, date(2026, 9, 1), date(2026, 11, 2), "PEM",
    date(2026, 11, 3), "mất máy tính",
)  # fmt: skip
PACKAGE = TrustReport(
    reports.heading("", body="Đảng ủy xã Đông Hòa", superior="Đảng bộ tỉnh An Bình", signer="Đào Thị Mơ"),
    "2026-11-05", 5, datetime(2026, 11, 5, 2, 0, tzinfo=UTC), FINGERPRINT, date(2027, 12, 10), ("PEM",),
    ("CRL",), (SIGNER, replace(SIGNER, person="Trần Thị Bích", valid_to=None, revoked_since=None)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("report", "changed"),
    [
        (REQUEST, replace(REQUEST, fingerprint="f" * 64)),
        (REQUEST, replace(REQUEST, on_token=True)),
        (PACKAGE, replace(PACKAGE, trust_number=6)),
        (PACKAGE, replace(PACKAGE, signers=(PACKAGE.signers[1],))),
    ],
)
def test_a_paper_about_keys_is_drawn_as_its_data_say(
    report: EnrolmentReport | TrustReport, changed: EnrolmentReport | TrustReport
) -> None:
    envelope = reports.wrap(report)
    assert decode(encode(envelope)) == envelope
    paper = draw(envelope)
    assert papers.same_pages(paper.pdf, envelope).difference is None
    assert [space.role for space in paper.spaces] == ["secretary"]
    assert papers.same_pages(paper.pdf, reports.wrap(changed)).difference is not None


def test_a_package_with_a_hundred_units_runs_over_pages() -> None:
    many = replace(
        PACKAGE, signers=tuple(replace(SIGNER, organisation=f"Chi bộ Thôn {n}") for n in range(100))
    )
    texts = papers.page_texts(draw(reports.wrap(many)).pdf)
    assert len(texts) > 2
    assert "Chi bộ Thôn 99" in " ".join(texts)
