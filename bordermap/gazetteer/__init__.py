"""Places by name, offline: an index, folded and heard names, disambiguation."""

from __future__ import annotations

from bordermap.gazetteer.book import Gazetteer
from bordermap.gazetteer.known import Known
from bordermap.gazetteer.match import Match, Resolution
from bordermap.gazetteer.ranking import Context

__all__ = ["Context", "Gazetteer", "Known", "Match", "Resolution"]
