"""What an attacker, a careless copy or an honest editor does to a sealed file, and what we say of it."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import keys
import pikepdf
import pytest
import reports
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from sochibo.documents.papers import Paper, assemble
from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

# What the library offers for making attacks is half untyped.
PDF: Any = generic
Writer: TypeAlias = Any


def code(pdf: bytes, trust: Trust | None, day: date = keys.DAY) -> str:
    return judge(pdf, trust, day).verdict.code


def test_an_untouched_file_is_accepted(sealed: bytes, trust: Trust) -> None:
    judged = judge(sealed, trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V00", Level.ACCEPT)
    assert judged.envelope == reports.wrap(reports.summary())
    assert judged.seal is not None
    assert judged.seal.fingerprint == keys.cell_key().fingerprint
    assert judged.seal.claimed_at == keys.NOW


# What is done to the bytes of the sealed summary, with the verdicts that may be said of it.


def flip(pdf: bytes, position: int, bit: int = 0) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ (1 << bit)]) + pdf[position + 1 :]


def bit_flipped_in_a_page(pdf: bytes) -> bytes:
    return flip(pdf, len(pdf) // 3)


def saved_by_an_editor(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Title"] = "Bản khác"
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def appended(pdf: bytes, change: Callable[[Writer], None]) -> bytes:
    writer: Writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def text_drawn_over_a_page(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        more = writer.add_object(PDF.StreamObject(stream_data=b"0 0 300 300 re f"))
        page = writer.root["/Pages"]["/Kids"][0]
        content = page.raw_get("/Contents")
        page["/Contents"] = PDF.ArrayObject([content, more])
        writer.update_container(page)

    return appended(pdf, change)


def attachment_overridden(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        reference = file["/EF"].raw_get("/F").reference
        old = file["/EF"]["/F"]
        new = PDF.StreamObject(dict(old), stream_data=old.data.replace(b'"members":3', b'"members":9'))
        new.pop("/Filter", None)
        writer.objects[(reference.generation, reference.idnum)] = new

    return appended(pdf, change)


def attachment_taken_away(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        del writer.root["/Names"]
        writer.update_root()

    return appended(pdf, change)


def note_added(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        note = PDF.DictionaryObject(
            {
                PDF.NameObject("/Type"): PDF.NameObject("/Annot"),
                PDF.NameObject("/Subtype"): PDF.NameObject("/FreeText"),
                PDF.NameObject("/Rect"): PDF.ArrayObject(PDF.NumberObject(n) for n in (50, 50, 300, 300)),
                PDF.NameObject("/Contents"): PDF.TextStringObject("đã sửa"),
            }
        )
        page["/Annots"] = PDF.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    return appended(pdf, change)


def cut_short(pdf: bytes) -> bytes:
    return pdf[: len(pdf) * 2 // 3]


def seal_cut_off(pdf: bytes) -> bytes:
    return pdf[: pdf.index(b"%%EOF") + 6]


def junk_after_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n"


def second_ending_added(pdf: bytes) -> bytes:
    return pdf + pdf[pdf.rindex(b"startxref") :]


def range_shortened(pdf: bytes) -> bytes:
    return re.sub(rb"(/ByteRange ?\[0 \d+ \d+ )(\d)", rb"\g<1>0", pdf)


def range_without_numbers(pdf: bytes) -> bytes:
    return pdf.replace(b"/ByteRange", b"/ByteRunge")


def seal_zeroed(pdf: bytes) -> bytes:
    return re.sub(rb"<30[0-9A-F]{1000,}>", lambda found: b"<" + b"0" * (len(found[0]) - 2) + b">", pdf)


def padding_used(pdf: bytes) -> bytes:
    end = pdf.index(b"0>", pdf.index(b"/ByteRange") - 12_000)
    return pdf[:end] + b"1" + pdf[end + 1 :]


def small_letters_in_the_seal(pdf: bytes) -> bytes:
    start = pdf.index(b"<3082") + 5
    position = next(at for at in range(start, start + 100) if pdf[at : at + 1] in b"ABCDEF")
    return pdf[:position] + pdf[position : position + 1].lower() + pdf[position + 1 :]


@pytest.mark.parametrize(
    ("attack", "codes"),
    [
        (bit_flipped_in_a_page, {"V03"}),
        (saved_by_an_editor, {"V03"}),
        (text_drawn_over_a_page, {"V03"}),
        (attachment_overridden, {"V03"}),
        (attachment_taken_away, {"V03"}),
        (note_added, {"V03"}),
        (cut_short, {"V01"}),
        (seal_cut_off, {"V02"}),
        (junk_after_the_end, {"V03"}),
        (second_ending_added, {"V03"}),
        (range_shortened, {"V03"}),
        (range_without_numbers, {"V03"}),
        (seal_zeroed, {"V03"}),
        (padding_used, {"V03"}),
        (small_letters_in_the_seal, {"V03"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_changed_file_is_refused(
    attack: Callable[[bytes], bytes], codes: set[str], sealed: bytes, trust: Trust
) -> None:
    changed = attack(sealed)
    assert changed != sealed
    judged = judge(changed, trust, keys.DAY)
    assert judged.verdict.level is Level.REFUSE
    assert judged.verdict.code in codes


def test_a_changed_file_is_refused_also_by_one_who_trusts_nobody_yet(sealed: bytes) -> None:
    assert code(note_added(sealed), None) == "V03"
    assert code(sealed, None) == "V17"


@pytest.mark.parametrize("seed", range(60))
def test_no_random_damage_is_ever_accepted(seed: int, sealed: bytes, trust: Trust) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage, not a secret
    damaged = bytearray(sealed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(damaged))
        match chance.choice(["flip", "drop", "double", "zero"]):
            case "flip":
                damaged[at] ^= 1 << chance.randrange(8)
            case "drop":
                del damaged[at : at + chance.randint(1, 50)]
            case "double":
                damaged[at:at] = damaged[at : at + chance.randint(1, 50)]
            case _:
                damaged[at : at + 20] = bytes(20)
    assert bytes(damaged) != sealed
    judged = judge(bytes(damaged), trust, keys.DAY)
    assert judged.verdict.level is Level.REFUSE, judged.verdict


@pytest.mark.parametrize("share", range(40))
def test_a_byte_changed_anywhere_is_refused(share: int, sealed: bytes, trust: Trust) -> None:
    position = min(len(sealed) - 1, len(sealed) * share // 39)
    assert judge(flip(sealed, position, share % 8), trust, keys.DAY).verdict.level is Level.REFUSE


def test_a_byte_changed_anywhere_in_the_seal_itself_is_refused(sealed: bytes, trust: Trust) -> None:
    start = sealed.index(b"<3082")
    for position in range(start, start + 9_000, 260):
        digit = sealed[position : position + 1]
        changed = sealed[:position] + (b"5" if digit != b"5" else b"6") + sealed[position + 1 :]
        assert judge(changed, trust, keys.DAY).verdict.level is Level.REFUSE, position


# Whose seal it is.


def test_another_trusted_key_may_not_seal_for_this_unit(summary: Paper, trust: Trust) -> None:
    other = sign(summary.pdf, summary.spaces, "secretary", keys.cell_key("neighbour"), keys.NOW)
    judged = judge(other, trust, keys.DAY)
    assert judged.verdict.code == "V12"
    assert judged.verdict.fields["unit"] == "Chi bộ Thôn 4"


def test_a_key_registered_until_yesterday_may_not_seal_today(sealed: bytes) -> None:
    ended = keys.trust(keys.registered(keys.cell_key(), until=date(2026, 11, 30)))
    assert code(sealed, ended) == "V12"


def test_a_false_authority_of_the_same_name_is_not_trusted(summary: Paper) -> None:
    false = keys.cell_key(by="false")
    signed = sign(summary.pdf, summary.spaces, "secretary", false, keys.NOW)
    assert code(signed, keys.trust(keys.registered(false))) == "V05"


def test_a_key_that_no_committee_issued_is_not_trusted_even_if_registered(summary: Paper) -> None:
    signed = sign(summary.pdf, summary.spaces, "secretary", keys.own_key(), keys.NOW)
    assert code(signed, keys.trust(keys.registered(keys.own_key()))) == "V05"


@pytest.mark.parametrize(
    ("revoked", "listed", "expected"),
    [
        (keys.ISSUED, keys.ISSUED, "V06"),
        (keys.ISSUED, keys.NOW + timedelta(days=40), "V06"),
        (keys.NOW + timedelta(days=30), keys.NOW + timedelta(days=40), "V00"),
    ],
    ids=["by the list of the day", "by a later list", "only after it was received"],
)
def test_a_revoked_certificate_is_refused(
    revoked: datetime, listed: datetime, expected: str, sealed: bytes
) -> None:
    key = keys.cell_key()
    trust = keys.trust(keys.registered(key), revoked={keys.serial_of(key): revoked}, listed=listed)
    assert code(sealed, trust) == expected


def test_without_a_revocation_list_nobody_is_trusted(sealed: bytes) -> None:
    assert code(sealed, keys.trust(keys.registered(keys.cell_key()), listed=None)) == "V21"


def test_an_old_revocation_list_is_no_list(sealed: bytes) -> None:
    old = keys.trust(keys.registered(keys.cell_key()), listed=keys.NOW - timedelta(days=500))
    assert code(sealed, old) == "V21"


# When it was sealed: the time is only claimed, so it must at least be possible.


@pytest.mark.parametrize(
    ("claimed", "received", "expected"),
    [
        (datetime(2026, 11, 29, 23, 0, tzinfo=keys.VIETNAM), keys.DAY, "V00"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (datetime(2025, 1, 20, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (datetime(2027, 6, 1, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (keys.NOW, date(2026, 11, 30), "V00"),
        (keys.NOW, date(2026, 11, 29), "V10"),
    ],
)
def test_the_claimed_time_must_be_possible(
    claimed: datetime, received: date, expected: str, summary: Paper, trust: Trust
) -> None:
    signed = sign(summary.pdf, summary.spaces, "secretary", keys.cell_key(), claimed)
    assert code(signed, trust, received) == expected


def test_an_expired_certificate_is_named_so(summary: Paper) -> None:
    ended = keys.cell_key(issued=datetime(2024, 12, 5, 9, 0, tzinfo=keys.VIETNAM))
    trust = keys.trust(keys.registered(ended))
    signed = sign(summary.pdf, summary.spaces, "secretary", ended, keys.NOW)
    assert code(signed, trust, keys.DAY) == "V00"
    assert code(signed, trust, date(2026, 12, 20)) == "V20"
    late = sign(summary.pdf, summary.spaces, "secretary", ended, datetime(2026, 12, 19, tzinfo=keys.VIETNAM))
    assert code(late, trust, date(2026, 12, 20)) == "V20"


# How it was sealed.


def sign_otherwise(paper: Paper, key: SigningKey, field: str, **metadata: Any) -> bytes:  # noqa: ANN401 - pyHanko's
    """Sign with the library directly, in ways that our own `sign` never would."""
    from sochibo.sealing import signatures

    writer = IncrementalPdfFileWriter(io.BytesIO(paper.pdf))
    wanted: dict[str, Any] = {"md_algorithm": "sha256", "subfilter": SigSeedSubFilter.PADES} | metadata
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, **wanted),
        signatures._signer(key),  # noqa: SLF001 - the key in the library's form, which no one else needs
        new_field_spec=SigFieldSpec(field),
    )
    session = signer.sign_pdf(writer)
    signed: bytes = session.getvalue()
    return signed


def test_an_unsealed_paper_carries_no_seal(summary: Paper, trust: Trust) -> None:
    assert code(summary.pdf, trust) == "V02"


def test_a_plain_signature_does_not_certify(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "secretary"), trust) == "V02"


def test_a_seal_that_would_let_fields_be_filled_is_not_a_summarys(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "secretary", certify=True), trust) == "V02"


def test_a_field_of_another_name_is_not_ours(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "Signature1", certify=True), trust) == "V02"


def test_a_weak_digest_is_refused(summary: Paper, trust: Trust) -> None:
    signed = sign_otherwise(summary, keys.cell_key(), "secretary", md_algorithm="sha1", certify=True)
    assert code(signed, trust) == "V04"


def test_a_short_key_is_refused(summary: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    from sochibo.sealing import certificates

    monkeypatch.setattr(certificates, "LEAST_RSA_BITS", 1024)
    weak = keys.own_key("weak", bits=1024)
    signed = sign(summary.pdf, summary.spaces, "secretary", weak, keys.NOW)
    monkeypatch.undo()
    assert code(signed, keys.trust(keys.registered(weak))) == "V04"


def test_a_paper_of_another_program_cannot_be_judged(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        del document.attachments["sochibo.json"]
        written = io.BytesIO()
        document.save(written)
    foreign = Paper(written.getvalue(), ())
    judged = judge(sign_otherwise(foreign, keys.cell_key(), "Signature1"), trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V24", Level.HOLD)


# Two signatures on minutes.


def test_minutes_may_be_sealed_by_the_chair_alone_or_by_both(
    minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    both = sign(chaired, minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(chaired, trust) == "V00"
    assert code(both, trust) == "V00"
    assert both.startswith(chaired)


def test_the_minute_taker_may_not_come_first(minutes: Paper, trust: Trust) -> None:
    alone = sign(minutes.pdf, minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(alone, trust) == "V02"


def test_the_second_field_filled_by_a_stranger_is_not_accepted(
    minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    stranger = sign(chaired, minutes.spaces, "minute_taker", keys.own_key("stranger"), keys.NOW)
    assert code(stranger, trust) == "V05"


def test_a_third_signature_is_refused(chaired: bytes, trust: Trust) -> None:
    third = sign_otherwise(Paper(chaired, ()), keys.own_key("stranger"), "approval")
    assert code(third, trust) == "V02"


@pytest.mark.parametrize("attack", [text_drawn_over_a_page, note_added, attachment_overridden])
def test_minutes_may_not_change_before_the_second_signature(
    attack: Callable[[bytes], bytes], minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    changed = sign(attack(chaired), minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(changed, trust) == "V03"


# Files that were sealed by the right person, and lie all the same.


def resealed(paper: Paper, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        change(document)
        written = io.BytesIO()
        document.save(written)
    return sign(written.getvalue(), paper.spaces, "secretary", keys.cell_key(), keys.NOW)


def with_data(paper: Paper, data: bytes) -> bytes:
    return resealed(paper, lambda document: replace_data(document, data))


def replace_data(document: pikepdf.Pdf, data: bytes) -> None:
    document.attachments["sochibo.json"].obj.EF.F.write(data)


def payload(**changes: object) -> bytes:
    from sochibo.documents.envelopes import encode

    return encode(reports.wrap(reports.summary(), **changes))


def test_data_that_differ_from_the_pages_are_refused(summary: Paper, trust: Trust) -> None:
    assert code(with_data(summary, payload()), trust) == "V00"
    assert code(with_data(summary, payload(revision=2)), trust) == "V07"


def test_data_that_cannot_be_read_are_refused(summary: Paper, trust: Trust) -> None:
    assert code(with_data(summary, b"{}"), trust) == "V08"
    assert code(with_data(summary, payload()[:-40]), trust) == "V08"


def test_data_of_a_newer_program_are_kept(summary: Paper, trust: Trust) -> None:
    newer = payload().replace(b'"schema_number":1', b'"schema_number":2')
    judged = judge(with_data(summary, newer), trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V09", Level.HOLD)


def test_two_attachments_are_refused(summary: Paper, trust: Trust) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["khac.json"] = b"{}"

    assert code(resealed(summary, change), trust) == "V08"


def test_figures_that_contradict_each_other_are_refused(trust: Trust) -> None:
    report = reports.summary()
    wrong = replace(report, members=report.members + 1)
    paper = assemble(reports.wrap(wrong))
    judged = judge(sign(paper.pdf, paper.spaces, "secretary", keys.cell_key(), keys.NOW), trust, keys.DAY)
    assert judged.verdict.code == "V11"
    assert judged.verdict.fields["finding"]


def test_a_roll_up_whose_total_is_wrong_is_refused() -> None:
    report = reports.rollup()
    wrong = replace(report, total=replace(report.total, members=report.total.members + 1))
    for shown, expected in ((report, "V17"), (wrong, "V11")):
        paper = assemble(reports.wrap(shown))
        later = keys.NOW + timedelta(days=10)
        made = sign(paper.pdf, paper.spaces, "secretary", keys.cell_key(), later)
        assert code(made, None, later.date()) == expected


def test_a_refusal_outweighs_a_doubt(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        replace_data(document, payload(revision=2))
        written = io.BytesIO()
        document.save(written)
    lying = sign(written.getvalue(), summary.spaces, "secretary", keys.own_key("stranger"), keys.NOW)
    assert code(lying, trust) == "V07"


@pytest.mark.parametrize(
    "strange",
    [
        {"/OpenAction": {"/S": "/JavaScript", "/JS": "app.alert(1)"}},
        {"/AA": {"/WC": {"/S": "/Launch", "/F": "a.exe"}}},
        {"/OCProperties": {}},
        {"/Extra": [{"/S": "/URI", "/URI": "http://example.com"}]},
    ],
    ids=["script", "launch", "layers", "link"],
)
def test_what_no_paper_holds_is_refused(strange: dict[str, Any], summary: Paper, trust: Trust) -> None:
    def value(of: Any) -> Any:  # noqa: ANN401 - nested names and dictionaries
        if isinstance(of, dict):
            return pikepdf.Dictionary({key: value(inner) for key, inner in of.items()})
        if isinstance(of, list):
            return pikepdf.Array([value(inner) for inner in of])
        return pikepdf.Name(of) if of.startswith("/") else pikepdf.String(of)

    def change(document: pikepdf.Pdf) -> None:
        for key, inner in strange.items():
            document.Root[key] = value(inner)

    assert code(resealed(summary, change), trust) == "V22"


def test_a_locked_file_is_refused(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        written = io.BytesIO()
        document.save(written, encryption=pikepdf.Encryption(owner="a", user=""))
    assert code(written.getvalue(), trust) == "V22"


def test_limits(sealed: bytes, summary: Paper, trust: Trust) -> None:
    assert code(sealed + bytes(20_000_000), trust) == "V23"

    def change(document: pikepdf.Pdf) -> None:
        for _ in range(500):
            document.add_blank_page()

    assert code(resealed(summary, change), trust) == "V23"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 5000, "Chi bộ".encode()])
def test_what_is_no_pdf_is_no_whole_pdf(data: bytes, trust: Trust) -> None:
    assert code(data, trust) == "V01"
