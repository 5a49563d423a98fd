"""Languages other than English in which a block may be written, by their codes (BCP 47)."""

from __future__ import annotations

import re

TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
"""A language, a script and a country as they are usually written: `cy`, `zh-Hant`, `en-IE`."""
CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""Every code of two letters."""
LEFTWARDS = "ar arc ckb dv fa he ks nqo ps sd syr ug ur yi Arab Hebr Nkoo Syrc Thaa"
"""Languages, and scripts, that are written from right to left."""


def is_known(code: str) -> bool:
    """Whether a code names a language. Three letters may name any of some eight thousand."""
    name = code.partition("-")[0]
    return TAG.fullmatch(code) is not None and (len(name) == 3 or name in CODES.split())


def runs_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    name, *rest = code.split("-")
    script = next((each for each in rest if len(each) == 4), name)
    return script in LEFTWARDS.split()
