"use strict";
// Search of the first page: every word must stand somewhere in a study's id, title, facts or further words.
(() => {
  const MOST = 25;
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const studies = window.ketalitStudies.map((study) => ({ study, text: fold(study.slice(1).join(" ")), title: fold(study[2]) }));
  const input = document.getElementById("search");
  const results = document.getElementById("search-results");
  const status = document.getElementById("search-status");

  const item = ([file, id, title, facts]) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `studies/${encodeURIComponent(file)}`;
    link.textContent = title;
    const said = document.createElement("span");
    said.className = "quiet";
    said.textContent = `${id} · ${facts}`;
    line.append(link, said);
    return line;
  };
  const show = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const found = words.length ? studies.filter(({ text }) => words.every((word) => text.includes(word))) : [];
    const rank = ({ title }) => words.filter((word) => title.includes(word)).length;
    found.sort((a, b) => rank(b) - rank(a));
    results.replaceChildren(...found.slice(0, MOST).map(({ study }) => item(study)));
    const more = found.length > MOST ? `; the first ${MOST} are shown` : "";
    status.textContent = words.length ? `${found.length} of ${studies.length} studies${more}.` : "";
  };
  input.addEventListener("input", show);
  document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
  if (input.value) show();
})();
