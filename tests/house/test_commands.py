"""The two commands as a stranger meets them: what they say where something is in the way, and that they clean up."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hearth.db import postgres
from tests.house.processes import ROOT, RealHearth, free_port, ready, running

from commands import checking, chromium, words  # isort: skip

TEMPLATE = ROOT / ".hearth" / "postgres-template"
needs_locked_packages = pytest.mark.skipif(
    Path(sys.prefix).resolve() != ready.VENV.resolve(), reason="runs from the virtual environment that make makes"
)


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the house's commands to its end."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT", "HOST")}
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "run.py"), *arguments],
        cwd=ROOT,
        env=kept | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing it said, where it failed as it should: without a traceback, in one line."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.fixture
def own_data() -> Iterator[Path]:
    """A folder for Hearth's data beside the real one, where the database's account can reach it."""
    folder = ROOT / ".hearth" / f"try-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir(parents=True, mode=0o711)
    yield folder
    if (folder / "postgres").exists():
        postgres.remove(folder / "postgres")
    subprocess.run(["rm", "-rf", str(folder)], check=False)


# ── one sentence each ─────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_said_in_one_sentence_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = one_sentence(command("run", PORT=str(port)))
    assert said.startswith(f"Port {port} is in use by another program")
    assert "make run" in said


def test_a_port_that_is_no_number_is_said_in_one_sentence() -> None:
    assert "'lots'" in one_sentence(command("run", PORT="lots"))


@needs_locked_packages
def test_a_database_that_cannot_be_reached_is_said_in_one_sentence_without_its_password(own_data: Path) -> None:
    url = f"postgresql://hearth:word-nobody-may-see@127.0.0.1:{free_port()}/hearth"
    said = one_sentence(command("run", PORT=str(free_port()), DATABASE_URL=url, HEARTH_DATA=str(own_data)))
    assert said.startswith("The database that DATABASE_URL names cannot be used")
    assert "word-nobody-may-see" not in said


def test_a_database_that_is_too_old_is_refused(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = postgres.start(own_data / "postgres", durable=False, template=TEMPLATE)
    try:
        running.check_database(server.url)
        monkeypatch.setattr(running, "OLDEST", 99)
        with pytest.raises(words.Trouble, match=r"needs PostgreSQL 99 or newer, and DATABASE_URL names a \d\d\."):
            running.check_database(server.url)
    finally:
        server.stop()


def test_an_old_python_is_told_so_before_anything_else() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['tools/run.py', 'run']; "
    pretend += "runpy.run_path('tools/run.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)
    assert one_sentence(done).startswith("Hearth needs Python 3.11 or newer, and this is 3.9")


def test_a_python_without_venv_is_told_which_package_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(ready, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(ready, "MARK", tmp_path / ".venv" / "hearth.json")
    monkeypatch.setattr(ready.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(words.Trouble, match="apt-get install python3-venv"):
        ready._virtual_environment()
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("message", ["Read-only file system", "Permission denied"])
def test_a_folder_that_cannot_be_written_is_named(message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, message)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(words.Trouble, match=re.escape(f"Hearth cannot write to {ready.ROOT}")):
        ready.writable_home()


# Each is what the tool said on a machine where that was so.
NO_NETWORK = {
    "pip": "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: Failed to establish "
    "a new connection: [Errno -3] Temporary failure in name resolution')': /simple/uv/\n"
    "ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)",
    "uv": "error: Failed to fetch: `https://example.org/simple/django/`\n  Caused by: client error (Connect)\n"
    "  Caused by: dns error: failed to lookup address information",
    "npm": "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request failed",
}
NO_COMPILER = {
    "setuptools": "building 'thing' extension\ngcc -fPIC -c c.c\nerror: [Errno 2] No such file or directory: 'gcc'",
    "no headers": "c.c:1:10: fatal error: Python.h: No such file or directory\nerror: command '/usr/bin/gcc' failed",
    "meson": "../meson.build:1:0: ERROR: Unable to find a compiler: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]",
    "rust": "error: can't find Rust compiler",
}


@pytest.mark.parametrize("output", NO_NETWORK.values(), ids=NO_NETWORK)
def test_no_network_is_said_in_one_sentence(output: str) -> None:
    said = str(words.explained(output, what="The packages that Hearth needs"))
    assert said.startswith("The packages that Hearth needs could not be fetched")
    assert "network" in said
    assert "\n" not in said


@pytest.mark.parametrize("output", NO_COMPILER.values(), ids=NO_COMPILER)
def test_a_missing_compiler_is_said_in_one_sentence_with_the_package_that_brings_one(output: str) -> None:
    said = str(words.explained(output, what="The packages that Hearth needs"))
    assert "no compiler" in said
    assert "build-essential" in said
    assert "\n" not in said


def test_what_nobody_foresaw_is_still_one_sentence_and_names_the_log() -> None:
    said = str(words.explained("odd\nvery odd\n", what="Node", log=Path("setup.log")))
    assert said == "Node could not be installed (very odd); the whole story is in setup.log."


def test_where_chromium_is_missing_and_may_not_be_installed_the_one_command_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(words.Trouble, match=r"run `sudo apt-get install -y .*chromium"):
        chromium.ensure()


# ── the smaller commands ──────────────────────────────────────────────────────────────────────────────────


def test_help_names_every_command_of_the_makefile() -> None:
    text = (ROOT / "Makefile").read_text()
    declared = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert declared
    described = re.findall(r"^([a-z]+):.*##", text, re.MULTILINE)
    assert sorted(described) == sorted(declared[1].split())


def test_the_lock_files_carry_hashes_and_no_trace_of_the_machine_that_made_them() -> None:
    assert checking.locks() == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "--index-url https://packages.example.org/simple\na==1 \\\n    --hash=sha256:0\n"),
        ("requirements.txt", "a @ file:///home/somebody/a.whl \\\n    --hash=sha256:0\n"),
        ("requirements.txt", "--find-links /opt/wheels\na==1 \\\n    --hash=sha256:0\n"),
        ("requirements.txt", "a==1\nb==2 \\\n    --hash=sha256:0\n"),
        ("package-lock.json", '{"packages": {"a": {"resolved": "https://registry.example.org/a.tgz"}}}'),
    ],
)
def test_a_trace_of_a_machine_in_a_lock_file_is_found(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / name).write_text(text)
    monkeypatch.setattr(ready, "ROOT", tmp_path)
    assert name in checking.locks()


CLOSING = ["==== 12 passed in 3.45s ====", "= 1 failed, 2 passed, 3 skipped, 1 warning in 61.20s (0:01:01) ="]


@pytest.mark.parametrize("line", CLOSING)
@pytest.mark.parametrize("failing", ["", "check", "test"])
def test_ci_fails_with_either_half_and_says_pytests_closing_line_last(line: str, failing: str, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    ends = {name: f"@exit {int(name == failing)}" for name in ("check", "test")}
    (tmp_path / "Makefile").write_text(f"check:\n\t{ends['check']}\ntest:\n\t@echo '{line}'\n\t{ends['test']}\n")
    done = subprocess.run([tmp_path / ".ci" / "run"], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == line
    assert (done.returncode != 0) == bool(failing)


# ── the embedded database ─────────────────────────────────────────────────────────────────────────────────


def test_the_database_keeps_its_data_and_its_address_when_it_is_killed_and_started_again(own_data: Path) -> None:
    server = postgres.start(own_data / "postgres", durable=True, template=TEMPLATE)
    try:
        with psycopg.connect(server.url) as connection:
            connection.execute("create table kept as select 42 as number")
        os.kill(server.pid, signal.SIGKILL)
        again = postgres.start(own_data / "postgres", durable=True)
        with psycopg.connect(again.url) as connection:
            assert connection.execute("select number from kept").fetchone() == (42,)
        assert again.url == server.url
        again.stop()
    finally:
        server.stop()


def test_the_database_stops_with_its_last_user_and_not_before(own_data: Path) -> None:
    first = postgres.start(own_data / "postgres", durable=False, template=TEMPLATE)
    second = postgres.start(own_data / "postgres", durable=False)
    first.stop()
    with psycopg.connect(second.url) as connection:
        connection.execute("select 1")
    second.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(second.url)


def test_a_process_number_left_in_a_file_is_not_taken_for_the_database(own_data: Path) -> None:
    folder = own_data / "postgres"
    postgres.start(folder, durable=False, template=TEMPLATE).stop()
    stale = f"{os.getpid()}\n{folder}\n1\n{free_port()}\n\n127.0.0.1\n 1 1\nready\n"
    (folder / "postmaster.pid").write_text(stale)
    server = postgres.start(folder, durable=False)
    try:
        assert server.pid != os.getpid()
    finally:
        server.stop()


def test_data_of_another_version_are_kept_and_said_so_and_a_test_database_of_one_is_made_anew(own_data: Path) -> None:
    folder = own_data / "postgres"
    postgres.start(folder, durable=False, template=TEMPLATE).stop()
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(postgres.PostgresError, match="were written by PostgreSQL 9, and the one installed is"):
        postgres.start(folder, durable=True)
    assert (folder / "hearth.secret").exists()
    server = postgres.start(folder, durable=False, template=TEMPLATE)
    try:
        assert server.pid
    finally:
        server.stop()


def test_the_database_answers_nobody_without_its_password(own_data: Path) -> None:
    server = postgres.start(own_data / "postgres", durable=False, template=TEMPLATE)
    try:
        for url in (re.sub(r"://hearth:[^@]*@", "://postgres@", server.url), re.sub(r":[^:@]*@", ":x@", server.url)):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(url)
    finally:
        server.stop()


# ── make run, from end to end ─────────────────────────────────────────────────────────────────────────────


class Run:
    """`make run` in a terminal of its own."""

    def __init__(self, data: Path, port: int) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "HEARTH_SECRET_KEY")}
        kept.pop("HEARTH_CONNECT_AS", None)
        self.port, self.began, self.said = port, time.monotonic(), data / "said.txt"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tools" / "run.py"), "run"],
                cwd=ROOT,
                env=kept | {"HEARTH_DATA": str(data), "PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def words(self) -> str:
        return self.said.read_text(errors="replace")

    def until_ready(self) -> float:
        """Seconds until it said that it is stopped by Ctrl-C, which is its last word."""
        while "Ctrl-C stops it" not in self.words():
            assert self.process.poll() is None, self.words()
            assert time.monotonic() < self.began + 120, self.words()
            time.sleep(0.05)
        return time.monotonic() - self.began

    def children(self) -> dict[str, int]:
        """The process numbers of the web and worker processes."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout
        found = {}
        for line in listed.splitlines():
            number, arguments = line.split(maxsplit=1)
            found["web" if "gunicorn" in arguments else "worker"] = int(number)
        return found


