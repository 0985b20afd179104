"""Whether Korean words say that something happened: what follows a verb may take it back."""

from __future__ import annotations

import re

__all__ = ["is_asserted_korean"]

_UNREAL = (
    "않", "못했", "계획", "예정", "위협", "경고했", "경고하", "촉구", "요구", "것이라고",
    "하겠다고", "무산", "사실이아니", "부인했", "에대비", "훈련을", "연습을", "검토", "가능성",
    "것으로내다", "것으로전망", "것으로예상", "전망", "자제", "우려", "막았", "저지", "금지",
    "중단하라", "준비", "것으로보고", "사실과다르", "사실과달", "사실무근", "근거없", "오보로",
    "거짓으로", "낭설",
)  # fmt: skip
_BUT = ("됐으나", "했으나", "었으나", "았으나", "됐지만", "했지만", "었지만", "았지만")
# What is only a sign of it, or a thing to be known: "발사 징후", "귀순 여부".
_ONLY_SIGN = ("징후", "조짐", "기미", "움직임", "가능성", "여부", "의도", "의사가없", "태세")
# "떠내려올 수 있어": it may; "들을 수 있었다": one could.
_MAY = re.compile(r"[가-힣]*수도?있(?!었)")
# "넘으려다", "귀순하려는", "보내려고": they meant to; not "내려다보다".
_MEANT = re.compile(
    r"[가-힣]*(?:으|하|가|오|쏘|우|내|기|치|지|키|리)려(?:는|다가?|던|고|했[가-힣]*)"
)
_WHETHER = re.compile(r"[가-힣]*(?P<stem>[가-힣])지(?:는|도|를)?")
_FEAR = re.compile(r"[가-힣]*(?P<stem>[가-힣])까")
_FINALS, _SYLLABLES, _RIEUL = 28, 0xAC00, 8


def is_asserted_korean(words: list[str], first: int, head: int) -> bool:
    """Return whether nothing in or after a Korean verb takes it back; it ends its clause.

    >>> is_asserted_korean("북한군이 군사분계선을 넘었다".split(), 1, 2)
    True
    >>> is_asserted_korean("북한군이 군사분계선을 넘으려다 돌아갔다".split(), 1, 3)
    False
    >>> is_asserted_korean("북한이 미사일을 발사할지 모른다".split(), 1, 2)
    False
    """
    if _is_open(words[head]) or any(map(_MEANT.fullmatch, words[first : head + 1])):
        return False
    # "발사됐으나 ... 못했다": what follows "but" is of something else.
    end = head + (1 if words[head].endswith(_BUT) else 6)
    # "Warned with five rounds" is fire and no word of warning.
    rest = "".join(words[head:end]).replace("발로경고했", "")
    near = "".join(words[head : min(end, head + 2)])
    if _MAY.search(rest) or "".join(words[head + 1 : head + 2]).startswith(_ONLY_SIGN):
        return False
    return not any(w in rest for w in _UNREAL) and "없" not in near


def _is_open(word: str) -> bool:
    """Return whether a verb leaves it open: "발사할지", "넘었는지", "떨어질까"."""
    whether = _WHETHER.fullmatch(word)
    if whether is not None:
        return whether["stem"] in {"는", "은", "던"} or _ends_in_rieul(whether["stem"])
    fear = _FEAR.fullmatch(word)
    return fear is not None and _ends_in_rieul(fear["stem"])


def _ends_in_rieul(syllable: str) -> bool:
    """Return whether a syllable of Hangul ends in the consonant of what is to come."""
    return (ord(syllable) - _SYLLABLES) % _FINALS == _RIEUL
