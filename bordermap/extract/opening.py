"""The declaration that a report opens with: what a government, an army, a parliament did in words.

Such words are the news, whoever speaks. Later in a report only those of the North are told as
an incident (bordermap.extract.joining), and what others say of it is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.doubt import is_asserted
from bordermap.extract.parties import find_parties
from bordermap.extract.trigger import Trigger
from bordermap.extract.usage import dateline_end
from bordermap.extract.verbs import is_attribute, is_past
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bordermap.extract.tokens import Sentence

__all__ = ["opening"]

_RANK = 20
_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
_SPEAKERS = word_set("speakers")
_RANKS = word_set("ranks_of_speakers")
_NO_SPEAKERS = word_set("no_speakers")
# What is done by saying it; and what may only tell of a deed: "announced the capture of two".
_DECLARES = word_set("declares")
_ANNOUNCES = word_set("announces")
# What is so done only to one of some things: "set a deadline", "called on the North".
_DECLARES_WITH = word_set("declares_with")
_THINGS = word_set("declared_things")
_CONDEMNS = frozenset(
    ["condemned", "condemns", "denounced", "denounces", "protested", "protests", "apologized",
     "apologised"]
)  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an", "its", "their"})
_SAYS = frozenset({"said", "says", "told", "tells", "announced", "informed", "notified"})
_VERBS = _DECLARES | _ANNOUNCES | _DECLARES_WITH | _SAYS
_CLOSES = _SAYS | frozenset({"declared", "reported", "warned"})
# What one says of oneself: what one will do, does no more, holds for true.
_STANCE = word_set("stance")
_UNDOING = word_set("undoing")
_WILL = frozenset({"will", "would", "'ll", "shall"})
_OWN = frozenset({"it", "they", "he", "she", "we", "its", "their", "his", "her", "our"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "to"})
_IS = frozenset({"is", "are"})
_HAVE = frozenset({"has", "have", "had"})
_ENDS_SUBJECT = frozenset(
    [",", "of", "in", "from", "for", "at", "on", "to", "has", "have", "had", "is", "are", "today",
     "yesterday", "also", "late", "early", "formally", "officially", "flatly"]
)  # fmt: skip
_ENDS_SEARCH = frozenset([";", ":", "that", "who", "which", "when", "after", "while", "if"])
_ENDS_CONTENT = frozenset([";", "after", "when", "if", "unless", "because", "while", "until"])
_ATTRIBUTES = frozenset({"led", "united", "armed", "backed", "based", "combined"}) | _HAVE
_URGES = frozenset({"called", "calls", "urged", "urges", "appealed"})
_GUESSES = frozenset({"probably", "likely", "might", "soon", "possibly"})
_NORTHERN = word_set("north_words")
_LEADS_IN = frozenset({"on", "in", "at", "for", "under", "despite"})
_KOREAN_DECLARES = tuple(sorted(word_set("declares_ko")))
_KOREAN_SPEAKERS = tuple(
    speaker + particle
    for speaker in sorted(word_set("speakers_ko"))
    for particle in ("이", "가", "은", "는")
)
_LONGEST_SUBJECT = 20
_LONGEST_LEAD = 12
_CONTENT = 18
_OBJECT = 9
_SOURCE = 9


class _Said(NamedTuple):
    """The subject of a declaration, its verb, and the last word of what is declared."""

    first: int
    verb: int
    last: int | None


def opening(sentence: Sentence, told: Sequence[Trigger]) -> list[Trigger]:
    """Return what a report's first sentence tells of, its declaration marked as the news.

    Parameters
    ----------
    sentence
        The sentence.
    told
        What frames and pairs found in it.
    """
    words = sentence.words
    said = None if sentence.plain.isascii() else _korean(words)
    if said is None:
        begin = _begin(sentence)
        said = _leading(sentence, begin) or _closing(sentence, begin)
    if said is None:
        return list(told)
    verb = said.verb
    talks = [t for t in told if t.kind is Kind.DIPLOMACY and not t.is_noun]
    # "Demanded that the North return the bodies": nothing was returned.
    if any(t.head <= verb or is_past(words[t.head]) for t in talks):
        return list(told)
    deeds = [t for t in told if t.kind not in _TALK and not t.is_loose]
    if words[verb] in _CONDEMNS:
        deeds = [t for t in deeds if not _is_named(words, verb, t)]
    is_deed = bool(deeds)
    if said.last is None and not _declares(words, said, is_deed=is_deed):
        return list(told)
    if not is_asserted(sentence, verb, verb, verb, False):
        return list(told)
    subject = words[said.first : min(verb, said.last or verb)]
    kind = Kind.DIPLOMACY if talks or _is_of_both(subject) else Kind.STATEMENT
    first, last = sorted((said.first, verb, said.last or verb))[::2]
    new = Trigger(kind, _RANK, first, last, verb, False, is_opening=True)
    names = [t for t in told if t.kind is Kind.DIPLOMACY and t.is_noun and not t.is_loose]
    rest = [t for t in (*deeds, *names) if t.head != verb]
    return sorted([new, *rest], key=lambda t: t.head)


def _is_named(words: list[str], verb: int, deed: Trigger) -> bool:
    """Return whether a deed is only named as what is condemned: "protested the sinking of"."""
    return deed.head > verb and (deed.is_noun or words[deed.head - 1] in _ARTICLES)


def _is_of_both(subject: Sequence[str]) -> bool:
    """Return whether both Koreas speak: "North and South Korea", "the two Koreas"."""
    return "koreas" in subject or {"north", "south"} <= set(subject)


def _begin(sentence: Sentence) -> int:
    """Return the first token of the subject: after a dateline, and after "on Monday"."""
    words, begin = sentence.words, sentence.token_from(dateline_end(sentence))
    if words[begin : begin + 1] and words[begin] in _LEADS_IN:
        lead = words[begin : begin + _LONGEST_LEAD]
        if "," in lead:
            return begin + lead.index(",") + 1
        party = next((p for p in find_parties(sentence) if p.first > begin + 1), None)
        return begin if party is None else party.first
    return begin


def _leading(sentence: Sentence, begin: int) -> _Said | None:
    """Return a declaration whose verb comes first: "North Korea said on Monday that it ..."."""
    verb = _verb(sentence.words, begin)
    if verb is None or not _is_speaker(sentence, begin, verb):
        return None
    return _Said(begin, verb, _content(sentence.words, begin, verb))


def _closing(sentence: Sentence, begin: int) -> _Said | None:
    """Return one whose verb comes last: "The North will not come, its army said on Monday"."""
    words = sentence.words
    commas = [t for t in range(begin, len(words)) if words[t] == ","]
    for comma in commas[::-1]:
        near = range(comma + 2, min(len(words), comma + _SOURCE))
        verb = next((t for t in near if words[t] in _CLOSES), None)
        if verb is None:
            continue
        lead = words[begin : min(comma, begin + _CONTENT)]
        wills = [t for t, word in enumerate(lead, begin) if word in _WILL]
        if not wills or not _ENDS_SEARCH.isdisjoint(words[begin : wills[0]]):
            return None
        is_of_it = _is_speaker(sentence, begin, wills[0]) and _GUESSES.isdisjoint(lead)
        if is_of_it and _is_speaker(sentence, comma + 1, verb):
            return _Said(begin, verb, wills[0])
        return None
    return None


def _korean(words: list[str]) -> _Said | None:
    """Return a Korean one: its speaker anywhere, its verb at the end."""
    verb = next((t for t in range(len(words) - 1, -1, -1) if words[t].isalnum()), 0)
    if not words[verb].startswith(_KOREAN_DECLARES):
        return None
    first = next((t for t in range(verb) if words[t].endswith(_KOREAN_SPEAKERS)), None)
    return None if first is None else _Said(first, verb, None)


def _verb(words: list[str], begin: int) -> int | None:
    """Return the main verb of a sentence where it is one of declaring or saying."""
    for token in range(begin + 1, min(len(words), begin + _LONGEST_SUBJECT)):
        word = words[token]
        if word in _VERBS and words[token - 1] not in _BE:
            return token
        if word in _UNDOING and not _IS.isdisjoint(words[token - 2 : token]):
            return token  # "is formally abolishing", "has quit"
        if word in _ENDS_SEARCH:
            return None
        if is_past(word) and word not in _ATTRIBUTES and not is_attribute(words, token):
            return None
    return None


def _is_speaker(sentence: Sentence, begin: int, verb: int) -> bool:
    """Return whether a subject is somebody whose words are news."""
    words = sentence.words
    if not _NO_SPEAKERS.isdisjoint(words[begin:verb]):
        return False
    end = next((t for t in range(begin, verb) if words[t] in _ENDS_SUBJECT), verb)
    if words[end - 1] in _SPEAKERS or not _RANKS.isdisjoint(words[begin:end]):
        return True
    return any(p.is_country and p.last == end - 1 for p in find_parties(sentence))


def _declares(words: list[str], said: _Said, *, is_deed: bool) -> bool:
    """Return whether a verb does by itself what it says."""
    verb, word = said.verb, words[said.verb]
    if word in _UNDOING:
        return not is_deed
    if word in _URGES and _NORTHERN.isdisjoint(words[said.first : verb]):
        return False  # others urge every other day
    if not word.isascii():
        return not is_deed
    if word in _DECLARES_WITH:
        reach = 3 if word.startswith("call") else _OBJECT
        return not is_deed and not _THINGS.isdisjoint(words[verb + 1 : verb + reach])
    return word in _DECLARES or (word in _ANNOUNCES and not is_deed)


def _content(words: list[str], begin: int, verb: int) -> int | None:
    """Return the last token of what a speaker says that he will do, or holds, or gives up."""
    is_north = not _NORTHERN.isdisjoint(words[begin:verb])
    own = False
    for token in range(verb + 1, min(len(words), verb + _CONTENT)):
        word = words[token]
        if word in _ENDS_CONTENT or word in _GUESSES:
            return None
        own = own or word in _OWN
        is_other = word in _NORTHERN and words[token - 1] != "anti" and token > verb + 4
        if is_other and not (is_north or own):
            return None  # what another will do
        if word in _WILL and words[token + 1 : token + 2] == ["like"]:
            return None
        if word in _WILL or word == "never" or word in _STANCE or (word in _UNDOING and own):
            return token
        if word == "no" and words[token + 1 : token + 2] == ["longer"]:
            return token
    return None
