# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import psycopg2
import pytest

from tools import postgres, process
from tools.errors import ToolError


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A private server in a folder of its own that the server's user can enter."""
    folder = Path(tempfile.mkdtemp(prefix="ubyport-pg-", dir="/var/tmp"))
    folder.chmod(0o755)
    monkeypatch.setattr(postgres, "DEV", folder)
    monkeypatch.setattr(postgres, "_folder_for", lambda user: folder / "postgres")
    monkeypatch.setattr(process, "LOGS", tmp_path)
    for name in postgres.GIVEN:
        monkeypatch.delenv(name, raising=False)
    yield folder
    postgres.PrivateServer().stop()
    shutil.rmtree(folder)


def connect(server):
    env = server.env
    return psycopg2.connect(
        host=env["PGHOST"], user=env["PGUSER"], dbname="postgres", port=env["PGPORT"]
    )


def is_up(server):
    try:
        connect(server).close()
    except psycopg2.OperationalError:
        return False
    return True


def test_a_private_server_serves_an_ordinary_role_and_stops_at_the_end(private):
    with postgres.server().running() as server:
        connection = connect(server)
        cursor = connection.cursor()
        cursor.execute(
            "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, True)
        connection.close()
    assert not is_up(server)


def test_who_leaves_first_does_not_stop_the_server_of_the_other(private):
    with postgres.server().running() as server:
        with (private / "postgres.lock").open("w") as other:
            fcntl.flock(other, fcntl.LOCK_SH)
            with postgres.server().running():
                pass
            assert is_up(server)
    assert not is_up(server)


def test_a_server_to_be_kept_runs_on_until_it_is_stopped(private, capsys):
    postgres.start_and_keep()
    assert f"export PGHOST={private}/postgres/run" in capsys.readouterr().out
    assert is_up(postgres.server())
    postgres.stop()
    assert not is_up(postgres.server())


def test_stopping_leaves_a_server_alone_that_somebody_uses(private):
    with postgres.server().running() as server:
        postgres.stop()
        assert is_up(server)


def test_data_of_another_version_are_one_sentence_and_not_lost(private):
    with postgres.server().running():
        pass
    version = private / "postgres" / "data" / "PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(ToolError, match="made by PostgreSQL 9"):
        postgres.PrivateServer().start()
    assert version.exists()


def test_a_server_named_by_the_environment_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example")
    server = postgres.server()
    assert isinstance(server, postgres.GivenServer)
    with server.running() as running:
        assert running.env == {}


def test_a_long_path_moves_the_socket_out_of_the_checkout(monkeypatch):
    deep = Path("/tmp") / ("x" * 90)
    monkeypatch.setattr(postgres, "_folder_for", lambda user: deep)
    server = postgres.PrivateServer()
    assert len(str(server.socket_folder)) < postgres.LONGEST_SOCKET_FOLDER
    assert server.folder == deep


@pytest.mark.skipif(os.getuid() != 0, reason="only root has to become another user")
def test_a_folder_closed_to_the_servers_user_is_not_used(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    user = postgres.unprivileged_user()
    assert not postgres._can_enter(user, closed)
    assert postgres._can_enter(user, Path("/var/tmp"))
