"""Plotly figures of a build, for the report and the notebook; only the modules `figures*` know plotly.

Colours are those of Okabe and Ito, told apart by colour-blind readers and legible on light and dark ground. Times are
UTC. Plotly's upload to a cloud host is switched off: a schedule holds people's data.
"""

from __future__ import annotations

import html
import json
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs
from plotly.subplots import make_subplots

from staffing.domain.build import Build
from staffing.domain.work import Queue
from staffing.report.coverage import presence, queue_flow, roster_of, workload_heads
from staffing.report.words import plain

BLUE, ORANGE, GREEN, RED, GREY = "#3b8bc9", "#e69f00", "#1b9e77", "#d55e00", "#8a8f98"
SITE_COLOURS = ("#56b4e9", "#1b9e77", "#cc79a7", "#8c7ae6", "#b8b042", "#7f8c8d")
HISTORY_DAYS = 14

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtons": [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
}


def plotly_js() -> str:
    """Return the script that draws the figures, to be inlined once."""
    return str(get_plotlyjs())


def config_json() -> str:
    """Return the configuration of every figure as JSON."""
    return json.dumps(CONFIG)


def styled(figure: go.Figure, y_title: str, height: int = 340) -> go.Figure:
    """Give a figure the house style: no ground of its own, legend above, one hover for all lines."""
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 56, "r": 12, "t": 36, "b": 36},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, sans-serif", "size": 12, "color": GREY},
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        bargap=0,
    )
    grid = {"gridcolor": "rgba(138,143,152,0.25)", "zeroline": False}
    figure.update_xaxes(**grid, tickformat="%a %-d %b", automargin=True)
    figure.update_yaxes(**grid, rangemode="tozero", automargin=True)
    figure.update_xaxes(title_font_size=12)
    figure.update_yaxes(title_font_size=12)
    figure.update_layout(yaxis_title_text=y_title)
    return figure


def drawn(stamps: pd.Series | pd.Index) -> np.ndarray[Any, Any]:
    """Return aware UTC stamps as plotly draws them: naive, to be read as UTC."""
    return np.asarray(pd.DatetimeIndex(stamps).tz_convert("UTC").tz_localize(None))


