"""Where the subject of an English verb stands: in its own clause, not in the one before."""

from __future__ import annotations

from bordermap.extract.parties import is_thing
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

__all__ = ["LEADS", "NOT_SUBJECT", "is_passive", "object_end", "subject_span"]

NOT_SUBJECT = word_set("not_subject")
# What "of" leads may still be whom the verb acts on: "guards of the North".
LEADS = NOT_SUBJECT - {"of"}
_OPENS = word_set("opens_subject")
_ENDS_OBJECT = _OPENS | {","}
_BEFORE_VERB = word_set("before_verb")
_SAYS = word_set("says")
_RELATIVE = frozenset({"who", "that", "which"})
_BE = frozenset({"is", "are", "was", "were", "been", "being", "be"})
_AUXILIARY = _BE | {"has", "have", "had", "did", "does", "do"}
_JOINS = frozenset({"and", "then", "but", "or"})
# So many verbs joined by "and" are followed to the first of them.
_MOST_JOINED = 4


def is_passive(words: list[str], head: int) -> bool:
    """Return whether somebody else acts on the subject of a verb.

    >>> is_passive("the boat was later seized by guards".split(), 4)
    True
    >>> is_passive("the boat seized by guards sank".split(), 2)
    True
    """
    word = words[head]
    if word.endswith("ing") or not is_past(word):
        return False
    begin = _verb_start(words, head)
    if not _BE.isdisjoint(words[begin:head]):
        return True
    if words[head + 1 : head + 2] == ["by"]:
        return True
    # "Was knocked down and trampled", "was chased, fired upon and taken to port".
    is_listed = begin > 1 and words[begin - 1] == "," and is_past(words[begin - 2])
    is_joined = is_listed or (begin > 0 and words[begin - 1] in _JOINS)
    verb = _finite_before(words, begin - 1) if is_joined else None
    if verb is None or not is_past(words[verb]) or words[verb] in _BE:
        return False
    return words[verb - 1] in _BE or is_passive(words, verb)


def _verb_start(words: list[str], head: int) -> int:
    """Return the first token of a verb with its auxiliaries and adverbs."""
    while head and (words[head - 1] in _BEFORE_VERB or words[head - 1].endswith("ly")):
        head -= 1
    return head


def _is_finite(words: list[str], token: int) -> bool:
    """Return whether a word is a verb that has a subject before it, and no mere participle."""
    if words[token] in _AUXILIARY:
        return True
    if not is_past(words[token]):
        return False
    # "Soldiers armed with rifles", "the boat seized in May".
    is_participle = token + 1 < len(words) and words[token + 1] in {"by", "with"}
    before = words[token - 1] if token else ""
    return not is_participle and before not in _ARTICLES


_ARTICLES = frozenset({"the", "a", "an", "its", "their", "'s"})


def _finite_before(words: list[str], end: int, begin: int = 0) -> int | None:
    """Return the last finite verb before a token, or None."""
    return next((t for t in range(end - 1, begin - 1, -1) if _is_finite(words, t)), None)


def subject_span(words: list[str], head: int) -> tuple[int, int]:
    """Return the tokens among which the subject of a verb stands, the end exclusive.

    >>> text = "south korean guards heard shots when three bullets came over".split()
    >>> begin, end = subject_span(text, text.index("came"))
    >>> text[begin:end]
    ['three', 'bullets']
    >>> text = "troops of the north crossed the line and fired".split()
    >>> begin, end = subject_span(text, text.index("fired"))
    >>> text[begin:end]
    ['troops', 'of', 'the', 'north']
    """
    end = _verb_start(words, head)
    if words[head].endswith("ing") and end == head:
        gerund = _of_gerund(words, head)
        if gerund is None:
            return 0, 0
        end = gerund
    for _ in range(_MOST_JOINED):
        before = words[end - 1] if end else ""
        if before in _RELATIVE:
            return _antecedent(words, end - 1)
        if before == ",":
            aside = _aside(words, end - 1)
            if aside is not None:
                return _start(words, aside[0]), aside[1]
        if before in _JOINS or before == ",":
            verb = _finite_before(words, end - 1)
            if verb is None or _clause_start(words, verb) is None:
                end -= 1
                break
            end = _verb_start(words, verb)
            continue
        break
    begin = _start(words, end)
    pronoun = begin - 1
    if pronoun > 0 and words[pronoun] in _RELATIVE and words[pronoun - 1] not in _SAYS:
        # "The soldier who had joined the tour ran": not whom the relative clause names, but
        # for things: "the shells that the guns had fired fell".
        of_thing = is_thing(words[pronoun - 1]) and not _is_finite(words, begin)
        if _finite_before(words, end, begin) is not None and not of_thing:
            return _antecedent(words, pronoun)
    return begin, end


def _antecedent(words: list[str], pronoun: int) -> tuple[int, int]:
    """Return the words that "who" or "which" stands for."""
    end = pronoun - (words[pronoun - 1] == ",") if pronoun else 0
    begin = _start(words, end)
    if end and is_thing(words[end - 1]):
        led = [t for t in range(begin, end) if words[t] in NOT_SUBJECT]
        begin = led[-1] + 1 if led else begin
    return begin, end


def _clause_start(words: list[str], verb: int) -> int | None:
    return None if words[verb] in _SAYS and verb < 2 else verb


def _of_gerund(words: list[str], head: int) -> int | None:
    """Return where to look for who does what an "-ing" tells, as the end of a subject."""
    before = words[head - 1] if head else ""
    if before in {"of", "from"}:
        return head - 1  # "accused the South of firing"
    verb = _finite_before(words, head)
    if verb is not None:
        return _verb_start(words, verb)
    if before in {"", "after", "before", "by", "while", "when", "without", "in"}:
        # "After crossing the line, the soldiers fired".
        comma = next((t for t in range(head, len(words)) if words[t] == ","), None)
        if comma is None:
            return None
        verb = next((t for t in range(comma, len(words)) if _is_finite(words, t)), None)
        return None if verb is None else _verb_start(words, verb)
    return head


def _aside(words: list[str], comma: int) -> tuple[int, int] | None:
    """Return where an aside between commas begins, and where what names the subject ends.

    "The boat, a North Korean trawler, fired": both tell; "the boat, which was old, fired": one.
    """
    for token in range(comma - 1, max(-1, comma - 16), -1):
        if words[token] in {";", ":", "."}:
            return None
        if words[token] == ",":
            inner = words[token + 1 : comma]
            if not inner or inner[0] in _JOINS:
                return None
            if not {"who", "which", "whose", "whom", "where", "when", "as", "while"}.isdisjoint(
                inner[:3]
            ):
                return token, token
            is_told = any(_is_finite(words, t) for t in range(token + 1, comma))
            return None if is_told else (token, comma)
    return None


def _start(words: list[str], end: int) -> int:
    """Return where the words of a subject begin: after what opens its clause."""
    for token in range(end - 1, -1, -1):
        word = words[token]
        if word in _OPENS or word in _SAYS:
            # "The shells that the guns had fired": the clause of "that" has its own verb.
            return token + 1
        if word in {",", "and", "or", "but"} and (
            word == "," or _finite_before(words, token, max(0, token - 14)) is not None
        ):
            return token + 1
    return 0


def object_end(words: list[str], head: int) -> int:
    """Return the token after those on which a verb may act: its clause ends there."""
    for token in range(head + 1, len(words)):
        if words[token] in _ENDS_OBJECT:
            return token
    return len(words)
