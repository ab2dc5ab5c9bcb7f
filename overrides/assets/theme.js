/* Light or dark, the menu on narrow screens, and print. Runs before anything is painted, so that
   nothing changes its colour or place later. Keeps nothing in the browser unless someone chooses. */
"use strict";
(() => {
  const KEY = "klarplan-scheme";
  const wants = matchMedia("(prefers-color-scheme: dark)");

  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // the browser keeps nothing
    }
  };

  const show = (dark) => {
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
    document.querySelector(".kp-scheme")?.setAttribute("aria-pressed", String(dark));
  };

  const isDark = () => (kept() ? kept() === "dark" : wants.matches);

  document.documentElement.classList.replace("no-js", "js");
  show(isDark());
  wants.addEventListener("change", () => show(isDark()));
  document.addEventListener("DOMContentLoaded", () => {
    show(isDark());
    scheme(document.querySelector(".kp-scheme"));
    disclosure();
  });

  const scheme = (button) => {
    if (!button) return;
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
  };

  const disclosure = () => {
    const opener = document.querySelector("button.kp-menu");
    const menu = document.getElementById("kp-navigation");
    if (!opener || !menu) return;
    opener.hidden = false;
    document.querySelector("a.kp-menu").hidden = true;

    const isOpen = () => opener.getAttribute("aria-expanded") === "true";
    const open = (state) => {
      const below = document.querySelector(".md-header").getBoundingClientRect().bottom;
      menu.style.top = `${below}px`;
      menu.style.maxHeight = `calc(100vh - ${below}px)`;
      opener.setAttribute("aria-expanded", String(state));
      menu.classList.toggle("kp-nav--open", state);
    };

    opener.addEventListener("click", () => {
      open(!isOpen());
      if (isOpen()) menu.focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) {
        open(false);
        opener.focus();
      }
    });
    for (const kind of ["focusin", "pointerdown"]) {
      document.addEventListener(kind, (event) => {
        if (isOpen() && !menu.contains(event.target) && !opener.contains(event.target)) {
          open(false);
        }
      });
    }
  };

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
