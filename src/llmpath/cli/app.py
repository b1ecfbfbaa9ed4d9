"""The command line as a whole: lazy commands, help by panel, and the one place errors are told."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from llmpath import __version__, kept
from llmpath.cli import shells
from llmpath.cli.registry import COMMANDS
from llmpath.errors import LlmpathError, UsageError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
INTERRUPTED = 130
UNCHANGED = "Nothing was changed."
STORED = "What was done before that is stored."
LONGEST_SAID = 400  # characters of a failure's sentence
CLOSED_PIPE = 0  # the reader has seen enough: `| head` is no failure


class Interrupted(Exception):
    """Ctrl-C, as its cause: of a KeyboardInterrupt Typer keeps only the exit code."""


class LazyGroup(TyperGroup):
    """The root group: builds a command only when it is called or helped with."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command, and let what an interruption was told on its way be told."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted from error

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of all commands, in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return the command called *cmd_name*, or None."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = build(cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Return the command that *args* begin with; raise UsageError when there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from llmpath.cli.guessing import meant  # 1 ms, and most people know the name

            args = [meant(args[0]), *args[1:]]
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write help that fits on a screen: the commands of a usual day, and where the rest is."""
        from llmpath.cli import overview

        overview.write(formatter)

    def complete_help(self, ctx: typer.Context) -> str:
        """Return the help that lists all commands."""
        formatter = ctx.make_formatter()
        super().format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write all commands by panel, without building them."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            if command.hidden:
                continue
            panels.setdefault(command.panel, []).append((name, command.line))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        """Return what the shell may offer for *incomplete*: commands, without building them."""
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            names = ("--json", "--user", "--plain", "--version", "--help")
            return [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return [
            CompletionItem(name, help=command.line)
            for name, command in COMMANDS.items()
            if name.startswith(incomplete) and not command.hidden
        ]


def build(name: str) -> Any:
    """Return the command called *name*, with `--user` added to it and its subcommands."""
    module, _, attribute = COMMANDS[name].target.partition(":")
    target = getattr(import_module(f"llmpath.cli.commands.{module}"), attribute)
    if not isinstance(target, typer.Typer):
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(name, cls=_command_class(name), context_settings=CONTEXT)(target)
        target = single
    command = get_command(target)
    command.name = name
    if COMMANDS[name].writes and hasattr(command, "commands"):
        from llmpath.cli.writing import dry_run_option

        command.params.append(dry_run_option())
    for one in [command, *getattr(command, "commands", {}).values()]:
        one.context_settings = {**CONTEXT, **one.context_settings}
        one.params += [_user_option(), _plain_option()]
    return command


def _command_class(name: str) -> Any:
    """Return the class of the command, for one that takes a query or changes something."""
    if COMMANDS[name].writes:
        from llmpath.cli import writing

        return writing.TextCommand if COMMANDS[name].takes_text else writing.WritingCommand
    if not COMMANDS[name].takes_query:
        return None
    from llmpath.cli.queries import QueryCommand

    return QueryCommand


def _user_option() -> TyperOption:
    def keep(ctx: typer.Context, param: Any, value: str | None) -> None:
        if value:
            ctx.find_root().ensure_object(dict)["user"] = value

    offers = shells.completed("learners")
    return TyperOption(
        param_decls=["--user"],
        metavar="NAME",
        expose_value=False,
        callback=keep,
        autocompletion=lambda ctx, args, incomplete: offers(incomplete),
        help="The learner this command is for.",
    )


def _plain_option() -> TyperOption:
    def keep(ctx: typer.Context, param: Any, value: bool) -> None:
        if value:
            ctx.find_root().ensure_object(dict)["plain"] = True

    return TyperOption(
        param_decls=["--plain"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=keep,
        help="Words instead of signs, for a screen reader.",
    )


app = typer.Typer(
    name="llmpath",
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings=CONTEXT,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"llmpath {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Your day at a glance as JSON.")] = False,
    user: Annotated[
        str | None,
        typer.Option(
            "--user",
            metavar="NAME",
            autocompletion=shells.completed("learners"),
            help="The learner this command is for.",
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Words instead of signs, for a screen reader.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """What to study next, where it is, and how far you have come.

    Without a command: your day at a glance.

    \b
    Examples:
      llmpath next                   what to study next, with reasons
      llmpath done 1                 mark the first in that list as done
      llmpath search quantization    find something
      llmpath goal rag               make `next` lead to a topic
    """
    if user:
        ctx.ensure_object(dict)["user"] = user
    if plain:
        ctx.ensure_object(dict)["plain"] = True
    if ctx.invoked_subcommand is None:
        from llmpath.cli.commands.dashboard import dashboard

        dashboard(ctx, json)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; failures are told on stderr, in a line."""
    kept.begin()
    try:
        if shells.COMPLETE in os.environ:
            shells.prepare()
        result = get_command(app).main(
            args=list(arguments), prog_name="llmpath", standalone_mode=False
        )
        sys.stdout.flush()
    except SystemExit as exit_:  # how Typer ends a completion, and a pipe that was closed early
        if isinstance(exit_.__context__, BrokenPipeError):
            return _let_go()
        return exit_.code if isinstance(exit_.code, int) else 0
    except KeyboardInterrupt as error:
        return _tell_interrupted(error)
    except Interrupted as error:
        return _tell_interrupted(error.__cause__ or error)
    except BrokenPipeError:
        return _let_go()
    except LlmpathError as error:
        return _tell(error)
    except Exception as error:
        return _tell_other(error)
    return result if isinstance(result, int) else 0