def _total(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Sum a long table over region and workstream; an hour in which any series is unknown is unknown."""
    return table.groupby("interval_start")[columns].sum(min_count=1)


def _band(table: pd.DataFrame, lower: str, upper: str) -> tuple[pd.Series, pd.Series]:
    """Return the interval of a sum of series that err independently: deviations add up in squares."""
    mean = table.groupby("interval_start")["mean"].sum()
    down, up = (
        (table[name] - table["mean"]).pow(2).groupby(table["interval_start"]).sum().pow(0.5)
        for name in (lower, upper)
    )
    return (mean - down).clip(lower=0), mean + up


def forecast_figure(build: Build, workstream: str | None = None) -> go.Figure:
    """Draw the last days of history and the forecast of the week with its 50 % and 90 % intervals.

    Parameters
    ----------
    workstream
        One workstream over all regions; None is all work.
    """
    history, forecast = build.history, build.forecast
    if workstream is not None:
        history = history[history["workstream"] == workstream]
        forecast = forecast[forecast["workstream"] == workstream]
    since = pd.Timestamp(build.problem.horizon.start) - pd.Timedelta(days=HISTORY_DAYS)
    past = _total(history[history["interval_start"] >= since], ["volume"])
    mean = _total(forecast, ["mean"])
    figure = go.Figure()
    for lower, upper, share, opacity in (("q05", "q95", "90 %", 0.18), ("q25", "q75", "50 %", 0.3)):
        low, high = _band(forecast, lower, upper)
        x = drawn(low.index)
        figure.add_trace(
            go.Scatter(x=x, y=high.round(2), line_width=0, showlegend=False, hoverinfo="skip")
        )
        figure.add_trace(
            go.Scatter(
                x=x,
                y=low.round(2),
                line_width=0,
                fill="tonexty",
                fillcolor=f"rgba(59,139,201,{opacity})",
                name=f"{share} interval",
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=drawn(past.index),
            y=past["volume"],
            name="history",
            line={"color": GREY, "width": 1.2},
            hovertemplate="%{y:.0f} cases",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=drawn(mean.index),
            y=mean["mean"].round(2),
            name="forecast",
            line={"color": BLUE, "width": 2},
            hovertemplate="%{y:.1f} cases",
        )
    )
    return styled(figure, "cases per interval")


def presence_figure(build: Build) -> go.Figure:
    """Draw people on duty by site, stacked, against the people that the arriving work would keep busy."""
    heads = presence(build.problem, roster_of(build))
    x = drawn(heads.index)
    figure = go.Figure()
    for position, site in enumerate(build.problem.sites):
        colour = SITE_COLOURS[position % len(SITE_COLOURS)]
        figure.add_trace(
            go.Bar(
                x=x,
                y=heads[site.site].round(2),
                offset=0,
                name=html.escape(plain(site.site)),
                marker={"color": colour, "line": {"width": 0}},
                hovertemplate="%{y:.1f}",
            )
        )
    work = workload_heads(build.problem)
    figure.add_trace(
        go.Scatter(
            x=drawn(work.index),
            y=work.round(2),
            name="arriving work",
            line={"color": RED, "width": 2.2, "shape": "hv"},
            hovertemplate="%{y:.1f}",
        )
    )
    figure.update_layout(barmode="stack")
    return styled(figure, "people on duty", height=360)


def coverage_figure(build: Build, queue: Queue) -> go.Figure:
    """Draw requirement against coverage of one queue: agents for immediate work, backlog for deferrable work."""
    flow = queue_flow(build, queue)
    return _immediate_figure(flow) if queue.is_immediate else _deferrable_figure(flow)


def _immediate_figure(flow: pd.DataFrame) -> go.Figure:
    """Agents required and available, with the intervals that are short."""
    x = drawn(flow["interval_start"])
    short = np.maximum(0, flow["required_agents"] - flow["available_agents"]).round(2)
    figure = go.Figure()
    bars = {"x": x, "offset": 0, "hovertemplate": "%{y:.1f}"}
    figure.add_trace(
        go.Bar(y=flow["available_agents"].round(2), name="available", marker_color=BLUE, **bars)
    )
    if (short > 0).any():
        hatched = {"color": RED, "pattern": {"shape": "/", "size": 5}}
        figure.add_trace(go.Bar(y=short, name="short", marker=hatched, **bars))
    figure.add_trace(
        go.Scatter(
            x=x,
            y=flow["required_agents"],
            name="required",
            line={"color": ORANGE, "width": 2, "shape": "hv"},
            hovertemplate="%{y:.0f}",
        )
    )
    figure.update_layout(barmode="stack")
    return styled(figure, "agents")


def _deferrable_figure(flow: pd.DataFrame) -> go.Figure:
    """Above: work arriving and served. Below: open work, what is not yet due, and what is overdue."""
    x = drawn(flow["interval_start"])
    in_hours = {
        name: (flow[name] / 60).round(2) for name in flow.columns if name.endswith("_minutes")
    }
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.06)
    hours = {"x": x, "hovertemplate": "%{y:.1f} h"}
    stepped = {"width": 1.8, "shape": "hv"}
    figure.add_trace(
        go.Bar(y=in_hours["served_minutes"], offset=0, name="served", marker_color=BLUE, **hours),
        row=1,
        col=1,
    )
    figure.add_trace(
        go.Scatter(
            y=in_hours["arrivals_minutes"],
            name="arriving",
            line={"color": ORANGE, **stepped},
            **hours,
        ),
        row=1,
        col=1,
    )
    figure.add_trace(
        go.Scatter(
            y=in_hours["backlog_minutes"],
            name="open",
            line={"color": GREEN, **stepped},
            fill="tozeroy",
            fillcolor="rgba(27,158,119,0.2)",
            **hours,
        ),
        row=2,
        col=1,
    )
    figure.add_trace(
        go.Scatter(
            y=in_hours["limit_minutes"],
            name="not yet due",
            line={"color": GREY, "dash": "dot", **stepped},
            **hours,
        ),
        row=2,
        col=1,
    )
    if in_hours["short_minutes"].any():
        hatched = {"color": RED, "pattern": {"shape": "/", "size": 5}}
        figure.add_trace(
            go.Bar(y=in_hours["short_minutes"], offset=0, name="overdue", marker=hatched, **hours),
            row=2,
            col=1,
        )
    figure = styled(figure, "hours of work", height=460)
    return figure.update_yaxes(title_text="hours open", row=2, col=1)


def improvement_figure(build: Build) -> go.Figure:
    """Draw objective and proven bound over the seconds of the solve."""
    curve = build.solution.curve
    figure = go.Figure()
    for name, colour, dash in (("objective", BLUE, "solid"), ("bound", ORANGE, "dash")):
        points = [
            (p.seconds, getattr(p, name), p.phase) for p in curve if getattr(p, name) is not None
        ]
        figure.add_trace(
            go.Scatter(
                x=[seconds for seconds, _, _ in points],
                y=[value for _, value, _ in points],
                text=[phase for _, _, phase in points],
                name=name,
                line={"color": colour, "dash": dash, "width": 2, "shape": "hv"},
                mode="lines+markers",
                hovertemplate="%{y:,.0f} (%{text})",
            )
        )
    figure = styled(figure, "objective", height=300)
    figure.update_xaxes(tickformat=None, title_text="seconds")
    values = [value for p in curve for value in (p.objective, p.bound) if value is not None]
    spread = min(values, default=0) > 0
    return figure.update_yaxes(type="log" if spread else "linear", rangemode="normal")
