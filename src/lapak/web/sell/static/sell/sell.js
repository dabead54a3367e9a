// Small comforts of the seller centre, on pages that work without them.

// [data-choose-all="name"]: one tick for all boxes of that name in the same form.
document.querySelectorAll("[data-choose-all]").forEach((label) => {
  const all = label.querySelector("input");
  const boxes = [...all.form.elements].filter((box) => box.name === label.dataset.chooseAll);
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  label.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", look));
  look();
});

// [data-print]: the browser's own print dialogue.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
