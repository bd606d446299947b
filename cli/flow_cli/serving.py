"""What `flow lsp` does: set up the log, and serve where it is told to."""

import logging

from flow_cli.errors import UserError


def serve(tcp: str | None, websocket: str | None, log_file: str | None, log_level: str) -> None:
    """Serve one client until it is gone.

    Raises:
        UserError: The command line makes no sense, or the place can't be served.
    """
    if tcp is not None and websocket is not None:
        raise UserError("`--tcp` and `--websocket` exclude each other", "drop one of them")
    _log(log_file, log_level)
    from flow_lsp import server

    try:
        if tcp is not None:
            server.listen_tcp(*_address(tcp))
        elif websocket is not None:
            server.listen_websocket(*_address(websocket))
        else:
            server.start()
    except OSError as error:
        place = tcp or websocket or "standard input"
        raise UserError(f"cannot serve {place}: {error.strerror or error}") from error
    except ModuleNotFoundError as error:
        raise UserError(
            f"`--websocket` needs the package `{error.name}`", f"pip install {error.name}"
        ) from error


def _log(file: str | None, level: str) -> None:
    try:
        logging.basicConfig(
            filename=file,
            level=level.upper(),
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        )
    except OSError as error:
        raise UserError(f"cannot write the log `{file}`: {error.strerror}") from error


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > _MOST:
        raise UserError(f"`{text}` is no address", "write it as HOST:PORT: `127.0.0.1:9257`")
    return host.strip("[]"), int(port)


_MOST = 65535
