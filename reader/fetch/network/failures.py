"""What the exceptions of httpcore, of TLS and of the operating system are to a reader. Pure; asks nobody."""

import socket
import ssl

import httpcore

from reader.models import FailureKind
from reader.text import clean_line

TRANSPORT_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)
"""What a connection or its server can be expected to do."""


def kind_of(error: Exception, answered: bool) -> FailureKind:
    """Say what a transport's exception is. The operating system's own error is among its causes."""
    causes = _chain_of(error)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FailureKind.TLS
    if any(isinstance(cause, (socket.gaierror, UnicodeError)) for cause in causes):
        return FailureKind.NO_HOST
    if isinstance(error, httpcore.ProtocolError) and (answered or not hung_up(error)):
        return FailureKind.PROTOCOL
    if isinstance(error, httpcore.UnsupportedProtocol):
        return FailureKind.BAD_URL
    return FailureKind.NO_CONNECTION


def hung_up(error: Exception) -> bool:
    """Say whether the connection ended before an answer: an idle one just closed, a server that restarts, a GOAWAY."""
    if isinstance(error, httpcore.RemoteProtocolError):
        # h11 and h2 have no class of their own for it in httpcore, only these words.
        return any(word in str(error) for word in ("disconnected", "ConnectionTerminated", "StreamReset", "GOAWAY"))
    return isinstance(error, (httpcore.ReadError, httpcore.WriteError))


def cause_of(error: Exception) -> str:
    """What goes into the log."""
    return clean_line(f"{type(error).__name__}: {error}", 300)


def _chain_of(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
