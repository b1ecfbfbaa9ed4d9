"""The languages that material is in; apart, since most commands name none."""

from __future__ import annotations

from enum import StrEnum

from llmpath.model import ENGLISH


class Language(StrEnum):
    """What a resource is written or spoken in."""

    ARABIC = "Arabic"
    CHINESE = "Chinese"
    ENGLISH = ENGLISH
    FRENCH = "French"
    GERMAN = "German"
    HINDI = "Hindi"
    ITALIAN = "Italian"
    JAPANESE = "Japanese"
    KOREAN = "Korean"
    PORTUGUESE = "Portuguese"
    RUSSIAN = "Russian"
    SPANISH = "Spanish"
    TURKISH = "Turkish"
