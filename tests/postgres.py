"""Fixtures that give a test a PostgreSQL of its own; tests/conftest.py makes them known to all tests."""

import os
from collections.abc import Iterator

import pytest
from tools.postgres_server import NoPostgresError, PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for all tests of this run; where there is none the tests are skipped, but not where CI has to run them all."""
    try:
        running = PostgresServer.running()
        server = running.__enter__()
    except NoPostgresError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    try:
        yield server
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The address of a database of that server, shared by the tests of this run."""
    return postgres_server.new_database()


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty database for one test."""
    address = postgres_server.new_database()
    yield address
    postgres_server.drop_database(address)
