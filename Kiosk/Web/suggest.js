// A list below a field while one types: arrow keys and Enter, or a touch. Without this script the
// field is sent as it is and the page answers with a numbered list.
(function () {
  "use strict";
  for (const field of document.querySelectorAll("[data-suggest]")) { attach(field); }

  function attach(field) {
    const form = field.form;
    const list = field.parentElement.querySelector(".suggestions");
    const code = form.querySelector('input[type="hidden"][name="code"]');
    let asked = 0;
    let timer = 0;

    const rows = () => [...list.querySelectorAll("button")];
    const active = () => list.querySelector(".active");
    const close = () => { list.hidden = true; list.replaceChildren(); };

    function mark(row) {
      rows().forEach((other) => other.classList.toggle("active", other === row));
      if (row) { row.scrollIntoView({ block: "nearest" }); }
    }

    async function ask() {
      const number = ++asked;
      const text = field.value.trim();
      if (!text) { close(); return; }
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || number !== asked) { return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.childNodes);
      list.hidden = rows().length === 0;
      mark(rows()[0]);
    }

    function choose(row) {
      code.value = row.dataset.code;
      field.value = row.dataset.name;
      asked += 1;
      close();
      if ("atOnce" in field.dataset) { form.requestSubmit(); return; }
      const quantity = form.elements.quantity;
      fill(row);
      if (!quantity.value) { quantity.value = "1"; }
      quantity.focus();
      quantity.select();
    }

    // Price and days as the catalogue has them, until somebody types their own.
    function fill(row) {
      const { price, quantity, days } = form.elements;
      price.value = row.dataset.price;
      const each = Number(row.dataset.days || 0);
      const reckon = () => {
        if (!days.dataset.typed) {
          days.value = each ? String(Math.floor(each * Number(quantity.value || 1)) || "") : "";
        }
      };
      days.oninput = () => { days.dataset.typed = "1"; };
      quantity.oninput = reckon;
      if (!quantity.value) { quantity.value = "1"; }
      reckon();
    }

    field.addEventListener("input", (event) => {
      code.value = "";
      clearTimeout(timer);
      if (!event.isComposing) { timer = setTimeout(ask, 60); }
    });
    field.addEventListener("compositionend", ask);
    field.addEventListener("blur", () => setTimeout(close, 200));
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      if (row) { choose(row); }
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) { return; }
      const all = rows();
      const here = all.indexOf(active());
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(all[(here + step + all.length) % all.length]);
        event.preventDefault();
      } else if (event.key === "Enter" && here >= 0) {
        event.preventDefault();
        choose(all[here]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
  }
})();
