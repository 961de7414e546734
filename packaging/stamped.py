"""Papers with time stamps for the judges of sealed PDFs: every kind of seal, stamped by our own authority.

The authority answers on this PC, as in the tests, whose keys and reports these are.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

HELPERS: Final = Path(__file__).parents[1] / "tests" / "helpers"

__all__ = ["HELPERS", "make"]


def make(folder: Path) -> list[Path]:
    """Write stamped papers into a folder, and a trust file beside them that knows signers and authority."""
    sys.path.insert(0, str(HELPERS))
    import keys
    import reports
    import stamps

    from sochibo.documents.papers import Paper, assemble
    from sochibo.sealing.seals import seal
    from sochibo.sealing.trust import write_trust

    now = datetime.now(UTC).replace(microsecond=0)
    chair, second = (
        keys.cell_key(slot, issued=now - timedelta(days=20)) for slot in ("secretary", "minute taker")
    )
    day = (now - timedelta(days=1)).date()
    papers = {}
    for report in (reports.summary(), reports.minutes()):
        dated = replace(report, heading=replace(report.heading, issued_on=day))
        papers[type(report).__name__] = assemble(reports.wrap(dated))
    with stamps.stamping(at=now) as source:
        summary, minutes = papers.values()
        chaired = seal(minutes, chair, "chair", now, source)
        made = {
            "stamped summary": seal(summary, chair, "secretary", now, source),
            "stamped minutes": chaired,
            "stamped twice": seal(Paper(chaired, minutes.spaces), second, "minute_taker", now, source),
        }
    trust = keys.trust(keys.registered(chair), keys.registered(second), listed=now)
    (folder / "trust.json").write_bytes(write_trust(stamps.believing(trust, stamps.authority(), listed=now)))
    for name, content in made.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return [folder / f"{name}.pdf" for name in made]
