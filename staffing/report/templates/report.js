(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const config = JSON.parse(document.getElementById("figure-config").textContent);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function theme(layout, ink) {
    const look = {
      "font.color": ink || colour("--text"),
      "hoverlabel.bgcolor": colour("--surface"),
      "hoverlabel.bordercolor": colour("--line"),
      "hoverlabel.font.color": colour("--text"),
      "modebar.bgcolor": "rgba(0,0,0,0)",
      "modebar.color": colour("--muted"),
      "modebar.activecolor": colour("--accent"),
    };
    for (const axis of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
      look[axis + ".gridcolor"] = colour("--plot-grid");
      look[axis + ".linecolor"] = colour("--line");
    }
    return look;
  }

  function draw(panel) {
    const plot = panel.querySelector(".plot");
    if (!plot || plot.data || panel.hidden || !window.Plotly) return;
    const figure = JSON.parse(panel.querySelector("script").textContent);
    const narrow = window.innerWidth < 640;
    if (narrow) figure.layout.margin = { l: 44, r: 4, t: 64, b: 32 };
    Plotly.newPlot(plot, figure.data, figure.layout, { ...config, displayModeBar: narrow ? false : "hover" }).then(() => {
      Plotly.relayout(plot, theme(figure.layout));
      resized.observe(panel);
    });
  }

  const resized = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const plot = entry.target.querySelector(".plot");
      if (plot.data && entry.contentRect.width > 0) Plotly.Plots.resize(plot);
    }
  });

  function show(group, name) {
    for (const button of all(`button[data-group="${group}"]`)) {
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
    }
    for (const panel of all(`[data-panel="${group}"]`)) {
      panel.hidden = panel.dataset.name !== name;
      draw(panel);
    }
    if (group === "view") for (const label of all("[data-only]")) label.hidden = label.dataset.only !== name;
  }

  const filters = {
    site: (value) => all("[data-site]").forEach((part) => { part.hidden = value !== "" && part.dataset.site !== value; }),
    zone: (value) => all("[data-zone]").forEach((axis) => { axis.hidden = axis.dataset.zone !== value; }),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-group]");
    if (button) show(button.dataset.group, button.dataset.show);
  });
  document.addEventListener("change", (event) => {
    const filter = filters[event.target.dataset.filter];
    if (filter) filter(event.target.value);
  });

  function repaint(ink) {
    for (const plot of all(".plot").filter((drawn) => drawn.data)) Plotly.relayout(plot, theme(plot.layout, ink));
  }
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint());
  window.addEventListener("beforeprint", () => repaint("#000000"));
  window.addEventListener("afterprint", () => repaint());
  all(".figure").forEach(draw);
})();
