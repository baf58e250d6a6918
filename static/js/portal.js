// Small improvements of pages that work without them: this file adds no page, no field and no rule.
"use strict";

// copy puts the words named by data-copy on the clipboard and says so on the button.
async function copy(button) {
  const label = button.querySelector("[data-copy-label]");
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return;
  }
  label.textContent = "Copied";
  setTimeout(() => { label.textContent = before; }, 2000);
}

// reveal shows or hides the password that the button controls.
function reveal(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  button.textContent = shown ? "Show" : "Hide";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  else if (button && "reveal" in button.dataset) reveal(button);
});

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain && search && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    search.focus();
  }
});

// A second press of the same form waits for the first answer; the server would ignore it anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
});

// A page taken back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const b of document.querySelectorAll("button[aria-disabled]")) b.removeAttribute("aria-disabled");
});

document.documentElement.dataset.ready = "true";
