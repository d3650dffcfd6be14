"""Volume per region, workstream and interval, with quantiles, chosen by backtest."""
