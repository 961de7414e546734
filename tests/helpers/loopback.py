"""The one network that a test may use: this PC's own 127.0.0.1, as long as a `with` block says so.

Time stamps and revocation lists come over HTTP, and only a real server shows that they do. Everything else
stays forbidden, in such a block too: another address, and asking for the address of any name.
"""

from __future__ import annotations

import os
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[str, bytes], tuple[int, bytes]]

__all__ = ["HOST", "is_allowed", "serving"]

HOST: Final = "127.0.0.1"
_blocks: list[str] = []


def is_allowed(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether an event of a socket reaches no further than this PC, inside a block."""
    if not _blocks:
        return False
    if event == "socket.__new__":
        return True
    asked = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    return (asked[0] if isinstance(asked, tuple) else asked) == HOST


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Serve HTTP on a free port: `answer` gets path and body, and returns status and content.

    Yields the address, without a stroke at its end. With status 0 the server hangs up without a word.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, content = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if not status:
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = HOST
    _blocks.append(HOST)
    try:
        with _Server((HOST, 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield f"http://{HOST}:{server.server_address[1]}"
            finally:
                server.shutdown()
                thread.join()
    finally:
        _blocks.pop()
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before
