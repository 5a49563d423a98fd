"""What every test can ask for."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers import ROOT

settings.register_profile("despatch", deadline=None, print_blob=True)
settings.load_profile("despatch")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="Rewrite golden files and fault examples; read the diff after."
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def example() -> Path:
    """The example workspace, which is the repository itself."""
    return ROOT
