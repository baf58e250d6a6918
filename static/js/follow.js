// Numbers that change while a page is looked at. The page says the same when it is loaded anew.
"use strict";

// follow keeps a region as the server tells it. It is read out twice a minute at most; when there is nothing
// left to wait for, the page is loaded anew.
function follow(region) {
  const events = new EventSource(region.dataset.follow);
  const told = document.getElementById(region.dataset.told);
  let last = Date.now();
  events.addEventListener("numbers", (event) => {
    region.innerHTML = event.data;
    if (Date.now() - last < 30000) return;
    last = Date.now();
    told.textContent = region.querySelector("[data-said]").dataset.said;
  });
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
}

for (const region of document.querySelectorAll("[data-follow]")) follow(region);