def answers(port: int) -> bool:
    """Whether anything at all listens there."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as page:
        return bool(page.status == 200)
    return False


def database_runs(data: Path) -> bool:
    return (data / "postgres").resolve().joinpath("postmaster.pid").exists()


@needs_locked_packages
@pytest.mark.xdist_group("processes")
def test_a_run_serves_says_how_to_sign_in_stops_cleanly_and_keeps_its_data(own_data: Path) -> None:
    port = free_port()
    first = Run(own_data, port)
    try:
        first.until_ready()
        assert answers(port)
        said = first.words()
        assert f"http://localhost:{port}/" in said
        assert "@" in said.partition(f"http://localhost:{port}/")[2], "the demonstration sign-ins are printed"
        assert (own_data / "secret").stat().st_mode & 0o777 == 0o600
        second = one_sentence(command("run", PORT=str(free_port()), HEARTH_DATA=str(own_data)))
        assert second.startswith(f"Hearth is already running from this folder at http://localhost:{port}/")
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(30) == 0, first.words()
    finally:
        first.process.kill()
    assert not answers(port)
    assert not database_runs(own_data)
    secret = (own_data / "secret").read_text()

    again = Run(own_data, port)
    try:
        assert again.until_ready() < 30
        assert (own_data / "secret").read_text() == secret
        again.process.send_signal(signal.SIGTERM)
        assert again.process.wait(30) == 0, again.words()
    finally:
        again.process.kill()
    assert not database_runs(own_data)


@needs_locked_packages
@pytest.mark.xdist_group("processes")
@pytest.mark.parametrize("name", ["web", "worker"])
def test_where_one_process_dies_the_run_says_so_and_stops_the_rest(name: str, own_data: Path) -> None:
    port = free_port()
    run = Run(own_data, port)
    try:
        run.until_ready()
        children = run.children()
        assert set(children) == {"web", "worker"}
        os.kill(children[name], signal.SIGKILL)
        assert run.process.wait(40) == 1
    finally:
        run.process.kill()
    assert f"The {name} process ended by itself" in run.words()
    assert "Traceback" not in run.words()
    assert not answers(port)
    assert not database_runs(own_data)


@pytest.mark.xdist_group("processes")
def test_real_processes_can_be_killed_and_come_back_at_the_same_address(own_data: Path) -> None:
    server = postgres.start(own_data / "postgres", durable=True, template=TEMPLATE)
    try:
        with RealHearth(server.url, own_data) as hearth:
            hearth.prepare()
            hearth.start()
            before = hearth.url
            hearth.kill_web()
            assert not answers(hearth.port)
            hearth.start_web()
            hearth.kill_worker()
            hearth.start_worker()
            assert hearth.url == before
            assert answers(hearth.port)
    finally:
        server.stop()
