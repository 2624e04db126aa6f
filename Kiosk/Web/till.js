// Change, household totals and the counted drawer while one types; the server reckons again.
(function () {
  "use strict";
  const yuan = (fen) => `${fen < 0 ? "-" : ""}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;

  function fen(text) {
    const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
    return match ? Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0")) : null;
  }

  function showChange(form, due, place = form.querySelector("[data-change]")) {
    const field = form.querySelector('[name="given"]');
    if (!field || !place) { return; }
    const given = fen(field.value);
    place.hidden = given === null || given < due;
    if (!place.hidden) { place.querySelector("b").textContent = yuan(given - due); }
  }

  for (const form of document.querySelectorAll("form[data-due]")) {
    // Beside accounts less cash is due, and more of it comes back.
    const beside = document.querySelector("[data-rest]");
    form.addEventListener("input", () => {
      showChange(form, Number(form.dataset.due));
      if (beside) { showChange(form, Number(beside.dataset.rest), beside); }
    });
  }

  for (const form of document.querySelectorAll("form[data-collect]")) {
    const reckon = () => {
      const ticked = [...form.querySelectorAll('[name="pick"]:checked')];
      const total = ticked.reduce((sum, box) => sum + Number(box.dataset.fen), 0);
      const place = form.querySelector("[data-total]");
      if (place) { place.textContent = yuan(total); }
      showChange(form, total);
    };
    form.addEventListener("input", reckon);
  }

  for (const form of document.querySelectorAll("form[data-till]")) {
    const reckon = () => {
      const fields = [...form.querySelectorAll("input[data-fen]")];
      const typed = fields.some((field) => field.value.trim());
      const counted = fields.reduce(
        (sum, field) => sum + Number(field.dataset.fen) * (parseInt(field.value, 10) || 0), 0);
      const difference = counted - Number(form.dataset.expected);
      const place = form.querySelector("[data-difference]");
      form.querySelector("[data-counted]").textContent = typed ? yuan(counted) : "–";
      place.textContent = typed ? (difference === 0 ? "✓ 0.00" : `▲ ${yuan(difference)}`) : "–";
      place.classList.toggle("old", typed && difference !== 0);
    };
    form.addEventListener("input", reckon);
    reckon();
    const first = form.querySelector("input[data-fen]");
    if (first) { first.focus(); }
  }
})();
