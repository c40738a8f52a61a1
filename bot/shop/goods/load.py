"""Whether a thing of the home bears the weight that is told: its 承重 in the catalogue, read with the customer's own.

Source: review C before the sale, F6: a question of safety is answered with the number, not with the one size it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.records.model import Kind, Product
from bot.text.normalise import normalise
from bot.text.numerals import NUMBER, number

_ATTRIBUTE = "承重"
_WEIGHT = re.compile(rf"(?P<n>{NUMBER}|\d+(?:\.\d+)?) ?(?P<unit>公斤|千克|kg|斤)")
_ASKED = re.compile(
    "承重|承受|受得[住了]|承得住|[坐压撑扛踩站]得?[住坏塌垮断散]|撑不撑|压不压得|扛不扛|吃得消|会不会[塌垮散断]|能不能坐|能坐|可以坐|坐得|坐坐|坐上|"
    "也坐|坐会|太重|放得住|塌不塌"
)


@dataclass(frozen=True)
class Load:
    """`limit` as the catalogue writes it (每层 15 公斤，整柜 60 公斤), `told_kg` what shall be put on it; None where no
    weight was told. Between what one part and what all of it bears nothing is sure."""

    limit: str
    limits_kg: tuple[float, ...]
    told_kg: float | None = None

    @property
    def is_over(self) -> bool:
        return self.told_kg is not None and self.told_kg > max(self.limits_kg)

    @property
    def is_within(self) -> bool:
        return self.told_kg is not None and self.told_kg <= min(self.limits_kg)


def asked(product: Product, text: str) -> Load | None:
    """What the product bears, where the text asks for that; None where it does not or the catalogue says nothing."""
    said = normalise(text)
    limit = product.attributes.get(_ATTRIBUTE)
    if product.kind is not Kind.HOME or limit is None or not _ASKED.search(said):
        return None
    borne = tuple(map(_kilograms, _WEIGHT.finditer(normalise(limit))))
    told = max(map(_kilograms, _WEIGHT.finditer(said)), default=None)
    return Load(limit, borne, told) if borne else None


def _kilograms(match: re.Match[str]) -> float:
    return (number(match["n"]) or 0.0) * (0.5 if match["unit"] == "斤" else 1.0)
