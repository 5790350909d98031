// Lets a page follow what is saved: its text and its styles are exchanged in place, or it is loaded anew, and what keeps
// the site from being built stands in a panel above it. Texts of problems are texts: nothing of them is HTML.

const PLACE = "gazepress-place";
const own = document.currentScript;
let { page, style } = own.dataset;
let stream;
let panel;
let hidden = "";
let turns = 0;
let isLoadedAnew = false;
let awaited = takePlace(); // how far down, in pixels, until the page has loaded

function listen() {
  const query = new URLSearchParams({ path: location.pathname, page, style });
  stream = new EventSource(new URL(`events?${query}`, own.src));
  stream.onmessage = (event) => follow(JSON.parse(event.data));
  // A browser would ask again for the page as it was at first.
  stream.onerror = () => {
    rest();
    setTimeout(wake, 1000);
  };
}

function rest() {
  stream?.close();
  stream = undefined;
}

// A page in the background leaves its connection to others: browsers have six for one server.
function wake() {
  if (!stream && !document.hidden) listen();
}

function follow(told) {
  if (told.is_new) {
    renew(told).catch(reload);
    return;
  }
  ({ page, style } = told);
  if (told.sheets) exchange(told.sheets);
  showProblems(told.problems);
}

function reload() {
  rest();
  isLoadedAnew = true;
  location.reload();
}

// Browsers keep the place that a page has scrolled to, but not when it is loaded anew while it is still loading. So the
// page keeps it alone: whoever has scrolled by the time it has loaded is a reader, and is not taken back.
function leave() {
  rest();
  history.scrollRestoration = isLoadedAnew ? "manual" : "auto";
  const at = scrollY || awaited || 0;
  if (isLoadedAnew) sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, at }));
}

function takePlace() {
  const { path, at } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  sessionStorage.removeItem(PLACE);
  return path === location.pathname ? at : undefined;
}

function returnToPlace() {
  if (awaited && !scrollY) scrollTo(0, awaited);
  awaited = undefined;
}

// Puts the new text into the page that stands, which is seen sooner than a page that is loaded anew: styles and fonts
// are there already. Where scripts run, or styles are others, only the latter is sure to show what readers would see.
async function renew(told) {
  const turn = ++turns;
  const answer = await fetch(location.href);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== turns) return; // a newer one is on its way
  const fresh = next.querySelector("script[data-page]");
  if (answer.redirected || !fresh || fresh.dataset.style !== style || [document, next].some(runsScripts)) {
    reload();
    return;
  }
  for (const one of said(document)) one.remove();
  document.head.append(...said(next));
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
  for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
  document.body.replaceWith(next.body);
  ({ page, style } = fresh.dataset);
  showProblems(told.problems);
}

function runsScripts(one) {
  return one.querySelector('script:not([data-page], [type="application/ld+json"]), iframe, video, audio') !== null;
}

// What a head says of its page; the rest of it is what the page loads.
function said(one) {
  return one.head.querySelectorAll('title, meta:not([http-equiv]), link[rel="canonical"], script[type="application/ld+json"]');
}

function exchange(sheets) {
  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
  if (links.length !== sheets.length) {
    reload();
    return;
  }
  links.forEach((link, at) => {
    const next = link.cloneNode();
    next.href = sheets[at];
    if (next.href === link.href) return;
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  });
}

function showProblems(problems) {
  const shown = problems.shown.length ? JSON.stringify(problems) : "";
  panel?.remove();
  panel = undefined;
  if (!shown || shown === hidden) return;
  hidden = "";
  panel = document.createElement("gazepress-problems");
  const root = panel.attachShadow({ mode: "open" });
  const sheet = element("link", "");
  sheet.rel = "stylesheet";
  sheet.href = new URL("preview.css", own.src);
  const close = element("button", "", "Close");
  close.onclick = () => {
    hidden = shown;
    panel.remove();
  };
  const count = problems.shown.length + problems.more;
  const title = `Not built: ${count} ${count === 1 ? "problem" : "problems"}. The page is from the last build that worked.`;
  const head = element("header", "", element("h2", "", title), close);
  const box = element("section", "panel", head, ...problems.shown.map(described));
  if (problems.more) box.append(element("p", "", `… and ${problems.more} more`));
  box.setAttribute("role", "alert");
  box.onkeydown = (event) => event.key === "Escape" && close.click();
  root.append(sheet, box);
  document.body.append(panel);
}

function described(problem) {
  const { place, code, message, hint, line, column, source } = problem;
  const parts = [
    element("p", "place", place),
    element("p", "message", element("span", "code", `${code}: `), message),
  ];
  if (source.length) parts.push(element("pre", "", ...source.map((one) => numbered(one, line, column))));
  if (hint) parts.push(element("p", "hint", `Hint: ${hint}`));
  return element("article", "", ...parts);
}

function numbered({ number, text }, line, column) {
  const isWrong = number === line;
  const label = element("i", "", `${String(number).padStart(5)} │ `);
  if (!isWrong || !column) return element("span", isWrong ? "wrong" : "", label, text || " ");
  const signs = [...text]; // columns count characters, and not halves of them
  const wrong = signs[column - 1] ?? " ";
  const before = signs.slice(0, column - 1).join("");
  return element("span", "wrong", label, before, element("mark", "", wrong), signs.slice(column).join(""));
}

function element(name, kind, ...parts) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...parts);
  return made;
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wake()));
addEventListener("load", returnToPlace);
addEventListener("pagehide", leave);
addEventListener("pageshow", wake);
wake();
