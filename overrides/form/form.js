// What the form does where scripts run: findings beside a field as soon as somebody has stopped
// typing or left it, and a question before what was typed is lost.
"use strict";

const PAUSE = 1000; // milliseconds, so that nobody hears of half a word

(() => {
  const summary = document.getElementById("summary");
  if (summary) {
    summary.focus();
  }
  const gone = document.getElementById("gone");
  const sent = document.querySelector("form[method=post]");
  if (sent) {
    let typed = false;
    let sure = false;
    sent.addEventListener("input", () => {
      typed = true;
    });
    // Nobody answers once the command has ended: what was typed would go with the page.
    sent.addEventListener("submit", (event) => {
      if (sure) {
        typed = false;
        return;
      }
      event.preventDefault();
      fetch(location.href, { method: "HEAD" }).then(
        () => {
          sure = true;
          sent.requestSubmit(event.submitter);
          sure = false;
        },
        () => {
          gone.hidden = false;
          gone.focus();
        },
      );
    });
    window.addEventListener("beforeunload", (event) => {
      if (typed) {
        event.preventDefault();
      }
    });
  }
  const form = document.querySelector("form[data-check]");
  if (!form) {
    return;
  }
  const left = new Set();
  const show = (field, texts) => {
    const box = document.getElementById(`${field.id}-messages`);
    const now = texts.map(([text, stops]) => {
      const line = document.createElement("p");
      line.className = stops ? "fault" : "";
      line.textContent = text;
      return line;
    });
    if (box.textContent !== now.map((line) => line.textContent).join("")) {
      box.replaceChildren(...now);
    }
    const wrong = texts.some(([, stops]) => stops);
    field.closest(".field").classList.toggle("wrong", wrong);
    field.toggleAttribute("aria-invalid", false);
    if (wrong) {
      field.setAttribute("aria-invalid", "true");
    }
  };
  let asking = false;
  let again = false;
  const check = async () => {
    // One after the other: of a large strategy, an answer takes longer than a pause.
    again = asking;
    if (asking) {
      return;
    }
    asking = true;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.check, { method: "POST", body }).catch(() => null);
    const told = answer && answer.ok ? await answer.json().catch(() => null) : null;
    asking = false;
    if (again) {
      check();
    } else if (told) {
      for (const field of left) {
        show(field, told[field.name] || []);
      }
    }
  };
  let paused = 0;
  const look = (field) => {
    clearTimeout(paused);
    left.add(field);
    check();
  };
  form.addEventListener("change", (event) => look(event.target));
  form.addEventListener("input", (event) => {
    clearTimeout(paused);
    if (event.target.matches("input[type=text], textarea")) {
      paused = setTimeout(look, PAUSE, event.target);
    }
  });
  form.addEventListener("focusout", (event) => {
    const field = event.target;
    if (field.matches("[required]") && !field.value && !left.has(field)) {
      left.add(field);
      check();
    }
  });
})();
