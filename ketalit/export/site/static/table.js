"use strict";
// A table of evidence: rows come from data/<view>.js; DataTables sorts and pages them and makes only the rows in view.
(() => {
  const { view, release, reasons, columns, rows, names, files, hasAnchors } = window.ketalitTable;
  const byId = (id) => document.getElementById(id);
  const place = Object.fromEntries(columns.map((column, number) => [column.name, number]));
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
  const reason = (value) => (Array.isArray(value) && typeof value[0] === "number" ? reasons[value[0]] : null);
  const listed = (value) => (Array.isArray(value) ? value : [value]);
  const known = (column, value) =>
    (column.kind === "study" && value !== null ? listed(value).map((id) => `${names[id] ?? ""} ${id}`.trim()).join("; ") : text(value));
  const text = (value) => (value === null ? "" : reason(value) ?? listed(value).join("; "));

  // ---- cells

  const PUBMED = /^\d{1,8}$/, NCT = /^NCT\d{8}$/;
  const record = (id) => {
    const name = escaped(id);
    if (PUBMED.test(id)) return `<a class="out" rel="noreferrer" href="https://pubmed.ncbi.nlm.nih.gov/${name}/">${name}</a>`;
    return NCT.test(id) ? `<a class="out" rel="noreferrer" href="https://clinicaltrials.gov/study/${name}">${name}</a>` : name;
  };
  const study = (id, anchor) => {
    const target = `../studies/${encodeURIComponent(files[id] ?? `${id}.html`)}${anchor}`;
    const said = names[id] ? `${escaped(names[id])}</a> <span class="quiet">${escaped(id)}</span>` : `${escaped(id)}</a>`;
    return `<a href="${target}">${said}`;
  };
  const MARKS = { retracted: "retracted", "expression of concern": "expression of concern", corrected: "corrected" };
  const marks = (row) => {
    const standing = MARKS[row[place.integrity]];
    const doubt = row[place.needs_review] === "yes" ? "to be checked" : null;
    return [standing, doubt].filter(Boolean).map((mark) => ` <span class="mark-word warn">${mark}</span>`).join("");
  };
  const LONG = 160;
  const shortened = (value) =>
    value.length <= LONG ? escaped(value)
      : `<details class="more"><summary>${escaped(value.slice(0, LONG))}…</summary>${escaped(value.slice(LONG))}</details>`;
  const display = (column, number) => (value, kind, row, meta) => {
    if (kind === "sort" || kind === "type") return sortable(column, value);
    if (kind === "filter") return known(column, value);
    if (value === null) return "";
    if (reason(value)) return `<span class="absent">${escaped(reason(value))}</span>`;
    if (column.kind === "record") return listed(value).map(record).join(", ");
    if (column.kind !== "study") return shortened(text(value));
    const anchor = hasAnchors && number === place.study_id ? `#${view}-${meta.row + 1}` : "";
    return listed(value).map((id) => study(id, anchor)).join(", ") + (number === place.study_id ? marks(row) : "");
  };
  const sortable = (column, value) => {
    if (value === null || reason(value)) return null;
    return column.kind === "number" ? value : known(column, value).toLowerCase();
  };
  // what has no value stands last, whichever way a column is sorted
  const ordered = (way) => (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    return way * (a < b ? -1 : Number(a > b));
  };
  Object.assign(DataTable.ext.type.order, { "filled-asc": ordered(1), "filled-desc": ordered(-1) });

  // ---- filters: a list where there are few values, else words or a range of numbers

  const wanted = {};
  const NUMBERS = /^\s*(>=|<=|>|<|=)?\s*(-?\d+(?:\.\d+)?)\s*(?:(?:-|–|to)\s*(-?\d+(?:\.\d+)?))?\s*$/;
  const numeric = (typed) => {
    const found = NUMBERS.exec(typed);
    if (!found) return null;
    const [, sign, low, high] = found;
    if (high !== undefined) return (value) => value >= +low && value <= +high;
    return { ">": (v) => v > +low, "<": (v) => v < +low, ">=": (v) => v >= +low, "<=": (v) => v <= +low }[sign]
      ?? ((value) => value === +low);
  };
  const test = (column, typed) => {
    if (column.choices) {
      return (value) => reason(value) === typed || (value !== null && !reason(value) && listed(value).includes(typed));
    }
    if (column.kind === "number") {
      const fits = numeric(typed);
      return fits ? (value) => typeof value === "number" && fits(value) : (value) => reason(value)?.includes(typed) ?? false;
    }
    const word = typed.toLowerCase();
    return (value) => known(column, value).toLowerCase().includes(word);
  };

  const table = new DataTable("#table", {
    data: rows,
    columns: columns.map((column, number) => ({
      title: escaped(column.heading),
      name: column.name,
      visible: column.shown,
      type: "filled",
      className: column.kind === "number" ? "num" : "",
      render: display(column, number),
    })),
    createdRow: (element, row) => { if (row[place.integrity] === "retracted") element.classList.add("retracted"); },
    deferRender: true,
    autoWidth: false,
    order: [],
    orderMulti: true,
    pageLength: 25,
    lengthMenu: [10, 25, 50, 100, 500],
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null, bottom: null },
    language: { emptyTable: "This release holds no rows of this table.", zeroRecords: "No row fits the search and filters." },
  });

  const refresh = () => {
    const tests = Object.entries(wanted).map(([name, typed]) => [place[name], test(columns[place[name]], typed)]);
    table.search.fixed("filters", tests.length ? (_, row) => tests.every(([number, fits]) => fits(row[number])) : null);
    table.draw();
    byId("filter-count").textContent = tests.length ? ` (${tests.length})` : "";
    remember();
  };
  const remember = () => {
    const state = new URLSearchParams(wanted);
    if (byId("words").value) state.set("search", byId("words").value);
    // a link to what is shown; a browser that forbids it on files only lacks the link
    try { history.replaceState(null, "", state.size ? `#${state}` : location.pathname); } catch { /* no link then */ }
  };

  const control = (column) => {
    const id = `filter-${column.name}`;
    const box = document.createElement("div");
    box.className = "field";
    box.dataset.column = column.name;
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = column.heading;
    const input = document.createElement(column.choices ? "select" : "input");
    input.id = id;
    if (column.choices) {
      const missing = new Set(rows.map((row) => reason(row[place[column.name]])).filter(Boolean));
      input.append(new Option("any", ""), ...[...column.choices, ...[...missing].sort()].map((value) => new Option(value, value)));
    } else {
      input.autocomplete = "off";
      if (column.kind === "number") input.placeholder = "such as >0.5";
    }
    input.value = wanted[column.name] ?? "";
    input.addEventListener("input", () => {
      const typed = input.value.trim();
      if (typed) wanted[column.name] = typed; else delete wanted[column.name];
      refresh();
    });
    box.append(label, input);
    return box;
  };
  const fitFilters = () => {
    for (const box of byId("filter-fields").children) {
      box.hidden = !table.column(`${box.dataset.column}:name`).visible() && !(box.dataset.column in wanted);
    }
  };
  const makeFilters = () => { byId("filter-fields").replaceChildren(...columns.map(control)); fitFilters(); };

  const makeChooser = () => byId("column-fields").replaceChildren(...columns.map((column) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = table.column(`${column.name}:name`).visible();
    box.addEventListener("change", () => { table.column(`${column.name}:name`).visible(box.checked); fitFilters(); });
    label.append(box, ` ${column.heading}`);
    return label;
  }));
  const choose = (isWanted) => {
    columns.forEach((column) => table.column(`${column.name}:name`).visible(isWanted(column), false));
    table.columns.adjust().draw(false);
    makeChooser();
    fitFilters();
  };

  // ---- what is shown, as CSV: every row that fits, in its order, with the columns in view

  const FORMULA = /^[\s\u00a0\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]/;
  const cell = (value) => {
    if (typeof value === "number") return String(value);
    const said = text(value);
    const safe = FORMULA.test(said) ? `'${said}` : said;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const csv = () => {
    const shown = table.columns(":visible").indexes().toArray();
    const lines = table.rows({ search: "applied", order: "applied" }).data().toArray();
    const named = "study_id" in place ? [["Name", (row) => names[row[place.study_id]] ?? null]] : [];
    const parts = [...named, ...shown.map((number) => [columns[number].heading, (row) => row[number]])];
    const written = [parts.map(([heading]) => cell(heading)), ...lines.map((row) => parts.map(([, value]) => cell(value(row))))];
    return written.map((line) => line.join(",")).join("\r\n") + "\r\n";
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }));
    link.download = `${view}_${release}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // ---- pages

  const said = (number) => number.toLocaleString("en");
  const pager = () => {
    const { page, pages, start, end, recordsDisplay, recordsTotal, length } = table.page.info();
    const of = recordsDisplay === recordsTotal ? "" : ` that fit, of ${said(recordsTotal)}`;
    byId("status").textContent = recordsDisplay
      ? `Rows ${said(start + 1)} to ${said(end)} of ${said(recordsDisplay)}${of}.` : `No row of ${said(recordsTotal)} fits.`;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page >= pages - 1;
    byId("place").textContent = `Page ${said(page + 1)} of ${said(Math.max(pages, 1))}`;
    byId("length").value = length;
  };
  const makePager = () => {
    byId("pager").innerHTML =
      '<button type="button" id="previous">Previous</button> <span id="place"></span> <button type="button" id="next">Next</button>'
      + '<label for="length">Rows a page</label><select id="length"></select>';
    byId("length").append(...[10, 25, 50, 100, 500].map((rows) => new Option(rows, rows)));
    byId("length").addEventListener("change", (event) => table.page.len(+event.target.value).draw());
    const turn = (way) => { table.page(way).draw("page"); document.querySelector(".table-box").scrollTop = 0; };
    byId("previous").addEventListener("click", () => turn("previous"));
    byId("next").addEventListener("click", () => turn("next"));
  };

  // ---- start

  const state = new URLSearchParams(location.hash.slice(1));
  byId("words").value = state.get("search") ?? "";
  state.forEach((value, name) => { if (name in place) wanted[name] = value; });
  const toggle = (button, panel, make) => byId(button).addEventListener("click", () => {
    const open = byId(panel).hidden;
    if (open) make();
    byId(panel).hidden = !open;
    byId(button).setAttribute("aria-expanded", String(open));
  });
  makePager();
  table.on("draw", pager);
  toggle("filter-button", "filters", makeFilters);
  toggle("column-button", "columns", makeChooser);
  byId("words").addEventListener("input", () => { table.search(byId("words").value).draw(); remember(); });
  byId("csv-button").addEventListener("click", save);
  byId("filter-reset").addEventListener("click", () => { Object.keys(wanted).forEach((name) => delete wanted[name]); makeFilters(); refresh(); });
  byId("columns-usual").addEventListener("click", () => choose((column) => column.shown));
  byId("columns-all").addEventListener("click", () => choose(() => true));
  byId("tools").hidden = false;
  if (byId("words").value) table.search(byId("words").value);
  if (Object.keys(wanted).length || byId("words").value) refresh();
  pager();

  // a printed table has every row that fits
  let length = 25;
  addEventListener("beforeprint", () => { length = table.page.len(); table.page.len(-1).draw(); });
  addEventListener("afterprint", () => table.page.len(length).draw());
})();
