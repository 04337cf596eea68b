"""A mail server on the loopback that does what a test tells it to, and remembers what it took."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

Answers = list[str]


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.taken: list[EmailMessage] = []  # everything that got a 250
        self.offered: list[str] = []  # Message-IDs of everything that was sent, taken or not
        self.answers: Answers = []  # to the next letters, one each; then 250
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def marks(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.taken]

    @property
    def readers(self) -> list[str]:
        return sorted(letter["To"] for letter in self.taken)

    def forget(self) -> None:
        self.taken, self.offered, self.answers = [], [], []

    def receive(self, raw: bytes) -> str:
        letter = message_from_bytes(raw, policy=policy.default)
        with self.lock:
            self.offered.append(letter["Message-ID"])
            answer = self.answers.pop(0) if self.answers else "250 taken"
            if answer.startswith("250"):
                self.taken.append(letter)
        return answer


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            command = line.strip().upper()
            if command == b"DATA":
                self._say("354 go on")
                self._say(self.server.receive(b"".join(iter(self.rfile.readline, b".\r\n"))))
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