def _tell(error: LlmpathError, cause: BaseException | None = None) -> int:
    """Tell of *error*, in whose words its *cause* is told, and of what was stored before it.

    What was learned of either on its way up, such as where a text is kept, is told below it.
    """
    hint = error.hint
    if kept.something():
        hint = hint.removeprefix(UNCHANGED).strip()
    more = [*error.details, hint, *getattr(error, "__notes__", ())]
    more += getattr(cause, "__notes__", ())
    if kept.something():
        more.append(STORED)
    return _say(f"llmpath: {error.message}", more, error.exit_code)


def _tell_interrupted(error: BaseException) -> int:
    """Tell where a text is kept that was being written, or that something is stored, if so."""
    more = list(getattr(error, "__notes__", ()))
    if kept.something():
        more.append(STORED)
    return _say("llmpath: Interrupted.", more, INTERRUPTED) if more else INTERRUPTED


def _say(first: str, more: Sequence[str], code: int) -> int:
    """Tell *first* on stderr, and *more* below it, in lines of the terminal's; return *code*.

    A shell that asks what could follow is told nothing.
    """
    if shells.COMPLETE in os.environ:
        return code
    from llmpath.render.terminal import remark

    if len(first) > LONGEST_SAID:  # it says back what was typed, or names a file
        first = f"{first[: LONGEST_SAID // 2]} ... {first[-LONGEST_SAID // 2 :]}"
    rows = [(first, ""), *((text, "  ") for text in more if text)]
    with suppress(OSError, ValueError):  # nobody listens
        for text, start in rows:
            remark(text, start)
        sys.stderr.flush()
    return code


def _tell_other(error: Exception) -> int:
    """Tell of what is no failure of ours: Typer's usage errors, SQLite's and the system's."""
    import sqlite3

    from typer.exceptions import Abort, TyperException

    if isinstance(error, TyperException):
        return _tell_usage(error)
    if isinstance(error, Abort):
        return _tell_interrupted(error.__cause__ or error)
    if isinstance(error, sqlite3.Error):
        from llmpath import settings
        from llmpath.store.database.failures import explain

        database = settings.load(settings.environment()).database
        return _tell(explain(error, database), error)
    if isinstance(error, UnicodeEncodeError):
        return _tell(UsageError("An argument is not valid UTF-8.", UNCHANGED), error)
    if isinstance(error, OSError):
        if kept.something() and not error.filename:  # stdout has no name
            return _tell_unheard(error)
        where = f"{error.filename}: " if error.filename else ""
        return _tell(LlmpathError(f"{where}{error.strerror or error}."), error)
    return _tell_bug(error)


def _tell_unheard(error: OSError) -> int:
    """Tell that what was done is done, though saying so failed."""
    reason = error.strerror or str(error)
    first = f"llmpath: It was stored, but the output could not be written: {reason}."
    return _say(first, ["There is no need to repeat the command."], 1)


def _tell_usage(error: Any) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "llmpath"
    message = " ".join(error.format_message().split())
    for kind, words in {"int": "whole number", "float": "number"}.items():
        message = message.replace(f"is not a valid {kind} range", f"is not a {words}")
        message = message.replace(f"is not a valid {kind}", f"is not a {words}")
    code = int(getattr(error, "exit_code", 2))
    return _say(f"llmpath: {message}", [f"See: {path} --help"], code)


def _tell_bug(error: Exception) -> int:
    if os.environ.get("LLMPATH_DEBUG"):
        raise error
    trouble = _suspicion()
    if trouble:
        return _tell(trouble, error)
    name = type(error).__name__
    hint = "To see the details to report, set LLMPATH_DEBUG=1."
    state = STORED if kept.something() else "Your data is unchanged."
    more = [f"{state} {hint}", *getattr(error, "__notes__", ())]
    return _say(f"llmpath: unexpected error: {name}: {error}", more, 1)


def _suspicion() -> LlmpathError | None:
    """Return what is wrong with the database, if that is what a command stumbled over."""
    from datetime import UTC, datetime

    from llmpath import settings
    from llmpath.catalog import locate

    try:
        from llmpath.store.health import health

        given = settings.load(settings.environment())
        if given.database.exists():
            files = locate.files(given.value("catalog"))
            return health.suspicion(given.database, files, datetime.now(UTC))
    except Exception:
        return None  # there was a first error to be told
    return None


def _let_go() -> int:
    """Keep the interpreter from complaining about a pipe that its reader has closed."""
    from llmpath.files import discard

    discard(sys.stdout)
    return CLOSED_PIPE
