/* Sets the colours before anything is drawn: dark unless this person chose light or "as the system". */
(function () {
  const KEY = "theme";
  function chosen() {
    try { return localStorage.getItem(KEY) || "dark"; } catch (error) { return "dark"; }
  }
  function apply() {
    let theme = chosen();
    if (theme === "system") theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
  }
  window.theme = {
    get choice() { return chosen(); },
    choose: function (choice) { localStorage.setItem(KEY, choice); apply(); },
  };
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", apply);
  apply();
})();
