# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ports: which to use, whether they are free, whether somebody answers."""

import os
import socket
import time
import urllib.error
import urllib.request

from .errors import ToolError


def chosen(variable: str, default: int) -> int:
    """The port that an environment variable names, else `default`."""
    text = os.environ.get(variable) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ToolError(f"{variable}={text} is not a port: a number from 1 to 65535.")
    return int(text)


def check_free(port: int, variable: str) -> None:
    if is_busy(port):
        raise ToolError(
            f"Port {port} is busy, another program uses it. "
            f"Take another one: {variable}={port + 100} make demo"
        )


def is_busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise ToolError(f"Port {port} may be used by root only.") from error
        except OSError:
            return True
    return False


def answers(url: str) -> bool:
    """Whether a web server answers there with anything but an error of its own."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def wait_for(url: str, alive, seconds: float) -> bool:
    """Wait until `url` answers; gives up when `alive()` is false or time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        if answers(url):
            return True
        time.sleep(0.3)
    return False
