// Keys that are printed on the buttons, numbers that choose from a list, Esc that goes back a step.
(function () {
  "use strict";
  const visible = (element) => element && element.offsetParent !== null;
  const find = (selector) => [...document.querySelectorAll(selector)].find(visible);
  const isField = (element) =>
    element && /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox";

  function press(element) {
    const first = element.dataset.first && document.getElementById(element.dataset.first);
    // Cash asks once what was handed over; pressed again it takes the exact amount.
    if (first && !first.value && document.activeElement !== first) {
      first.focus();
      first.scrollIntoView({ block: "nearest" });
      return;
    }
    element.click();
  }

  function back() {
    const link = find('[data-key="Escape"]');
    if (link) { link.click(); return; }
    const steps = [...document.querySelectorAll("[data-step]")].filter(visible);
    const here = steps.indexOf(document.activeElement);
    const target = steps[Math.max(0, (here < 0 ? steps.length : here) - 1)];
    if (target) { target.focus(); target.select(); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) { return; }
    if (/^F\d+$/.test(event.key)) {
      const target = find(`[data-key="${event.key}"]`);
      if (target) { event.preventDefault(); press(target); }
    } else if (event.key === "Escape") {
      event.preventDefault();
      back();
    } else if (/^[1-9]$/.test(event.key) && !isField(event.target)) {
      const target = find(`[data-number="${event.key}"]`);
      if (target) { event.preventDefault(); target.click(); }
    } else if (event.key === "Enter" && event.target.dataset.whenEmpty && !event.target.value.trim()) {
      const next = document.querySelector("[data-reason]")
        || document.getElementById(event.target.dataset.whenEmpty);
      event.preventDefault();
      if (next) { next.focus(); }
    }
  });

  document.addEventListener("submit", (event) => {
    const word = event.target.dataset.busy;
    if (!word) { return; }
    const place = event.target.querySelector("[data-busy-word]")
      || event.target.appendChild(document.createElement("span"));
    place.textContent = word;
    for (const button of event.target.querySelectorAll("button")) {
      setTimeout(() => { button.disabled = true; }, 0);
    }
  });

  const focused = document.querySelector("[autofocus]");
  const choice = find("[data-number]");
  // A refusal that waits for a reason puts the cursor there.
  const reason = document.querySelector(".notice.problem") && find("[data-reason]");
  if (reason) {
    reason.focus();
  } else if (focused) {
    focused.focus();
    if (isField(focused)) { focused.select(); }
  } else if (choice) {
    choice.focus();
  }
})();
