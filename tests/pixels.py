"""What is painted on a page's canvases, read in the browser."""

from __future__ import annotations

READ = """(canvas) => {
  // By way of a copy: reading the page's own slows it and makes it complain.
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  return pen.getImageData(0, 0, canvas.width, canvas.height).data;
}"""
"""A function of a canvas: its pixels, four bytes each."""


def share(canvas: str, condition: str) -> str:
    """Return a script that answers which share of a canvas's pixels meets a condition.

    ``canvas`` is a selector; the condition's ``r``, ``g``, ``b`` and ``a`` are 0 to 255.
    """
    return f"""() => {{
      const data = ({READ})(document.querySelector('{canvas}'));
      let met = 0;
      for (let k = 0; k < data.length; k += 4) {{
        const [r, g, b, a] = [data[k], data[k + 1], data[k + 2], data[k + 3]];
        if ({condition}) met += 1;
      }}
      return (4 * met) / data.length;
    }}"""
