// unfold's boxes that scroll call themselves regions, all of one name: a page has several, and none is worth a landmark.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".simplebar-content-wrapper")) {
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
});

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
});
