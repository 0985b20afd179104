// Colours by theme: the shared palettes, as variables for the style sheet too.

export function paletteOf(look, dark) {
  const palette = { ...look.palettes[dark ? "dark" : "light"] };
  palette.area = dark ? "#B9C4CC" : look.area.stroke;
  return palette;
}

export function applyTheme(root, palette, dark) {
  root.dataset.theme = dark ? "dark" : "light";
  for (const [name, colour] of Object.entries(palette)) root.style.setProperty(`--bm-${name.replace(/_/g, "-")}`, colour);
}

export const prefersDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
