"""Messages that ask the same, found by their place in the encoder's space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

Vectors = NDArray[np.float32]

NEARNESS = 0.6
"""Mean cosine of two groups from which they are one question: `python -m bot.learning.simulation`, docs/learning.md."""
MOST = 4_000
"""Messages that are grouped pairwise (128 MB of distances); those beyond join the group they are nearest to."""


def clusters(
    vectors: Vectors, weights: Sequence[int], nearness: float = NEARNESS, most: int = MOST
) -> list[list[int]]:
    """Positions of the messages of each group, the group's centre first, heaviest group first.

    `vectors` (messages, dimension) are unit rows, or zero where nothing is known of a message; those stay alone.
    """
    order = np.argsort(-np.asarray(weights), kind="stable")
    known = order[np.linalg.norm(vectors[order], axis=1) > 0]
    if len(known) < 2:
        return [[int(at)] for at in order]
    first, later = known[:most], known[most:]
    model = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=1 - nearness)
    labels = model.fit_predict(vectors[first])
    groups = [first[labels == label].tolist() for label in range(model.n_clusters_)]
    centres = np.stack([_unit(vectors[group].mean(axis=0)) for group in groups])
    for at in later:
        nearest = centres @ vectors[at]
        if nearest.max() >= nearness:
            groups[int(nearest.argmax())].append(int(at))
        else:
            groups.append([int(at)])
            centres = np.vstack([centres, vectors[at]])
    alone = [[at] for at in sorted(set(order.tolist()) - set(known.tolist()))]
    sizes = np.asarray(weights)
    return sorted(
        (_centred(group, vectors, sizes) for group in groups + alone), key=lambda each: -sizes[each].sum()
    )


def _centred(group: list[int], vectors: Vectors, sizes: NDArray[np.int64]) -> list[int]:
    """The group with the message nearest to all others, weighed by how often they came, first."""
    centre = (vectors[group] * sizes[group][:, None]).sum(axis=0)
    return [group[place] for place in np.argsort(-(vectors[group] @ centre), kind="stable")]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
