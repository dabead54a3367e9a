// Small comforts on pages that work without them. No inline code, no library: the page's own attributes say what to do.

const seconds = 1000;

function within(root, selector, act) {
  if (root.matches?.(selector)) act(root);
  root.querySelectorAll(selector).forEach(act);
}

function show(element) {
  element.hidden = false;
}

// [data-stepper]: thumbs beside a number field, and the arrow keys in it.
function stepper(box) {
  const field = box.querySelector("input");
  const buttons = box.querySelectorAll("[data-step]");
  const after = (button) => Number(field.value.replaceAll(".", "")) + Number(button.dataset.step);
  const isWithin = (number) => number >= Number(field.dataset.least) && number <= Number(field.dataset.most);
  const settle = () => buttons.forEach((button) => { button.disabled = !isWithin(after(button)); });
  buttons.forEach((button) => {
    show(button);
    button.addEventListener("click", () => {
      field.value = withDots(String(after(button)));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowUp: "1", ArrowDown: "-1" }[event.key];
    if (!step) return;
    event.preventDefault();
    box.querySelector(`[data-step="${step}"]`).click();
  });
  field.addEventListener("input", settle);
  field.addEventListener("change", settle);
  settle();
}

// [data-copy="text"]: copies it, and says so.
function copier(button) {
  if (!navigator.clipboard) return;
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  show(button);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; }, 2 * seconds);
  });
}

// [data-share="address"]: the phone's own share sheet.
function sharer(button) {
  if (!navigator.share) return;
  show(button);
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.share, title: button.dataset.title }).catch(() => {});
  });
}

// [data-reveal="id"]: shows and hides a password.
function revealer(button) {
  const field = document.getElementById(button.dataset.reveal);
  show(button);
  button.addEventListener("click", () => {
    const isShown = field.type === "password";
    field.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  });
}

// [data-close]: takes a notice away.
function closer(button) {
  show(button);
  button.addEventListener("click", () => button.closest(".notice").remove());
}

// <time data-countdown datetime>: the last day by the second; before that the server's words are exact enough.
// At zero the page is asked again: only the server knows what the end of the time means.
function countdown(element) {
  const end = Date.parse(element.dateTime);
  const tick = () => {
    const left = Math.floor((end - Date.now()) / seconds);
    if (left < 0) {
      clearInterval(timer);
      if (element.dataset.countdown === "reload") location.reload();
      return;
    }
    if (left > 24 * 3600) return;
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    element.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  };
  const isAhead = end > Date.now();
  const timer = setInterval(tick, seconds);
  if (isAhead) tick();
  else clearInterval(timer);
}

// [data-look-up]: arrows go from the field through what was found below it, Enter picks the first.
function lookUp(field) {
  const group = field.closest(".place");
  const found = () => [...group.querySelectorAll(".place-row")];
  group.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...found()];
    const here = stops.indexOf(event.target);
    if (here < 0) return;
    if (step) {
      event.preventDefault();
      stops[here + step]?.focus();
    } else if (event.key === "Enter" && here === 0) {
      event.preventDefault();
      found()[0]?.click();
    }
  });
}

function enliven(root) {
  within(root, "[data-stepper]", stepper);
  within(root, "[data-copy]", copier);
  within(root, "[data-share]", sharer);
  within(root, "[data-reveal]", revealer);
  within(root, "[data-close]", closer);
  within(root, "[data-countdown]", countdown);
  within(root, "[data-look-up]", lookUp);
  // <select data-submit>: choosing is asking; its button is for browsers without scripts.
  within(root, "[data-submit]", (field) => field.addEventListener("change", () => field.form.requestSubmit()));
  within(root, "[data-without-script]", (element) => element.remove());
  // On a phone the bar of a centre, and that of a list's tabs or chips, is wider than the screen: where one is, is in sight.
  within(root, ":is(.side-nav, .tabs, nav.chips) > [aria-current]", (here) => {
    const bar = here.parentElement;
    bar.scrollLeft += here.getBoundingClientRect().left - bar.getBoundingClientRect().left - (bar.clientWidth - here.offsetWidth) / 2;
  });
}

// A form is sent once: the pressed button waits. Coming back to the page wakes it up.
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  const button = event.submitter;
  if (button?.matches("[aria-busy]")) event.preventDefault();  // a second press, or Enter
  else if (button?.matches(".button")) setTimeout(() => button.setAttribute("aria-busy", "true"));
});
addEventListener("pageshow", () => {
  document.querySelectorAll(".button[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

// [data-after-saving]: whoever goes on while something typed is on its way goes on once it has arrived.
addEventListener("click", (event) => {
  const link = event.target.closest("[data-after-saving]");
  if (!link || !document.querySelector(".htmx-request")) return;
  event.preventDefault();
  addEventListener("htmx:afterRequest", () => location.assign(link.href), { once: true });
});

// Menus are <details>: a press elsewhere or Escape closes them.
addEventListener("click", (event) => {
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// What htmx brings in gets the same comforts; its own first load event covers the page itself.
addEventListener("htmx:load", (event) => enliven(event.target));
if (!window.htmx) enliven(document.body);
