"""Fetching official checkpoints, from a real server on this computer."""

import hashlib
import re
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import fetch_weights
import pytest
from fetch_weights import CHECKPOINTS, Checkpoint, FetchError, fetch

CONNECT = socket.socket.connect
BYTES = bytes(range(256)) * 20_000
FILE = Checkpoint("sam2.1_hiera_tiny.pt", hashlib.sha256(BYTES).hexdigest(), len(BYTES))


@pytest.fixture(autouse=True)
def loopback_is_allowed(no_network, monkeypatch):
    """This test alone may connect, and to this computer alone."""

    def connect(self, address):
        assert address[0] == "127.0.0.1"
        return CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


class Handler(BaseHTTPRequestHandler):
    """Serves `content`, with ranges if `ranges`; the first `breaks` answers end after half of what is left."""

    content, ranges, breaks = BYTES, True, 0
    asked: list[str | None]

    def do_GET(self):
        cls = type(self)
        cls.asked.append(self.headers.get("Range"))
        if self.path != f"/092824/{FILE.name}":
            self.send_error(404)
            return
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self.headers.get("Range") else 0
        start = start if cls.ranges else 0
        body = cls.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if cls.breaks > 0:
            cls.breaks -= 1
            body = body[: len(body) // 2]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    """Starts a server; the handler's class notes what was asked."""
    servers = []

    def _serve(**attributes):
        handler = type("Own", (Handler,), {"asked": [], **attributes})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/092824/", handler

    yield _serve
    for server in servers:
        server.shutdown()
        server.server_close()


def get(folder, source, checkpoint=FILE):
    seen = []
    path = fetch(checkpoint, folder, source=source, progress=lambda done, total: seen.append((done, total)))
    return path, seen


def test_a_file_arrives_whole_with_progress_and_is_not_fetched_again(serve, tmp_path):
    source, handler = serve()
    path, seen = get(tmp_path / "new", source)
    assert path.read_bytes() == BYTES
    assert seen[-1] == (len(BYTES), len(BYTES))
    assert [p.name for p in path.parent.iterdir()] == [FILE.name]
    get(tmp_path / "new", source)
    assert handler.asked == [None]


@pytest.mark.parametrize("ranges", [True, False])
def test_what_broke_off_goes_on_or_starts_anew_where_the_server_can_not(serve, tmp_path, ranges):
    source, handler = serve(breaks=1, ranges=ranges)
    half = len(BYTES) // 2
    with pytest.raises(FetchError, match=rf"broke off at {half:,} of {len(BYTES):,} bytes; run this again"):
        get(tmp_path, source)
    assert [p.name for p in tmp_path.iterdir()] == [f"{FILE.name}.part"]
    path, seen = get(tmp_path, source)
    assert path.read_bytes() == BYTES
    assert handler.asked == [None, f"bytes={half}-"]
    assert (seen[0][0] > half) is ranges


def test_another_file_is_refused_and_leaves_nothing(serve, tmp_path):
    source, _ = serve(content=BYTES[::-1])
    with pytest.raises(FetchError, match="is not the published file"):
        get(tmp_path, source)
    assert list(tmp_path.iterdir()) == []


def test_a_longer_file_is_refused_too(serve, tmp_path):
    source, _ = serve(content=BYTES * 3)
    with pytest.raises(FetchError, match="is not the published file"):
        get(tmp_path, source)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_lies_there_already_is_checked_and_not_replaced(serve, tmp_path):
    source, handler = serve()
    (tmp_path / FILE.name).write_bytes(b"mine")
    with pytest.raises(FetchError, match="Move it away"):
        get(tmp_path, source)
    assert (tmp_path / FILE.name).read_bytes() == b"mine"
    assert handler.asked == []


def test_a_missing_file_and_a_silent_server_are_one_sentence(serve, tmp_path):
    source, _ = serve()
    with pytest.raises(FetchError, match="answers 404"):
        get(tmp_path, source + "other/")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(FetchError, match="can't be reached"):
        get(tmp_path, f"http://127.0.0.1:{port}/")


def test_the_command_line_takes_a_mirror_and_prints_the_hash(serve, tmp_path, monkeypatch, capsys):
    source, _ = serve()
    monkeypatch.setitem(CHECKPOINTS, "tiny", FILE)
    monkeypatch.setattr(sys, "argv", ["fetch_weights", "tiny", "--out", str(tmp_path), "--source", source])
    assert fetch_weights.main() == 0
    assert capsys.readouterr().out == f"{tmp_path / FILE.name}  {FILE.sha256}\n"
    monkeypatch.setattr(
        sys, "argv", ["fetch_weights", "tiny", "--out", str(tmp_path / "b"), "--source", source + "other"]
    )
    assert fetch_weights.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_pins_are_four_different_hashes_of_files_at_the_official_place():
    assert fetch_weights.SOURCE == "https://dl.fbaipublicfiles.com/segment_anything_2/092824/"
    assert len({c.sha256 for c in CHECKPOINTS.values()}) == len(CHECKPOINTS) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", c.sha256) for c in CHECKPOINTS.values())
    assert [c.name for c in CHECKPOINTS.values()] == [
        f"sam2.1_hiera_{size}.pt" for size in ("tiny", "small", "base_plus", "large")
    ]
