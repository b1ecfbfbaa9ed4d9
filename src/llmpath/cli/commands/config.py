"""Settings: `config`."""

from typing import Annotated

import typer

from llmpath.actions import configuration
from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.writing import WritingCommand

app = options.group(
    """Show and change settings.

    The command line comes first, then the environment, then the config file, then the default.

    \b
    Examples:
      llmpath config
      llmpath config set next.count 3
      llmpath config set weight.essential -4
      llmpath config unset next.count
    """
)
Which = Annotated[
    str, typer.Argument(metavar="NAME", autocompletion=options.completed("setting_names"))
]
Value = Annotated[str, typer.Argument(metavar="VALUE", autocompletion=options.setting_value)]


@app.callback()
def config(ctx: typer.Context, json: options.Json = False) -> None:
    """List the settings, unless a subcommand was named."""
    if ctx.invoked_subcommand is None:
        list_(ctx, json)


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """Show every setting with its value and meaning.

    \b
    Examples:
      llmpath config list
    """
    from llmpath.render.pages import config as page

    s = session(ctx)
    rows = configuration.settings(s)
    s.present(page, rows, json)


@app.command("get")
def get(ctx: typer.Context, name: Which) -> None:
    """Print the value of a setting.

    \b
    Examples:
      llmpath config get next.count
    """
    from llmpath.render.pages import config as page

    s = session(ctx)
    value = configuration.get(s, name)
    s.write(f"{page.value_text(value) if value != '' else ''}\n")


# A value may be a negative number: what is no option here is the value.
@app.command("set", cls=WritingCommand, context_settings={"ignore_unknown_options": True})
def set_(
    ctx: typer.Context,
    name: Which,
    value: Value,
    json: options.Json = False,
) -> None:
    """Change a setting in the config file; its comments are kept.

    \b
    Examples:
      llmpath config set color never
    """
    s = session(ctx)
    _tell(s, configuration.change(s, name, value), json)


@app.command("unset", cls=WritingCommand)
def unset(ctx: typer.Context, name: Which, json: options.Json = False) -> None:
    """Reset a setting to its default.

    \b
    Examples:
      llmpath config unset color
    """
    s = session(ctx)
    _tell(s, configuration.unset(s, name), json)


@app.command("path")
def path(ctx: typer.Context) -> None:
    """Print where the config file and the database are.

    \b
    Examples:
      llmpath config path
    """
    s = session(ctx)
    for file in configuration.files(s):
        s.write(f"{file}\n")


def _tell(s: Session, done: configuration.Set, json: bool) -> None:
    from llmpath.render.pages import config as page
    from llmpath.render.pages import outcome

    if json:
        s.data(outcome.data(done.outcome))
        return
    s.show(page.changed(done))
