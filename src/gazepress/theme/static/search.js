// The search page: Pagefind's indexes are asked in the browser, and what they find is shown. All words that a reader
// sees stand in the page's templates. Nothing is loaded before somebody searches.

const PER_STEP = 10;
const part = (name) => document.getElementById(`search:${name}`);
const [form, words, status, results, more] = ["form", "words", "status", "results", "more"].map(part);
const choices = ["year", "section", "author"].map(part).filter(Boolean); // each narrows the search by its name
const language = document.documentElement.lang;

let pagefind; // a promise of its module, once it is wanted
let found = []; // all results of the last search; those that are shown come first
let searches = 0;

// The module of the newest index asks the others as well. Each says by a filter of which year it is.
function load() {
  pagefind ??= (async () => {
    const [first, ...others] = part("indexes").content.querySelectorAll("data");
    const ofYear = (index) => ({ mergeFilter: { year: index.textContent } });
    const module = await import(`${first.value}pagefind.js`);
    await module.options(ofYear(first));
    await module.init();
    await Promise.all(others.map((index) => module.mergeIndex(index.value, ofYear(index))));
    offer(await module.filters());
    return module;
  })();
  return pagefind;
}

// Years stand in the page; which sections and authors there are, the indexes say.
function offer(filters) {
  for (const choice of choices) {
    const known = new Set([...choice.options].map((option) => option.value));
    const names = Object.keys(filters[choice.name] ?? {}).filter((name) => !known.has(name));
    choice.append(...names.sort(new Intl.Collator(language).compare).map((name) => new Option(name, name)));
  }
}

async function search(query, asked) {
  const mine = ++searches; // an answer that comes after a newer question is not shown
  results.replaceChildren();
  more.hidden = true;
  status.textContent = "";
  if (!query && choices.every((choice) => choice.value === (asked.get(choice.name) ?? ""))) return;
  try {
    const module = await load();
    if (mine !== searches) return;
    choose(asked); // a section that an address names is kept for the words to come
    if (!query) return;
    const answer = await module.search(query, { filters: Object.fromEntries(chosen()) });
    if (mine !== searches) return;
    found = answer.results;
    await showMore(mine);
    if (mine === searches) status.textContent = found.length ? counted(found.length) : status.dataset.none;
  } catch (error) {
    pagefind = undefined; // the next search tries again
    if (mine === searches) status.textContent = status.dataset.failed;
    console.warn(error);
  }
}

// Show the next results; return the link of the first of them.
async function showMore(mine) {
  const from = results.children.length;
  const next = await Promise.all(found.slice(from, from + PER_STEP).map((one) => one.data()));
  if (mine !== searches || results.children.length !== from) return undefined;
  results.append(...next.map(drawn));
  more.hidden = results.children.length >= found.length;
  return results.children[from]?.querySelector("a");
}

function drawn({ meta, excerpt }) {
  const item = part("result").content.cloneNode(true);
  const at = (name) => item.querySelector(`[data-part=${name}]`);
  at("section").textContent = meta.section ?? "";
  at("date").textContent = new Date(meta.date).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
  at("title").href = meta.url;
  at("title").textContent = meta.title;
  at("excerpt").append(...marked(excerpt));
  return item;
}

// An excerpt is HTML with <mark> in it. It becomes text and marks, and nothing else, whatever an article says.
function marked(excerpt) {
  const plain = (html) => html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((piece, at) => {
    if (at % 2 === 0) return plain(piece);
    const mark = document.createElement("mark");
    mark.textContent = plain(piece);
    return mark;
  });
}

function counted(count) {
  const forms = JSON.parse(status.dataset.found);
  const text = forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
  return text.replace("{count}", count.toLocaleString(language));
}

// What an address asks for, and nobody offers, is not asked for.
function choose(asked) {
  for (const choice of choices) {
    choice.value = asked.get(choice.name) ?? "";
    if (choice.selectedIndex < 0) choice.value = "";
  }
}

function chosen() {
  return choices.filter((choice) => choice.value).map((choice) => [choice.name, choice.value]);
}

function searchAsAddressed() {
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("q") ?? "";
  choose(asked);
  return search(words.value.trim(), asked);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `?${new URLSearchParams([["q", words.value.trim()], ...chosen()])}`);
  searchAsAddressed();
});
for (const choice of choices) choice.addEventListener("change", () => words.value.trim() && form.requestSubmit());
words.addEventListener("focus", () => load().catch(() => (pagefind = undefined)));
more.addEventListener("click", async () => (await showMore(searches))?.focus());
addEventListener("popstate", searchAsAddressed);
searchAsAddressed();
