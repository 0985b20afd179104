// Elements are built, never parsed: text is always textContent.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.setAttribute("class", value);
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child); // a string becomes a text node
  }
  return node;
}

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export function replace(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// An address that may be a link: http and https only, else null.
export function safeUrl(text) {
  if (typeof text !== "string" || text.length > 4000) return null;
  let url;
  try {
    url = new URL(text.trim());
  } catch {
    return null; // not an absolute address
  }
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

// Text from outside for one line: no control characters, none that turn the writing round.
export function plain(text, most = 2000) {
  const clean = String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "\ufffd");
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
