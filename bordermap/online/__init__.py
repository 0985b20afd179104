"""Geocoding services through geopy: asked politely, answered once, kept.

The only room that reaches the network, and only when asked to.
"""

from __future__ import annotations

from bordermap.online.answer import Answer
from bordermap.online.cache import AnswerCache
from bordermap.online.geocoder import Asked, OnlineGeocoder
from bordermap.online.pace import Clock
from bordermap.online.services import SERVICES, Service

__all__ = ["SERVICES", "Answer", "AnswerCache", "Asked", "Clock", "OnlineGeocoder", "Service"]
