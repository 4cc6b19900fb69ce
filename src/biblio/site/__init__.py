"""The site: everything that a project has to show, as pages that need no server behind them."""
