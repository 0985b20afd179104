"use strict";
const linked = document.querySelectorAll("[data-r]");
function select(ids, from) {
  const chosen = new Set(ids);
  for (const node of linked) {
    node.classList.toggle("on", node.dataset.r.split(" ").some((id) => chosen.has(id)));
  }
  const wanted = from.closest("aside") ? ".texts .on" : "aside li.on";
  const target = document.querySelector(wanted);
  if (target) target.scrollIntoView({ block: "center", behavior: "smooth" });
}
for (const node of linked) {
  const choose = () => select(node.dataset.r.split(" "), node);
  node.addEventListener("click", choose);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose();
  });
}
