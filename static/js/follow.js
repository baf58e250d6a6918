// Parts of a page that change while it is looked at. The page says the same when it is loaded anew.
"use strict";

// renew puts a part in place of what was there; who stood on a link of it still does.
function renew(part, html) {
  const held = part.contains(document.activeElement) && document.activeElement.dataset.testid;
  part.innerHTML = html;
  if (held) part.querySelector(`[data-testid="${held}"]`)?.focus({ preventScroll: true });
}

// follow keeps the parts of a page as the server tells them. It is read out twice a minute at most. When there
// is nothing left to wait for, the page is loaded anew; when nobody tells anything, it says so and is, in time.
function follow(page) {
  const events = new EventSource(page.dataset.follow);
  const told = document.getElementById(page.dataset.told);
  let last = Date.now();
  for (const part of page.querySelectorAll("[data-live]")) {
    events.addEventListener(part.id, (event) => {
      renew(part, event.data);
      const said = part.querySelector("[data-said]");
      if (!said || Date.now() - last < 30000) return;
      last = Date.now();
      told.textContent = said.dataset.said;
    });
  }
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
  events.addEventListener("error", () => {
    if (events.readyState !== EventSource.CLOSED) return; // it asks again by itself
    document.getElementById(page.dataset.lost).hidden = false;
    setTimeout(() => location.reload(), page.dataset.anew * 1000);
  });
}

for (const page of document.querySelectorAll("[data-follow]")) follow(page);
