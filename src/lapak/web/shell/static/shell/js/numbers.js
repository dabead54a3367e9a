// [data-dots]: a whole number gets its dots when its field is left: 150000 reads 150.000. What is not plainly a whole number
// stays as it was typed, for the server to judge: it knows what can be read, here nothing is guessed.

function withDots(typed) {
  const bare = typed.trim().replace(/^rp\.?\s*/i, "");
  const isWhole = /^(\d+|\d{1,3}(\.\d{3})+)$/.test(bare);
  return isWhole ? bare.replaceAll(".", "").replace(/\B(?=(\d{3})+$)/g, ".") : typed;
}

addEventListener("focusout", (event) => {
  const field = event.target;
  if (field.matches?.("[data-dots]")) field.value = withDots(field.value);
});
