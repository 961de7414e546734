"""A second person's signature on a paper that has room for it: the minute-taker's on minutes.

The paper is signed where it lies in the book, or as a file on a stick; a file that was signed elsewhere is
taken back into the book that issued it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.book.papers import sending
from sochibo.faults import Fault, Refused, red
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.forms import FORMS
from sochibo.rules.reports import ReportKind
from sochibo.sealing.verdicts import Level
from sochibo.storage.records import documents as papers

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.documents.envelopes import Envelope
    from sochibo.messages import Messages
    from sochibo.sealing.fetching import StampSource
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.seals import Judgement
    from sochibo.sealing.verdicts import Verdict
    from sochibo.storage.engine.database import Database

__all__ = ["Countersigning", "FileChanged", "FileDoubtful", "Unsigned", "check_owner", "open_roles"]

FILE_LIMIT: Final = 20_000_000
UNJUDGED: Final = "V17"
"""A book that was given no trust package cannot tell who sealed, only that the file is whole."""


class FileDoubtful(Fault):
    """A file that nobody should put his name to: it was changed, or who sealed it is not known."""

    code = "X27"
    sentence = N_("“{name}” was not signed: {reason}")
    advice = N_("Ask whoever sealed it for the file once more. Nothing was changed.")

    def __init__(self, *, name: str, verdict: Verdict) -> None:
        super().__init__(name=name, verdict=verdict)
        self._name, self._verdict = name, verdict

    def say(self, words: Messages) -> str:
        """Return the sentence with what was found about the file."""
        fields = {"name": self._name, "reason": self._verdict.sentence(words)}
        return f"{words.sentence(self.sentence, fields)} {words.gettext(self.advice)} ({self.code})"


class FileChanged(Fault):
    """A file is no longer the one whose pages were read before signing."""

    code = "X28"
    sentence = N_("“{name}” is not the file any more whose pages you saw.")
    advice = N_("Choose it again and read its pages. Nothing was signed.")


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A sealed paper that waits for a signature: what it is, who sealed it, whose name stands there next.

    `document_id` is that of the same paper in the book, empty for a file of which the book knows nothing.
    """

    kind: ReportKind
    number: str
    sealed_by: str
    role: str
    person: str
    document_id: str = ""


