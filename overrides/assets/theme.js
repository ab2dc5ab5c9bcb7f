/* Light or dark, the menu on narrow screens, and print. Loaded in the header, before the text is
   painted. Nothing is kept in the browser unless someone chooses. */
"use strict";
(() => {
  const KEY = "klarplan-scheme";
  const wants = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".kp-scheme");

  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // the browser keeps nothing
    }
  };

  const show = (dark) => {
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
    button?.setAttribute("aria-pressed", String(dark));
  };

  const isDark = () => (kept() ? kept() === "dark" : wants.matches);

  show(isDark());
  wants.addEventListener("change", () => show(isDark()));
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = button.getAttribute("aria-pressed") !== "true";
      show(dark);
      try {
        localStorage.setItem(KEY, dark ? "dark" : "light");
      } catch {
        // then it holds for this page only
      }
    });
  }

  document.documentElement.classList.replace("no-js", "js");
  const link = document.querySelector("a.kp-menu");
  const opener = document.querySelector("button.kp-menu");

  const menu = () => document.getElementById("navigation");
  const isOpen = () => opener.getAttribute("aria-expanded") === "true";
  const open = (state) => {
    const below = document.querySelector(".md-header").getBoundingClientRect().bottom;
    menu().style.top = `${below}px`;
    menu().style.maxHeight = `calc(100vh - ${below}px)`;
    opener.setAttribute("aria-expanded", String(state));
    menu().classList.toggle("kp-nav--open", state);
  };

  if (link && opener) {
    link.hidden = true;
    opener.hidden = false;
    opener.addEventListener("click", () => {
      open(!isOpen());
      if (isOpen()) menu().focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) {
        open(false);
        opener.focus();
      }
    });
    for (const kind of ["focusin", "pointerdown"]) {
      document.addEventListener(kind, (event) => {
        if (isOpen() && !menu().contains(event.target) && !opener.contains(event.target)) {
          open(false);
        }
      });
    }
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
