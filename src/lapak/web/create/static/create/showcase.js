// Small comforts of the page's editor, which works without them.

// [data-previews]: what is typed and chosen shows at once in the head above.
const preview = document.querySelector("[data-preview]");
document.querySelectorAll("[data-previews]").forEach((field) => {
  field.addEventListener("input", () => {
    if (field.dataset.previews === "words") preview.querySelector("[data-words]").textContent = field.value;
    else preview.className = `showcase-head theme-${field.value}`;
  });
});

// .placed: goods are dragged to their place; numbers and sections follow.
let dragged = null;
document.querySelectorAll(".placed-goods").forEach((goods) => {
  goods.draggable = true;
  goods.addEventListener("dragstart", () => { dragged = goods; });
});
document.querySelectorAll(".placed").forEach((list) => {
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const below = [...list.children].find((goods) => goods !== dragged
      && event.clientY < goods.getBoundingClientRect().top + goods.offsetHeight / 2);
    list.insertBefore(dragged, below ?? null);
  });
  list.addEventListener("drop", (event) => { event.preventDefault(); });
});
addEventListener("dragend", () => {
  dragged = null;
  document.querySelectorAll(".placed").forEach((list) => {
    [...list.children].forEach((goods, place) => {
      const section = goods.querySelector("[name^=in-]");
      section.value = list.dataset.section;
      goods.querySelector("[name^=place-]").value = section.value ? place + 1 : "";
    });
  });
});