class Countersigning:
    """Second signatures; opening keys and signing are safe in a worker thread."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def waiting(self, document_id: str) -> Unsigned | None:
        """Return what a sealed paper of the book waits for, None where nothing is left to sign."""
        roles = open_roles(self._database, document_id)
        if not roles:
            return None
        document = papers.get(self._database, document_id)
        envelope = papers.envelope(self._database, document_id)
        return Unsigned(
            kind=document.kind,
            number=document.number,
            sealed_by=document.sealed_by,
            role=roles[0],
            person=_printed_name(envelope, roles[0]),
            document_id=document_id,
        )

    def sign(
        self, document_id: str, key: SigningKey, now: datetime, stamps: StampSource | None = None
    ) -> bytes:
        """Put the next signature on a sealed paper of the book; returns the file, which is kept.

        The first signature stays what it is: what follows is appended to the file. Raises Refused where the
        paper is not sealed yet (Q85), is to be signed by another person (Q86), has no room left (Q88) or was
        signed with this very key (Q89), and sealing's faults. With `stamps` the signature gets a time stamp,
        or is not made.
        """
        check_owner(self._book, key)
        document, sealed = papers.get(self._database, document_id), papers.sealed(self._database, document_id)
        if sealed is None and len(FORMS[document.kind].roles) > 1:
            text = N_("The paper is sealed first: then it can be countersigned.")
            raise Refused([red("Q85", text, "")])
        both, role = _signed(sealed or b"", papers.envelope(self._database, document_id), key, now, stamps)
        self._keep(document_id, document.number, role, both, key.subject.person, now)
        return both

    def look(self, content: bytes, name: str, now: datetime) -> Unsigned:
        """Tell what a sealed file from a stick waits for, before anybody signs it.

        Raises FileDoubtful for one that is changed or whose first signer is not known, Refused for a paper
        of another organisation (Q87) or one without room (Q88).
        """
        return self._examined(content, name, now)[1]

    def sign_file(
        self,
        path: Path,
        key: SigningKey,
        now: datetime,
        stamps: StampSource | None = None,
        *,
        seen: bytes | None = None,
    ) -> Unsigned:
        """Sign a file where it lies: it is written whole with its new signature, read back, and kept.

        It is kept in the book too where that issued the paper. Raises what `look` and `sign` raise,
        FileChanged where it is not what a person has `seen`, or a fault of the stick; the file is then as it
        was.
        """
        content = files.read_whole(path, FILE_LIMIT)
        if seen is not None and content != seen:
            raise FileChanged(name=path.name)
        envelope, found = self._examined(content, path.name, now)
        check_owner(self._book, key)
        both, role = _signed(content, envelope, key, now, stamps)
        sending.write_back(path, both, now)
        if found.document_id and papers.sealed(self._database, found.document_id) == content:
            self._keep(found.document_id, found.number, role, both, key.subject.person, now)
        return found

    def take_back(self, content: bytes, name: str, now: datetime) -> bool:
        """Keep a paper of this book that came back with one signature more; False for anything else.

        It begins with the very file that left, and what follows is a sound signature. Raises FileDoubtful.
        """
        if not content.startswith(b"%PDF-"):
            return False
        ours = papers.that_grew_into(self._database, content)
        roles = open_roles(self._database, ours.id) if ours else ()
        if ours is None or not roles:
            return False
        judged = self._judged(content, name, now)
        signer = judged.seal.person if judged.seal else ""
        self._keep(ours.id, ours.number, roles[0], content, signer, now)
        return True

    def _examined(self, content: bytes, name: str, now: datetime) -> tuple[Envelope, Unsigned]:
        judged = self._judged(content, name, now)
        envelope = judged.envelope
        if envelope is None or envelope.organisation_id != self._book.organisation().id:
            text = N_("“{name}” is no paper of {unit}.")
            raise Refused([red("Q87", text, "", name=name, unit=self._book.organisation().name)])
        role = _next_role(content, envelope.kind)
        known = papers.of_digest(self._database, judged.digest or "")
        return envelope, Unsigned(
            kind=envelope.kind,
            number=envelope.number,
            sealed_by=judged.seal.person if judged.seal else "",
            role=role,
            person=_printed_name(envelope, role),
            document_id=known.id if known else "",
        )

    def _judged(self, content: bytes, name: str, now: datetime) -> Judgement:
        from sochibo.sealing.seals import judge
        from sochibo.sealing.signatures import VIETNAM

        judged = judge(content, self._book.trust.current(), now.astimezone(VIETNAM).date())
        if judged.verdict.level not in {Level.ACCEPT, Level.NOTE} and judged.verdict.code != UNJUDGED:
            raise FileDoubtful(name=name, verdict=judged.verdict)
        return judged

    def _keep(
        self, document_id: str, number: str, role: str, content: bytes, person: str, now: datetime
    ) -> None:
        changes = Changes.REPORTS | Changes.MEETINGS
        fields = {"number": number}
        with self._database.act(
            N_("Countersigned {number}"), fields, changes=int(changes.value), lasting=True
        ):
            papers.keep_countersigned(self._database, document_id, role, content, person, now)


def check_owner(book: Book, key: SigningKey) -> None:
    """Refuse a key that names another organisation; one that names none signs for whoever holds it."""
    theirs = key.subject.organisation_id
    # Official certificates have a number of another kind here (`CCCD:…`), which says nothing of our books.
    if theirs and ":" not in theirs and theirs != book.organisation().id:
        template = N_("This key was made for “{organisation}”.")
        raise Refused([red("Q93", template, "", organisation=key.subject.organisation)])


def open_roles(database: Database, document_id: str) -> tuple[str, ...]:
    """Return the fields for signatures of a sealed paper that are still empty, in the order of signing.

    What was signed is recorded, so that no page has to wait for the libraries that read signatures.
    """
    document = papers.get(database, document_id)
    if not document.is_sealed:
        return ()
    first, *others = FORMS[document.kind].roles
    signed = {first, *papers.countersigned_roles(database, document_id)}
    return tuple(role for role in others if role not in signed)


def _next_role(sealed: bytes, kind: ReportKind) -> str:
    """Return the field to be signed next, as the file itself says; raises Refused."""
    from sochibo.sealing.signatures import signed_fields

    roles = FORMS[kind].roles
    signed = signed_fields(sealed) if sealed and len(roles) > 1 else roles
    for role in roles:
        if role not in signed:
            return role
    raise Refused([red("Q88", N_("This paper has no room for another signature."), "")])


def _signed(
    sealed: bytes, envelope: Envelope, key: SigningKey, now: datetime, stamps: StampSource | None
) -> tuple[bytes, str]:
    """Return a sealed file with the signature of its next signer, and the role of that one."""
    from sochibo.documents.papers import Paper, assemble
    from sochibo.sealing.seals import seal
    from sochibo.sealing.signatures import signers_of
    from sochibo.sealing.trust import read_certificate

    role = _next_role(sealed, envelope.kind)
    if key.fingerprint in {read_certificate(pem.encode()).fingerprint for pem in signers_of(sealed)}:
        raise Refused(
            [red("Q89", N_("This key has signed the paper already: another person signs now."), "")]
        )
    person = _printed_name(envelope, role)
    # Official certificates write names in capitals, some without diacritics.
    if person and names.fold(person) != names.fold(key.subject.person):
        text = N_("“{person}” is to sign here, and this is the key of “{other}”.")
        raise Refused([red("Q86", text, "", person=person, other=key.subject.person)])
    return seal(Paper(sealed, assemble(envelope).spaces), key, role, now, stamps), role


def _printed_name(envelope: Envelope, role: str) -> str:
    from sochibo.documents.papers import printed_names

    return printed_names(envelope).get(role, "")
