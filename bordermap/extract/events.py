"""What happened: triggers in a sentence, and whether they are said to have happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.beside import ANSWERED, by_pairs
from bordermap.extract.custody import without_care
from bordermap.extract.doubt import is_asserted
from bordermap.extract.ordinary import is_of_border, is_ordinary
from bordermap.extract.senses import is_another_thing, is_staged
from bordermap.extract.signs import sign
from bordermap.extract.trigger import Trigger
from bordermap.extract.verbs import KOREAN_TOLD, is_attribute, is_past, is_verbless
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.grammar import Frame
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.tokens import Sentence


__all__ = ["Trigger", "triggers"]


def triggers(sentence: Sentence, patterns: Patterns, *, is_first: bool = True) -> list[Trigger]:
    """Return the incidents that a sentence tells of as having happened, in its order.

    Parameters
    ----------
    sentence, patterns
        Where to look, and for what.
    is_first
        Whether nothing was told before it: only then words of a field are enough.
    """
    if sentence.signs & _HAS_PICTURE and _CAPTION.search(sentence.plain):
        return []
    if is_ordinary(sentence):
        return []
    frames, pairs = patterns.present(sentence)
    found = _by_frames(sentence, frames) if frames else []
    told = [t for t in found if is_asserted(sentence, t.head, t.first, t.last, t.is_noun)]
    if len(told) > 1:
        told = [t for t in told if not _is_within(t, told)]
    if pairs:
        strong = [t for t in found if not t.is_noun]
        beside = by_pairs(sentence, pairs, strong, {t.head for t in told})
        told += [t for t in beside if t not in told]
    if is_first and not told and all(t.is_noun for t in found):
        told = _by_field(sentence, patterns)
    for trigger in told:
        if trigger.kind in _GIVEN_UP and _is_of_infiltrators(sentence, trigger):
            trigger.kind = Kind.INFILTRATION
    if len(told) > 1:
        told.sort(key=lambda t: t.head)
        told = [t for n, t in enumerate(told) if not _is_of_last(sentence.words, t, told[:n])]
    return without_care(sentence, told)


def _is_of_last(words: list[str], trigger: Trigger, before: list[Trigger]) -> bool:
    """Return whether a word only goes on with what was told just before it in one clause.

    "Killed in a naval battle", "the sinking of a ship, in which 46 died".
    """
    last = next((t for t in reversed(before) if t.kind is trigger.kind and not t.is_noun), None)
    if last is None:
        return False
    between = words[last.head + 1 : trigger.head]
    if ("in", "which") in pairwise(between):
        return words[trigger.head] in _DIED or words[trigger.head - 1] in _DIED
    return len(between) <= _IN_ONE and _BREAKS.isdisjoint(between) and "in" in between


_DIED = frozenset(["died", "killed", "wounded", "hurt", "injured", "sailors", "people"])
_IN_ONE = 4
_BREAKS = frozenset([",", ";", "and", "but", "after", "when", "while", "as", "before", "that"])


_ARTICLES = frozenset(["the", "a", "this", "that", "'s", "its", "their"])


def _is_gerund(words: list[str], head: int) -> bool:
    """Return whether a word in -ing is a noun: "all knowledge of the bombing"."""
    # "The sinking of the ship on Jan. 19 cost 39 lives" tells of it.
    is_noun = words[head].endswith("ing") and "of" not in words[head + 1 : head + 3]
    return is_noun and head > 0 and words[head - 1] in _ARTICLES


# What a picture shows is not told as news.
_HAS_PICTURE = sign({"photo", "file", "image", "picture", "photograph", "frame"}.__contains__)
_CAPTION = re.compile(
    r"^ (?:file photo|photo|file|image|picture) [:.] "
    r"| in this (?:\w+ )?(?:photo|image|picture|photograph|frame) "
    r"|^ this (?:\w+ )?(?:photo|image|picture|photograph) "
)
_INFILTRATORS = frozenset(
    ["commando", "commandos", "infiltrator", "infiltrators", "spy", "spies", "guerrilla",
     "guerrillas", "raider", "raiders", "saboteur", "saboteurs", "intruder",
     "intruders", "frogman", "frogmen"]
)  # fmt: skip


_NORTHERNERS = frozenset(["north", "northerners", "communists", "reds", "men", "agents", "agent"])
_GIVEN_UP = frozenset({Kind.DEFECTION, Kind.ABDUCTION})


def _is_of_infiltrators(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether who gives himself up, or is caught, had come as a commando."""
    near = sentence.words[max(0, trigger.first - 6) : trigger.last + 6]
    if "armed" in near and trigger.kind is Kind.DEFECTION:
        return any(a == "armed" and b in _NORTHERNERS for a, b in pairwise(near))
    return not _INFILTRATORS.isdisjoint(near)


