"use strict";
// Each drawing becomes one that answers the pointer. `ast` keeps Vega from evaluating code, which the policy forbids.
(() => {
  const options = {
    ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    loader: { load: () => Promise.reject(new Error("charts of this site load nothing")) },
  };
  document.querySelectorAll("[data-chart]").forEach((box) => {
    const still = box.querySelector("img");
    const drawing = document.createElement("div");
    const put = () => vegaEmbed(drawing, window.ketalitCharts[box.dataset.chart], options).then(() => {
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", still.alt);
      still.replaceWith(drawing);
    });
    new IntersectionObserver((entries, watcher) => {
      if (entries.some((entry) => entry.isIntersecting)) { watcher.disconnect(); put(); }
    }, { rootMargin: "400px" }).observe(box);
  });
})();
