"""A print figure of incidents: one SVG, PDF or PNG for a page, with no browser."""

from bordermap.figure.writing import write_figure

__all__ = ["write_figure"]
