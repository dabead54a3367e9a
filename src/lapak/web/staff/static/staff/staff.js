// unfold's boxes that scroll call themselves regions, all of one name: a page has several, and none is worth a landmark.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".simplebar-content-wrapper")) {
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
});

// A box that opens over the page: the keyboard goes into it, and back to what opened it; what lies behind rests meanwhile.
function follow(box, opener, behind = []) {
  let wasOpen = box.checkVisibility();
  new MutationObserver(() => {
    const isOpen = box.checkVisibility();
    if (isOpen === wasOpen) return;
    wasOpen = isOpen;
    opener.ariaExpanded = isOpen;
    for (const part of behind) part.inert = isOpen;
    (isOpen ? box.querySelector("a[href], button, input, select") : opener)?.focus();
  }).observe(box, { attributes: true, attributeFilter: ["style"] });
}

addEventListener("DOMContentLoaded", () => {
  // What unfold lets only a mouse press (the side bar, the filters) answers the keyboard as well.
  for (const sign of document.querySelectorAll(":is(span, div, a:not([href]))[x-on\\:click]:not(#changelist-filter-close)")) {
    sign.tabIndex = 0;
    sign.role = "button";
    if (sign.textContent.trim() === "dock_to_right") sign.ariaLabel = document.getElementById("page").dataset.sidebar;
    sign.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sign.click();
    });
  }

  // The word that draws a sign is not read out beside the words that it is a sign for.
  for (const sign of document.querySelectorAll(".material-symbols-outlined:not([role])"))
    if (sign.parentElement.textContent.trim() !== sign.textContent.trim()) sign.ariaHidden = "true";

  const filters = document.getElementById("changelist-filter");
  const filter = document.querySelector("[x-on\\:click='filterOpen = true']");
  if (filters && filter)
    follow(filters, filter, document.querySelectorAll("#nav-sidebar, #main > header, .result-list-wrapper > .grow"));

  const own = document.querySelector("[x-on\\:click='openUserLinks = !openUserLinks']");
  if (own) {
    follow(own.previousElementSibling, own);
    own.parentElement.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && own.ariaExpanded === "true") own.click();
    });
  }
});

// Whose colours follow the system's follow it at once: unfold asks it only when a page is loaded.
document.addEventListener("alpine:initialized", () => {
  const page = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const wear = () => {
    const { adminTheme } = Alpine.$data(page);
    page.classList.toggle("dark", adminTheme === "dark" || (adminTheme === "auto" && system.matches));
  };
  Alpine.effect(wear);
  system.addEventListener("change", wear);
});
