"""Plotly figures of a simulation: service against target and belief, open cases by age, where a miss is likely."""

from __future__ import annotations

import html

import pandas as pd
import plotly.graph_objects as go

from staffing.report.figures import BLUE, GREEN, GREY, ORANGE, RED, drawn, styled
from staffing.report.words import plain
from staffing.simulate.counts import BANDS
from staffing.simulate.result import SURE

AGES = {
    BANDS[0]: ("first half of its time", GREEN),
    BANDS[1]: ("second half", BLUE),
    BANDS[2]: ("overdue", ORANGE),
    BANDS[3]: ("overdue by more than its time", RED),
}
DAY = "%a<br>%-d"
"""Seven of them fit a phone."""
ROOM = 0.02
"""Shares drawn beyond the least of them."""


def service_figure(queues: pd.DataFrame) -> go.Figure:
    """Draw the service that was lived, P10 to P90, against target and belief (``Simulated.queues``)."""
    known = queues.dropna(subset=["mean"]).iloc[::-1]
    names = [html.escape(plain(queue)) for queue in known["queue"]]
    figure = go.Figure()
    for is_safe, name, colour in ((True, "lived", GREEN), (False, "lived, at risk", RED)):
        rows = known[(known["chance"] >= SURE) == is_safe]
        figure.add_trace(
            go.Scatter(
                x=rows["mean"].round(4),
                y=[html.escape(plain(queue)) for queue in rows["queue"]],
                name=name,
                mode="markers",
                marker={"color": colour, "size": 11},
                error_x={
                    "array": (rows["p90"] - rows["mean"]).clip(lower=0).round(4),
                    "arrayminus": (rows["mean"] - rows["p10"]).clip(lower=0).round(4),
                    "color": colour,
                    "thickness": 5,
                    "width": 0,
                },
                hovertemplate="lived %{x:.1%}<extra></extra>",
            )
        )
    for column, name, symbol, colour in (
        ("believed", "believed", "diamond-open", GREY),
        ("target", "target", "line-ns-open", ORANGE),
    ):
        figure.add_trace(
            go.Scatter(
                x=known[column].round(4),
                y=names,
                name=name,
                mode="markers",
                marker={"color": colour, "symbol": symbol, "size": 14, "line": {"width": 2.5}},
                hovertemplate=f"{name} %{{x:.1%}}<extra></extra>",
            )
        )
    least = known[["p10", "mean", "target", "believed"]].min().min() if len(known) else 0.9
    figure = styled(figure, "", height=110 + 38 * len(known))
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(categoryorder="array", categoryarray=names, showgrid=False)
    return figure.update_xaxes(
        tickformat=".1~%",
        nticks=6,
        range=[max(0.0, float(least) - ROOM), 1 + ROOM / 2],
        rangemode="normal",
    )


def ages_figure(backlog: pd.DataFrame) -> go.Figure:
    """Draw the open cases of one queue by age over the week, means (rows of ``Simulated.backlog``)."""
    figure = go.Figure()
    for band, (name, colour) in AGES.items():
        rows = backlog[backlog["band"] == band]
        figure.add_trace(
            go.Scatter(
                x=drawn(rows["interval_start"]),
                y=rows["mean"].round(2),
                name=name,
                stackgroup="age",
                line={"width": 0.5, "color": colour, "shape": "hv"},
                hovertemplate="%{y:.1f} cases",
            )
        )
    return styled(figure, "open cases").update_xaxes(nticks=8, tickangle=0, tickformat=DAY)


def risk_figure(misses: pd.DataFrame) -> go.Figure:
    """Draw the chance that a case is missed by queue and interval (``Simulated.misses``)."""
    names = list(dict.fromkeys(misses["queue"]))
    chance = misses.pivot_table(index="queue", columns="interval_start", values="chance")
    chance = chance.loc[names]
    figure = go.Figure(
        go.Heatmap(
            z=chance.to_numpy().round(3),
            x=drawn(chance.columns),
            y=[html.escape(plain(name)) for name in names],
            zmin=0,
            zmax=1,
            colorscale=[(0.0, "rgba(138,143,152,0.10)"), (0.25, ORANGE), (1.0, RED)],
            ygap=2,
            colorbar={
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.02,
                "yanchor": "bottom",
                "len": 0.5,
                "thickness": 8,
                "tickformat": ".0%",
                "outlinewidth": 0,
            },
            hovertemplate="%{y}, %{x|%a %-d %b %H:%M}: %{z:.0%}<extra></extra>",
        )
    )
    figure = styled(figure, "", height=100 + 34 * len(names))
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure.update_xaxes(showgrid=False, nticks=8, tickangle=0, tickformat=DAY)
