"""A map inside somebody else's page: an ``<iframe>`` that carries the whole document."""

from __future__ import annotations

from html import escape

__all__ = ["SANDBOX", "iframe"]

SANDBOX = ("allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads")
"""What the framed map may do. It has no origin: it cannot reach the page around it,
its cookies or its storage; it may open a source's link and save what it shows."""


def iframe(document: str, *, title: str, width: str = "100%", height: str = "600px") -> str:
    """Return a snippet of HTML that shows a whole HTML document in a sandboxed frame.

    It needs no other file and no script in the page around it. Several on one
    page do not meet: each is a document of its own.

    Parameters
    ----------
    document
        The map's page, as ``bordermap.webmap`` renders it.
    title
        What a screen reader calls the frame.
    width, height
        CSS lengths. On a screen lower than the height the frame shrinks with it.

    Examples
    --------
    >>> iframe("<p>A & B</p>", title='"June"', height="300px").startswith("<iframe sandbox=")
    True
    """
    # In an attribute with double quotes only these two are special (HTML, 13.1.2.3);
    # escaping no more keeps the snippet a tenth shorter.
    inside = document.replace("&", "&amp;").replace('"', "&quot;")
    style = f"width:{width};height:{height};max-width:100%;max-height:100vh;border:0;display:block"
    return (
        f'<iframe sandbox="{" ".join(SANDBOX)}" title="{escape(title)}" allow="fullscreen" '
        f'loading="lazy" referrerpolicy="no-referrer" style="{escape(style)}" '
        f'srcdoc="{inside}"></iframe>\n'
    )
