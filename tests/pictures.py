"""Take the pictures in ``maps/`` anew from the packaged incidents.

``python tests/pictures.py`` renders June 2024, opens it in headless Chromium
with the network cut, and writes ``maps/korea.png``, ``korea-dark.png`` (a card is
open), ``korea-ko.png`` and ``korea-phone.png`` in 256 colours, twice as fine as a screen.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import bordermap as bm
from bordermap.cli.render import SEEDS_TITLE
from bordermap.webmap import build_map, save_map
from bordermap.webmap.lookbook import look

MAPS = Path(__file__).parent.parent / "maps"
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PICTURES: dict[str, tuple[dict[str, Any], str, str]] = {
    "korea": (DESK, "", ""),
    "korea-dark": (DESK | {"color_scheme": "dark"}, "", "Leaflets flown north from Paju"),
    "korea-ko": (DESK, "l=ko", ""),
    "korea-phone": (PHONE, "", ""),
}


def main() -> None:
    MAPS.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = Path(folder) / "korea.html"
        save_map(build_map(bm.load(), line=bm.load_line(), title=SEEDS_TITLE), page_file)
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (options, hash_, card) in PICTURES.items():
            context = browser.new_context(offline=True, device_scale_factor=2, **options)
            page = context.new_page()
            page.goto(f"{page_file.as_uri()}#{hash_}")
            page.wait_for_selector("[data-ready]")
            if card:
                page.locator(".bm-row", has_text=card).click()
            page.wait_for_timeout(1000)
            picture = Image.open(io.BytesIO(page.screenshot()))
            few = few_colours(picture.convert("RGB"))
            few.save(MAPS / f"{name}.png", optimize=True)
            print(MAPS / f"{name}.png", (MAPS / f"{name}.png").stat().st_size // 1000, "kB")
            context.close()
        browser.close()


def few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in 256 colours, among them those of all kinds.

    Left alone, the few pixels of a rare kind take another kind's colour.
    """
    colours = sorted({str(family["colour"]) for family in look()["families"].values()})
    width, height = picture.size
    beside = Image.new("RGB", (width, height + 60 * len(colours)), "white")
    beside.paste(picture)
    for k, colour in enumerate(colours):
        beside.paste(colour, (0, height + 60 * k, width, height + 60 * (k + 1)))
    few = beside.quantize(256, dither=Image.Dither.NONE)
    return few.crop((0, 0, width, height))


if __name__ == "__main__":
    main()
