"""No network; golden files for ``--update-golden``; incidents and a Chromium that tests share."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parent / "golden"
LOCAL = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to any host but this one."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOCAL:
            raise OSError(f"a test may not reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True, scope="session")
def no_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the developer added to the gazetteer, and the cache, out of the tests."""
    folder = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BORDERMAP_DATA_DIR", str(folder / "data"))
        patch.setenv("BORDERMAP_CACHE_DIR", str(folder / "cache"))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against a golden file of this name."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"no {path.name}; make it with pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def seeds() -> gpd.GeoDataFrame:
    """The packaged incidents, located and sited."""
    from bordermap import load

    return load()


@pytest.fixture(scope="session")
def hostile() -> gpd.GeoDataFrame:
    """Incidents with text that breaks what does not quote it, and every sort of shape."""
    from hostile import hostile_incidents

    return hostile_incidents()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; a module's, for its event loop is in the way of others' tests."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a map offline; at the end nothing was asked of a host and the console is silent."""
    contexts: list[Any] = []
    noise: list[str] = []

    def open_(
        path: Path, *, hash: str = "", width: int = 1280, height: int = 800, **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request",
            lambda ask: (
                None if ask.url.startswith(("file:", "blob:", "data:")) else noise.append(ask.url)
            ),
        )
        page.goto(f"{path.as_uri()}#{hash}" if hash else path.as_uri())
        page.wait_for_selector("[data-ready]")
        page.wait_for_timeout(200)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert noise == []
