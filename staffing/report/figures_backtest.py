"""Plotly figures of a backtest: the last forecast beside what came, errors by day ahead and hour of week, bands."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from staffing.report.figures import BLUE, GREEN, GREY, ORANGE, RED, drawn, styled

COLOURS = {"forecast": BLUE, "mean4": ORANGE, "naive": GREEN}
NAMES = {"forecast": "forecast", "mean4": "mean of 4 weeks", "naive": "week before"}
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
SHADES = (("q025", "q975", "95 %", 0.14), ("q100", "q900", "80 %", 0.26))


def fan_figure(table: pd.DataFrame) -> go.Figure:
    """Draw a forecast with its 80 % and 95 % bands beside what came (`backtest_tables.last_forecast`)."""
    x = drawn(table.index)
    figure = go.Figure()
    for low, high, share, opacity in SHADES:
        edge = {"x": x, "line_width": 0, "hoverinfo": "skip"}
        figure.add_trace(go.Scatter(y=table[high].round(2), showlegend=False, **edge))
        figure.add_trace(
            go.Scatter(
                y=table[low].round(2),
                fill="tonexty",
                fillcolor=f"rgba(59,139,201,{opacity})",
                name=f"{share} band",
                **edge,
            )
        )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=table["actual"],
            name="what came",
            line={"color": RED, "width": 1.3},
            hovertemplate="%{y:.0f} cases",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=x,
            y=table["mean"].round(2),
            name="forecast",
            line={"color": BLUE, "width": 2},
            hovertemplate="%{y:.1f} cases",
        )
    )
    return styled(figure, "cases per interval").update_xaxes(nticks=5, tickangle=0)


def day_figure(wape: pd.DataFrame) -> go.Figure:
    """Draw the error by days ahead of each rival (`backtest_tables.by_day`)."""
    figure = go.Figure()
    for rival in wape.columns:
        figure.add_trace(
            go.Scatter(
                x=wape.index,
                y=wape[rival].round(4),
                name=NAMES[rival],
                mode="lines+markers",
                line={"color": COLOURS[rival], "width": 2.4 if rival == "forecast" else 1.6},
                hovertemplate="%{y:.1%}",
            )
        )
    figure = styled(figure, "WAPE", height=300)
    figure.update_yaxes(tickformat=".0%")
    return figure.update_xaxes(
        tickformat="d", title_text="day ahead", dtick=1 if len(wape) < 22 else 7
    )


def week_figure(error: np.ndarray) -> go.Figure:
    """Draw the mean error by hour of the week: red is too few cases forecast, blue too many."""
    reach = float(np.nanmax(np.abs(error), initial=1e-9, where=~np.isnan(error)))
    figure = go.Figure(
        go.Heatmap(
            z=error.round(2),
            x=[f"{hour:02d}:00" for hour in range(24)],
            y=WEEKDAYS,
            zmin=-reach,
            zmax=reach,
            colorscale=[(0.0, RED), (0.5, "rgba(138,143,152,0.10)"), (1.0, BLUE)],
            xgap=1,
            ygap=1,
            colorbar={"thickness": 10, "title": {"text": "cases"}, "outlinewidth": 0},
            hovertemplate="%{y} %{x}: %{z:+.2f} cases<extra></extra>",
        )
    )
    figure = styled(figure, "", height=300)
    figure.update_layout(hovermode="closest")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure.update_xaxes(tickformat=None, showgrid=False, dtick=6, tickangle=0)


def calibration_figure(coverage: pd.DataFrame) -> go.Figure:
    """Draw how often each band held against how often it should have (`backtest_tables.calibration`)."""
    figure = go.Figure(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            name="as it should be",
            line={"color": GREY, "dash": "dot", "width": 1.4},
            hoverinfo="skip",
        )
    )
    for rival in coverage.columns:
        figure.add_trace(
            go.Scatter(
                x=coverage.index,
                y=coverage[rival].round(4),
                name=NAMES[rival],
                mode="lines+markers",
                line={"color": COLOURS[rival], "width": 2.4 if rival == "forecast" else 1.6},
                hovertemplate="%{y:.0%}",
            )
        )
    figure = styled(figure, "share of intervals inside", height=300)
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02])
    return figure.update_xaxes(tickformat=".0%", range=[0, 1.02], title_text="band")
