"""A real HTTP server on loopback that says exactly what a test tells it to, whole or broken."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 10
"""Seconds after which a test that waits for something is broken."""


@dataclass(frozen=True)
class Asked:
    """One request as it arrived. Header names are in lower case."""

    target: str
    headers: dict[str, str]


class Call:
    """A connection on which a request has arrived; for scripts that answer in their own way."""

    def __init__(self, server: "Server", connection: socket.socket, asked: Asked) -> None:
        self.server, self.connection, self.asked = server, connection, asked

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def gone(self) -> bool:
        """Wait until the reader at the other end has closed the connection."""
        self.connection.settimeout(PATIENCE)
        with suppress(ConnectionError):
            return self.connection.recv(1) == b""
        return True


Script = bytes | Callable[[Call], object]


def reply(body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """A whole, correct answer."""
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Server:
    """Answers each path by its scripts in turn, the last again and again; any other path with 404.

    A script of bytes is sent as it is and the connection kept; a callable does what it likes, then it is closed.
    `host` is any address of loopback.
    """

    host: str = "127.0.0.1"
    scripts: dict[str, list[Script]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    now: int = 0
    most: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.listener = socket.create_server((self.host, 0), backlog=64)
        self.port: int = self.listener.getsockname()[1]
        self.connections: list[socket.socket] = []
        self.threads = [threading.Thread(target=self._listen)]
        self.threads[0].start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def says(self, path: str, *scripts: Script) -> str:
        """Script a path and return its address."""
        self.scripts[path] = list(scripts)
        return self.url(path)

    def paths(self) -> list[str]:
        return [asked.target for asked in self.asked]

    def wait_asked(self, times: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.asked) >= times, PATIENCE)

    def close(self) -> None:
        self.ended.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(PATIENCE)
        for connection in self.connections:
            connection.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            if self.ended.is_set():
                connection.close()
                return
            self.connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self.threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            kept = True
            while kept:
                head = b""
                while b"\r\n\r\n" not in head:
                    data = connection.recv(65536)
                    if not data:
                        return
                    head += data
                kept = self._answer(connection, head.decode("latin-1"))
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _answer(self, connection: socket.socket, head: str) -> bool:
        first, *lines = head.split("\r\n")
        pairs = (line.partition(":") for line in lines if line)
        asked = Asked(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
        with self.changed:
            self.asked.append(asked)
            self.now += 1
            self.most = max(self.most, self.now)
            scripts = self.scripts.get(asked.target, [reply(status=404)])
            script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
            self.changed.notify_all()
        try:
            if isinstance(script, bytes):
                connection.sendall(script)
                return True
            script(Call(self, connection, asked))
            return False
        finally:
            with self.changed:
                self.now -= 1
                self.changed.notify_all()
