"""A command whose arguments keep what is said of them."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand
from typer.utils import get_params_from_function


class Command(TyperCommand):
    """Gives arguments their help back: typer sets it before click 8.5 does, which knows of none and empties it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = get_params_from_function(self.callback) if self.callback else {}
        for parameter in self.params:
            if isinstance(parameter, TyperArgument) and parameter.help is None and parameter.name in declared:
                parameter.help = getattr(declared[parameter.name].default, "help", None)

    def format_arguments(self, ctx: Any, formatter: Any) -> None:
        """Write nothing: click 8.5 would list the arguments here, typer lists them before the options."""
