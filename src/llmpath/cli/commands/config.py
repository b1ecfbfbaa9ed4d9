"""Settings: `config`."""

from typing import Annotated, Any

import typer

from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.errors import DatabaseTrouble, UsageError
from llmpath.settings import SETTINGS, parse, variable

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="""Settings: see, change and explain them.

    What is given on the command line counts first, then the environment, then the config file,
    then the default.

    \b
    Examples:
      llmpath config
      llmpath config set next.count 3
      llmpath config set weight.essential 10
      llmpath config unset next.count
    """,
)


def _names(incomplete: str) -> list[tuple[str, str]]:
    return [(name, one.meaning) for name, one in SETTINGS.items() if name.startswith(incomplete)]


Which = Annotated[str, typer.Argument(metavar="NAME", autocompletion=_names)]


@app.callback()
def config(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """Show every setting, its value and meaning.

    \b
    Examples:
      llmpath config list
    """
    from llmpath.render.layout import line, paragraph

    s = session(ctx)
    if json:
        s.data({"settings": {name: s.settings.value(name) for name in SETTINGS}})
        return
    rows = []
    for name, setting in SETTINGS.items():
        value = s.settings.value(name)
        default = "" if value == setting.default else f"  (default {_text(setting.default)})"
        rows.append(line((name, "id"), " = ", (_text(value), "title"), (default, "dim")))
        rows += paragraph(f"{setting.meaning}; {variable(name)}", s.width, 4, "dim")
    s.show(rows)


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value) or '""'


@app.command("get")
def get(ctx: typer.Context, name: Which) -> None:
    """Print the value of a setting.

    \b
    Examples:
      llmpath config get next.count
    """
    s = session(ctx)
    if name not in SETTINGS:
        parse(name, "")
    typer.echo(_text(s.settings.value(name)) if s.settings.value(name) != "" else "")


@app.command("set")
def set_(
    ctx: typer.Context, name: Which, value: Annotated[str, typer.Argument(metavar="VALUE")]
) -> None:
    """Change a setting in the config file; comments in it stay.

    \b
    Examples:
      llmpath config set color never
    """
    s = session(ctx)
    parsed = parse(name, value)
    document = _document(s)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        table = table.setdefault(parent, {})
    table[last] = parsed
    _write(s, document)
    typer.echo(f"{name} = {_text(parsed)}")


@app.command("unset")
def unset(ctx: typer.Context, name: Which) -> None:
    """Give a setting its default again.

    \b
    Examples:
      llmpath config unset color
    """
    s = session(ctx)
    if name not in SETTINGS:
        parse(name, "")
    document = _document(s)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        table = table.get(parent, {})
    if last not in table:
        raise UsageError(f"{name} is not set in {s.settings.config / 'config.toml'}.")
    del table[last]
    _write(s, document)
    typer.echo(f"{name} = {_text(SETTINGS[name].default)}")


@app.command("path")
def path(ctx: typer.Context) -> None:
    """Print where the config file and the database are.

    \b
    Examples:
      llmpath config path
    """
    s = session(ctx)
    typer.echo(s.settings.config / "config.toml")
    typer.echo(s.settings.database)


def _document(s: Session) -> Any:
    import tomlkit

    file = s.settings.config / "config.toml"
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.is_file() else tomlkit.document()


def _write(s: Session, document: Any) -> None:
    import tomlkit

    from llmpath.store.database.writeout import write_whole

    file = s.settings.config / "config.toml"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, tomlkit.dumps(document), 0o666)
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {file}: {error.strerror}.") from None
