"""The options of commands that may ask an online service, and how they ask it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import talk
from bordermap.counts import counted
from bordermap.online.services import SERVICES

if TYPE_CHECKING:
    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine

__all__ = ["Online", "online_options"]

_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """What the user asked for with ``--online``; without a service nothing is asked."""

    service: str | None = None
    user_agent: str | None = None
    key: str | None = None
    url: str | None = None

    def gazetteer(self, names: Iterable[str], line: DemarcationLine | None) -> Gazetteer:
        """Return the gazetteer, with the service's answers for those names that it lacks.

        Says on stderr what was asked and found, and shows how far it is if that
        is a terminal.
        """
        from bordermap.gazetteer import Gazetteer

        offline = Gazetteer.open()
        if self.service is None:
            return offline
        from bordermap.loading import line_of, region_of
        from bordermap.online import OnlineGeocoder
        from bordermap.supplement import supplement

        online = OnlineGeocoder(
            self.service,
            user_agent=self.user_agent or "",
            key=self.key,
            url=self.url,
            bbox_wsen=region_of(line or line_of(None)),
        )
        with _Progress(online.service.title) as progress:
            made = supplement(offline, names, online=online, on_progress=progress)
        talk(
            f"{online.service.title}: {counted(made.asked, 'name')} that the gazetteer lacks, "
            f"{made.found} found ({made.from_cache} answered from the cache); "
            f"{online.service.attribution}"
        )
        if made.unanswered:
            some = ", ".join(list(made.unanswered)[:_NAMES_SHOWN])
            more = len(made.unanswered) - _NAMES_SHOWN
            talk(
                f"{online.service.title}: no answer for {some}"
                + (f" and {more} more" if more > 0 else "")
                + "; the same command asks again"
            )
        return made.gazetteer


def online_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--online`` and what goes with it; the command gets one `Online`."""

    @functools.wraps(function)
    def command(
        *args: Any,
        online: str | None,
        user_agent: str | None,
        online_key: str | None,
        online_url: str | None,
        **kwargs: Any,
    ) -> None:
        if online is None and (user_agent or online_key or online_url):
            raise click.UsageError("--user-agent, --online-key and --online-url need --online")
        if online is not None and not (user_agent or "").strip():
            raise click.UsageError(
                "--online needs --user-agent: the service asks what names your application, "
                'as in --user-agent "border-study/1.0 (me@example.org)"'
            )
        chosen = Online(service=online, user_agent=user_agent, key=online_key, url=online_url)
        function(*args, online=chosen, **kwargs)

    for option in (
        click.option("--online-url", metavar="URL",
                     help="A server of your own that speaks the service's protocol."),
        click.option("--online-key", metavar="KEY",
                     help="The service's key, if it needs one and its environment variable is "
                          "not set."),
        click.option("--user-agent", metavar="TEXT",
                     help="What names your application to the service; needed with --online."),
        click.option("--online", type=click.Choice(list(SERVICES)),
                     help="Ask this service for places that the gazetteer lacks. Nothing reaches "
                          "the network without it."),
    ):  # fmt: skip
        command = option(command)
    return command


class _Progress:
    """A progress bar on stderr where that is a terminal, else nothing."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def __call__(self, done: int, of: int) -> None:
        if not of or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=of, label=f"Asking {self._title}", file=sys.stderr, show_pos=True
            )
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)
