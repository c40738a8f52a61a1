"""The shop's own pictures: files of its `images`, served under /shop-images."""

from __future__ import annotations

from pathlib import Path


def picture(shop_dir: Path, name: str | None) -> str | None:
    """Where a picture is served; None where this shop has none of that name."""
    return f"/shop-images/{name}" if name and (shop_dir / "images" / name).is_file() else None