def _by_frames(sentence: Sentence, frames: list[Frame]) -> list[Trigger]:
    """Return what the frames tell of, the best for each word that may say that it happened."""
    best: dict[int, Trigger] = {}
    plain, words = sentence.plain, sentence.words
    before = plain.count  # the token at a place is the number of spaces before it
    for frame in frames:
        if frame.is_item and not is_verbless(sentence):
            continue
        for match in _matches(frame, sentence):
            start, end = match.span()
            at = match.start("h") - 1
            first = before(" ", 0, start)
            head = first + before(" ", start, at)
            last = head + before(" ", at, end - 1) - 1
            is_noun = frame.is_noun or is_attribute(words, head) or _is_gerund(words, head)
            found = Trigger(frame.kind, frame.rank, first, last, head, is_noun)
            known = best.get(head)
            is_best = known is None or _beats(found, known)
            if is_best and not (is_another_thing(sentence, found) or _is_torn(words, found)):
                best[head] = found
    if len(best) < 2:
        return list(best.values())
    # What only names an incident that the sentence tells of anyway adds nothing.
    strong = {t.kind for t in best.values() if not t.is_noun}
    told = [t for t in best.values() if not t.is_noun or t.kind not in strong]
    return told + [t for t in best.values() if t not in told and _is_next(words, t)]


def _is_next(words: list[str], trigger: Trigger) -> bool:
    """Return whether a noun names what came next: ", followed by launches on Saturday"."""
    lead = words[max(0, trigger.head - 7) : trigger.head]
    trigger.is_noun = not any(a == "followed" and b == "by" for a, b in pairwise(lead))
    return not trigger.is_noun


_NEXT = frozenset({"and", "but", "while", "whereas", "though", "although", "when", "as", "where"})


def _is_torn(words: list[str], trigger: Trigger) -> bool:
    """Return whether the words of a trigger stand in two clauses."""
    inner = words[trigger.first : trigger.last + 1]
    if ";" in inner:
        return True
    return "," in inner and any(
        a == "," and b in _NEXT and (c in _SUBJECTS or c in _THEN)
        for a, b, c in zip(inner, inner[1:], inner[2:], strict=False)
    )


_THEN = frozenset({"on", "in"})  # "fired some from A, and on Jan. 6 one flew out of B"
_SUBJECTS = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "they",
        "it",
        "he",
        "two",
        "three",
        "four",
        "one",
        "south",
        "north",
        "seoul",
        "pyongyang",
        "some",
        "others",
        "both",
    }
)


def _matches(frame: Frame, sentence: Sentence) -> Iterable[re.Match[str]]:
    """Return the matches of a frame; what a noun with a verb of its own took, is tried again.

    "The launch came days after it fired a missile": the launch is no verb.
    """
    if not sentence.signs & _HAS_NOUN:
        return frame.matches(sentence)
    return _tried_again(frame, sentence)


def _tried_again(frame: Frame, sentence: Sentence) -> Iterator[re.Match[str]]:
    plain, words = sentence.plain, sentence.words
    match = frame.pattern.search(plain)
    while match is not None:
        head = plain.count(" ", 0, match.start("h") - 1)
        after = words[head + 1] if head + 1 < len(words) else ""
        has_verb = after in _FOLLOWS or (is_past(after) and not after.startswith(_FIRED))
        has_verb |= after == "," and frame.kind is Kind.MISSILE
        if has_verb and words[head] in _MAY_BE_NOUN:
            match = frame.pattern.search(plain, match.end("h"))
            continue
        yield match
        match = frame.pattern.search(plain, match.end())


_MAY_BE_NOUN = frozenset({"launch", "launches", "test", "tests"})
_HAS_NOUN = sign(_MAY_BE_NOUN.__contains__)
_FIRED = ("fire", "launch")  # "test-fired"
_FOLLOWS = frozenset({"comes", "come", "follows", "follow", "is", "was", "were", "are", "marks"})


def _is_within(trigger: Trigger, told: list[Trigger]) -> bool:
    """Return whether a word belongs to what is told already: the "broadcasts" that "resumed"."""
    return any(
        known.kind is trigger.kind
        and not known.is_noun
        and known.kind not in ANSWERED
        and known.head < trigger.head <= known.last
        and trigger.last <= known.last + _BESIDE
        for known in told
    )


_BESIDE = 6


def _by_field(sentence: Sentence, patterns: Patterns) -> list[Trigger]:
    """Return what the words of one field tell of, where neither frame nor pair stands."""
    if not _NO_DEED.isdisjoint(sentence.words) or is_staged(sentence, len(sentence.words)):
        return []
    is_near = is_of_border(sentence)
    match = patterns.fields.match(sentence, _is_told, is_near=is_near)
    if match is None or not is_asserted(sentence, match.head, match.first, match.last, False):
        return []
    whole = Trigger(match.kind, match.rank, 0, len(sentence.words), match.head, True, True)
    if is_another_thing(sentence, whole):
        return []
    return [Trigger(match.kind, match.rank, match.first, match.last, match.head, True, True)]


# With these a sentence must say more plainly that something happened.
_NO_DEED = word_set("no_deed")


def _is_told(word: str) -> bool:
    return is_past(word) or bool(KOREAN_TOLD.fullmatch(word))


def _beats(new: Trigger, old: Trigger) -> bool:
    """Return whether a reading of the same word is the better one."""
    if new.is_noun != old.is_noun:
        return old.is_noun
    return (new.rank, old.last - old.first) > (old.rank, new.last - new.first)
