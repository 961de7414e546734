"""The only place of the program that opens a connection: to one address, because a person has just said so.

What is asked for is a time stamp or a list of revoked certificates. Python's own client does it, because
pyHanko's want either `requests`, which is not among our libraries, or a loop with sockets, which ours lacks.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from http.client import HTTPResponse

__all__ = [
    "AddressUnusable", "AnswerRefused", "AnswerUnusable", "FetchFailed", "FetchStopped", "NotReached",
    "Question", "SlowAnswer", "StampSource", "check_address", "fetch",
]  # fmt: skip

PATIENCE: Final = 30.0
"""Seconds after which nobody waits any longer, also for the name of a machine, which has no limit itself."""
_STEP: Final = 0.1
_SILENCE: Final = 10.0
_BLOCK: Final = 1 << 16
_LONGEST_ADDRESS: Final = 1000


class FetchFailed(Fault):
    """Something was to be fetched and did not come; its subclasses say why."""

    code = "S37"
    sentence = N_("It could not be fetched.")
    advice = N_("Try again later, or go on without it.")


class AddressUnusable(FetchFailed):
    """An address that names no machine, or is of a kind that is not asked."""

    code = "S30"
    sentence = N_("“{address}” is not an address that can be asked.")
    advice = N_("It begins with http:// or https:// and stands in what the authority has published.")


class NotReached(FetchFailed):
    """No connection came about."""

    code = "S31"
    sentence = N_("“{host}” could not be reached.")
    advice = N_("See whether this PC has internet now, or go on without it.")


class SlowAnswer(FetchFailed):
    """The machine took too long."""

    code = "S32"
    sentence = N_("“{host}” did not answer in time.")
    advice = N_("Try again later, or go on without it.")


class AnswerRefused(FetchFailed):
    """The machine answered that it will not."""

    code = "S33"
    sentence = N_("“{host}” refused what it was asked for.")
    advice = N_("See whether the address is right, or go on without it.")


class AnswerUnusable(FetchFailed):
    """The answer is not what was asked for, or too large."""

    code = "S34"
    sentence = N_("“{host}” sent an answer that cannot be used.")
    advice = N_("See whether the address is right, or go on without it.")


class FetchStopped(FetchFailed):
    """A person stopped waiting."""

    code = "S35"
    sentence = N_("You stopped waiting for “{host}”.")
    advice = N_("Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Question:
    """One request: with `data` it is a POST of `kind`; an answer longer than `limit` is not taken."""

    address: str
    limit: int
    data: bytes | None = None
    kind: str = ""

    @property
    def host(self) -> str:
        """Return the machine that is asked, as it is said to people."""
        return check_address(self.address)


@dataclass(frozen=True, slots=True)
class StampSource:
    """The authority that is asked for a stamp, and whether a person still wants to wait."""

    address: str
    keep_on: Callable[[], bool] = lambda: True


def check_address(address: str) -> str:
    """Return the machine that an address names; raises AddressUnusable."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressUnusable(address=address[:80]) from error
    plain = address.isascii() and address.isprintable() and " " not in address
    alone = parts.username is None and parts.password is None
    if parts.scheme not in {"http", "https"} or not host or not plain or not alone:
        raise AddressUnusable(address=address[:80])
    if len(address) > _LONGEST_ADDRESS:
        raise AddressUnusable(address=address[:80])
    return host


def fetch(question: Question, keep_on: Callable[[], bool] = lambda: True) -> bytes:
    """Ask, and return the answer; raises one of this module's faults.

    The waiting is done in a thread of its own, so that a person can stop it at once. Nobody is sent on to
    another address than the one that was shown.
    """
    host = question.host
    answers: queue.SimpleQueue[bytes | Fault] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_outcome(question)), daemon=True).start()
    end = time.monotonic() + PATIENCE
    while True:
        try:
            answer = answers.get(timeout=_STEP)
        except queue.Empty:
            if not keep_on():
                raise FetchStopped(host=host) from None
            if time.monotonic() > end:
                raise SlowAnswer(host=host) from None
            continue
        if isinstance(answer, Fault):
            raise answer
        return answer


def _outcome(question: Question) -> bytes | Fault:
    """Return the answer, or the fault to raise where it is waited for."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    fault: type[Fault] = NotReached
    try:
        return _asked(question)
    except Fault as known:
        return known
    except HTTPError as error:
        error.close()
        fault = AnswerRefused
    except (TimeoutError, URLError) as error:
        if isinstance(getattr(error, "reason", error), TimeoutError):
            fault = SlowAnswer
    except HTTPException:
        fault = AnswerUnusable
    except (OSError, ValueError):
        fault = NotReached
    return fault(host=question.host)


def _asked(question: Question) -> bytes:
    from urllib import request

    headers = {"User-Agent": "sochibo"}
    if question.kind:
        headers |= {"Content-Type": question.kind}
    asked = request.Request(question.address, question.data, headers)  # noqa: S310 - see check_address
    opener = request.OpenerDirector()
    # Neither redirects nor files nor FTP: only what is named here is known to the opener.
    for handler in (
        request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(), request.HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    with opener.open(asked, timeout=_SILENCE) as response:
        return _read(response, question)


def _read(response: HTTPResponse, question: Question) -> bytes:
    """Read an answer to its end, piece by piece, so that one without end is not waited for."""
    parts, length, end = [], 0, time.monotonic() + PATIENCE
    while block := response.read1(_BLOCK):
        parts.append(block)
        length += len(block)
        if length > question.limit:
            raise AnswerUnusable(host=question.host)
        if time.monotonic() > end:
            raise SlowAnswer(host=question.host)
    return b"".join(parts)
