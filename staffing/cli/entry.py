"""Every command, in the order in which a week needs them; their errors become messages and exit statuses."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from staffing.cli.demo import demo
from staffing.cli.forecasting import forecast, require
from staffing.cli.hindsight import accuracy, backtest
from staffing.cli.inputs import check, init
from staffing.cli.schedules import audit, build, export, report
from staffing.cli.simulation import simulate
from staffing.console import basics as console
from staffing.domain.errors import AuditError, InputError, StaffingError
from staffing.options import Exit

COMMANDS: tuple[Callable[..., None], ...] = (
    init,
    check,
    forecast,
    backtest,
    accuracy,
    require,
    build,
    audit,
    simulate,
    report,
    export,
    demo,
)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose errors become messages and exit statuses."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except InputError as error:
            console.show_faults(error)
            raise typer.Exit(Exit.BAD_INPUT) from None
        except StaffingError as error:
            console.err.print(str(error), markup=False)
            failed = isinstance(error, AuditError)
            raise typer.Exit(Exit.AUDIT_FAILED if failed else Exit.BAD_INPUT) from None
        except KeyboardInterrupt:
            console.err.print("Interrupted; nothing was written.")
            raise typer.Exit(Exit.INTERRUPTED) from None

    return run


def tool() -> typer.Typer:
    """Return the command line tool with all its commands."""
    made = typer.Typer(
        help="From a history of cases to an audited weekly schedule that follows the sun.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in COMMANDS:
        made.command()(guarded(command))
    return made


app = tool()


def main() -> None:
    """Run the command line."""
    app()
