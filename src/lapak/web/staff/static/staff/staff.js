// unfold's boxes that scroll call themselves regions, all of one name: a page has several, and none is worth a landmark.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".simplebar-content-wrapper")) {
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
  }
});
