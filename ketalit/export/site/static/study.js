"use strict";
// A place that a link leads to is shown in full: its fold is opened and every piece of the passage is marked.
(() => {
  const show = () => {
    document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.classList.add("lit");
    const place = /^p(\d+)$/.exec(id);
    if (place) document.querySelectorAll(`mark[data-p~="${place[1]}"]`).forEach((piece) => piece.classList.add("lit"));
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  show();

  const folds = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...folds()];
    opened.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((fold) => { fold.open = false; }));
})();
