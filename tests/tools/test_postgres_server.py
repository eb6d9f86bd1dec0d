from pathlib import Path

import psycopg
import pytest
import tools.postgres_server
from sqlalchemy import create_engine, text
from tools.postgres_server import NoPostgresError, PostgresServer, find_programs


def test_the_server_answers(postgres_database: str) -> None:
    assert postgres_database.startswith("postgresql+psycopg://")
    engine = create_engine(postgres_database)
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar_one() == 1
    engine.dispose()


def test_a_test_starts_with_an_empty_database(postgres_server: PostgresServer, postgres_database: str) -> None:
    other = postgres_server.new_database()
    assert other != postgres_database
    for address in (postgres_database, other):
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            assert connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchall() == [(0,)]
            connection.execute("create table mine (id int)")
    postgres_server.drop_database(other)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(other.replace("+psycopg", ""))


def test_what_is_committed_outlives_a_crash_and_the_folder_goes_in_the_end(postgres_server: PostgresServer) -> None:
    del postgres_server  # only so that this is skipped where there is no server
    with PostgresServer.running(durable=True) as server:
        address = server.new_database().replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            connection.execute("create table kept (id int)")
        server.stop("immediate")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(address)
        server.start()
        with psycopg.connect(address) as connection:
            assert connection.execute("select count(*) from kept").fetchall() == [(0,)]
    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_the_server_stops_when_a_test_fails(postgres_server: PostgresServer) -> None:
    del postgres_server
    with pytest.raises(ZeroDivisionError), PostgresServer.running() as server:  # noqa: PT012 - what fails is inside
        address = server.new_database().replace("+psycopg", "")
        _ = 1 // 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_it_says_what_to_do_where_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for way in ("_installed", "_installed_now", "_shipped"):
        monkeypatch.setattr(tools.postgres_server, way, lambda: None)
    with pytest.raises(NoPostgresError, match="Install Debian's package"):
        find_programs()


def test_programs_are_those_of_a_server(postgres_server: PostgresServer) -> None:
    del postgres_server
    assert {"initdb", "postgres"} <= {path.name for path in Path(find_programs()).iterdir()}
