"""The entities our extractor finds (Rasa environment): JSON list of texts in, one JSON list a line out.

Usage: python -m bot.evaluation.entity_lines PRODUCT_FOLDER < texts.json. Needs no trained model: nothing is learnt.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path


def main(products: str) -> None:
    from rasa.shared.nlu.constants import ENTITIES, TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.extractor import MeasureExtractor
    from bot.nlu.products import read_vocabulary

    words = read_vocabulary(Path(products))
    extractor = MeasureExtractor(MeasureExtractor.get_default_config(), None, None, words)
    for text in json.load(sys.stdin):
        message = Message({TEXT: text})
        extractor.process([message])
        print(json.dumps(message.get(ENTITIES, []), ensure_ascii=False))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main(sys.argv[1])
