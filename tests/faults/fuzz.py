"""Command lines made at random: refused or done, and always told in a line.

Their commands and options are read from the program, so new ones are in by themselves. Each runs in
a process of its own, in surroundings as odd as its arguments, some of them one after the other on
the same data.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from llmpath.cli import shells
from llmpath.cli.app import build
from llmpath.cli.registry import COMMANDS
from tests.conftest import FIXED, SMALL
from tests.faults import odd
from tests.faults.forking import Call, Done, Forks, environment, hand_over
from tests.faults.hostile import OBEYED
from tests.faults.place import Place, Tally, Tallying

BATCH = 25  # calls on the same data
CODES = (0, 2, 3, 4, 5, 130)
BUG = re.compile(
    r"Traceback|should not have|unexpected error|something went wrong|MemoryError|Exception ignored"
)
# What the system says, in a line of ours; anything else that ends with 1 is a fault of ours.
SYSTEM = re.compile(r"^llmpath: [^\n]+\n(  [^\n]+\n)*\Z", re.MULTILINE)


def leaves() -> dict[tuple[str, ...], list[Any]]:
    """Return the parameters of all commands and subcommands, by their words."""
    found: dict[tuple[str, ...], list[Any]] = {(): []}
    for name in COMMANDS:
        command = build(name)
        found[(name,)] = command.params
        for sub, of in getattr(command, "commands", {}).items():
            found[name, sub] = of.params
    return found


class Case(NamedTuple):
    """A call, told apart by its number, with what is odd about its surroundings."""

    number: int
    words: list[str]
    around: dict[str, str | None]
    stdin: str
    stdout: str

    def told(self) -> str:
        """Return the call as a shell would take it."""
        env = [
            f"-u {name}" if value is None else f"{name}={_quoted(value)}"
            for name, value in self.around.items()
        ]
        start = f"env {' '.join(env)} " if env else ""
        end = "" if self.stdin == "/dev/null" else f" < {self.stdin}"
        end += f" > {self.stdout}" if self.stdout else ""
        return f"{start}llmpath {' '.join(map(_quoted, self.words))}{end}"


def _quoted(text: str) -> str:
    """Return *text* for a shell, with all that cannot be seen written out; a long one is cut."""
    if len(text) > 60:
        return f"{_quoted(text[:20])}...({len(text)})"
    if text.isprintable() and text.isascii():
        return shlex.quote(text)
    written = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b"'\\" else f"\\x{byte:02x}"
        for byte in os.fsencode(text)
    )
    return f"$'{written}'"


def made(number: int, commands: dict[tuple[str, ...], list[Any]]) -> Case:
    """Return the case with this *number*: always the same one."""
    chance = random.Random(number)
    path = chance.choice(sorted(commands))
    words: list[str] = []
    if chance.random() < 0.05:
        words += chance.choice((["--user", chance.choice(odd.ODD)], ["--json"], ["-V"], ["--help"]))
    words += path
    options: list[list[str]] = []
    arguments: list[str] = []
    for param in commands[path]:
        if param.param_type_name == "argument":
            most = 1 if param.nargs == 1 else 3
            for _ in range(chance.choice((0, *range(1, most + 1), 1))):
                arguments.append(_value(param, chance))
        elif chance.random() < 0.25 and "--help" not in param.opts:
            name = chance.choice([*param.opts, *param.secondary_opts])
            if param.is_flag:
                options.append([name])
            elif name.startswith("--") and chance.random() < 0.3:
                options.append([f"{name}={_value(param, chance)}"])
            else:
                options.append([name, _value(param, chance)])
    if chance.random() < 0.1:
        arguments.append(chance.choice(odd.ODD))
    if chance.random() < 0.05:
        arguments.insert(0, "--")
    chance.shuffle(options)
    cut = chance.randint(0, len(options))
    words += [word for option in options[:cut] for word in option]
    words += arguments
    words += [word for option in options[cut:] for word in option]
    if words and chance.random() < 0.05:
        place = chance.randrange(len(words))
        words[place] = chance.choice(
            (words[place][:-1], words[place] + "x", chance.choice(odd.ODD))
        )
    around = _surroundings(chance) if chance.random() < 0.4 else {}
    stdin = chance.choice(odd.STDINS) if chance.random() < 0.5 else "/dev/null"
    stdout = chance.choice(odd.STDOUTS) if chance.random() < 0.06 else ""
    return Case(number, words, around, stdin, stdout)


def _surroundings(chance: random.Random) -> dict[str, str | None]:
    name = chance.choice(sorted(odd.VARIABLES))
    found = {name: chance.choice(odd.VARIABLES[name]), **odd.ALONG.get(name, {})}
    if name == shells.LINE:
        found[shells.COMPLETE] = f"complete_{chance.choice(('bash', 'zsh', 'fish'))}"
    return found


# By what stands in for a value in the help of a command.
SORTS = {
    **dict.fromkeys(("FILE", "OLD", "NEW", "PATH"), odd.PATHS),
    **dict.fromkeys(("DAY", "DAYS"), odd.DAYS),
    **dict.fromkeys(("TIME", "HOURS"), odd.LENGTHS),
    **dict.fromkeys(("N", "NUMBER"), odd.NUMBERS),
    **dict.fromkeys(("TEXT", "VALUE"), (*odd.ODD, *odd.LENGTHS, *odd.PATHS)),
    "SETTING": odd.SETTINGS,
}


def _value(param: Any, chance: random.Random) -> str:
    """Return a value for *param*: mostly of the sort it takes, sometimes of any."""
    if chance.random() < 0.2:
        return chance.choice((*odd.ODD, *odd.DAYS, *odd.LENGTHS, *odd.PATHS))
    choices = getattr(param.type, "choices", None)
    if choices:
        return str(chance.choice(list(choices)))
    sort = re.sub(r"[\[\].]", "", f"{param.metavar or param.name}".upper())
    if sort in SORTS:
        return chance.choice(SORTS[sort])
    return chance.choice((*odd.USUAL, *odd.SETTINGS) if chance.random() < 0.8 else odd.ODD)


class World:
    """A folder that calls run in: their data, files to fall over, and others they must leave."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder, self.template = folder, template
        self.place = Place(folder, folder / "catalog")
        self.work = folder / "work"
        self.outside = folder / "outside"
        self.outside.mkdir()
        (self.outside / "kept").write_text("kept\n", encoding="utf-8")
        for name in ("home", "tmp"):
            (folder / name).mkdir()
        self.environ = {
            **self.place.environ,
            **FIXED,
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "EDITOR": "true",
            "BROWSER": "true",
        }
        self.again()
        hand_over(folder)

    def again(self) -> None:
        """Make the data and the working folder what they were at first."""
        for path in (self.place.data, self.work, self.place.catalog):
            if path.exists():
                for one in (path, *path.rglob("*")):
                    if one.is_dir() and not one.is_symlink():
                        one.chmod(0o755)
            shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.template / "data", self.place.data)
        shutil.copytree(self.template / "catalog", self.place.catalog)
        shutil.copytree(self.template / "work", self.work, symlinks=True)
        os.mkfifo(self.work / "fifo")
        (self.work / "unreadable").chmod(0o000)
        for path in (self.place.data, self.work, self.place.catalog):
            hand_over(path)

    def others(self) -> dict[str, tuple[object, ...]]:
        """Return what lies outside of the data, the catalog, the home and the working folder."""
        own = (self.place.data, self.work, self.place.catalog, self.folder / "home")
        found = {}
        for path in self.folder.rglob("*"):
            if not any(path == one or one in path.parents for one in own):
                of = path.lstat()
                size = 0 if stat.S_ISDIR(of.st_mode) else of.st_size
                found[str(path.relative_to(self.folder))] = (of.st_mode, size, of.st_ino)
        return found


def prepared(folder: Path) -> Path:
    """Return a folder with what each world begins with."""
    place = Place(folder / "place")
    place.must("done", "counting-video", "--note", "kept")
    place.must("next")
    place.must("user", "add", "bob")
    place.must("backup", "-o", str(folder / "good.db"))
    place.must("goal", "writing")
    place.must("plan", "--hours", "3", "--yes")
    exported = place.must("export", "json")
    shutil.copytree(place.data, folder / "data")
    shutil.copytree(SMALL, folder / "catalog")
    place.remove()
    work = folder / "work"
    work.mkdir()
    for name, content in odd.FILES.items():
        (work / name).write_bytes(content)
    (work / "good.json").write_text(exported, encoding="utf-8")
    far = re.sub(r'"2026-03-10T', '"9999-12-31T', exported)
    (work / "far.json").write_text(far, encoding="utf-8")
    (folder / "good.db").rename(work / "good.db")
    (work / "folder").mkdir()
    (work / "folder" / "inside").write_text("x", encoding="utf-8")
    (work / "unreadable").write_text("x", encoding="utf-8")
    (work / "loop").symlink_to("loop")
    (work / "dangling").symlink_to("nowhere")
    (work / "link.db").symlink_to("../data/llmpath.db")
    return folder


class Fault(NamedTuple):
    """What was wrong with a case, by its kind."""

    kind: str
    case: str
    message: str


def _call(world: World, case: Case) -> Call:
    stdin, stdout = case.stdin, case.stdout
    if stdin not in ("closed", "terminal") and not stdin.startswith("/"):
        stdin = str(world.work / stdin)
    return Call(case.words, environment({**world.environ, **case.around}), stdin, stdout)


def judged(case: Case, done: Done) -> list[Fault]:
    """Return what is wrong with what became of *case*."""
    out, err = (text.decode("utf-8", "surrogateescape") for text in (done.out, done.err))
    found = []
    asked = shells.COMPLETE in case.around  # a shell that asks what could follow is told nothing

    def fault(kind: str, message: str) -> None:
        found.append(Fault(kind, f"case {case.number}: {case.told()}", message))

    if done.code == -1:
        fault("hangs", f"after {done.seconds:.0f} s")
    elif bug := BUG.search(err):
        line = next(line for line in err.splitlines() if bug[0] in line)
        fault("bug", err.splitlines()[-1] if bug[0] == "Traceback" else line)
    elif done.code == 1 and not SYSTEM.search(err) and not asked:
        fault("exit 1 without a word", err[:300])
    elif done.code not in (*CODES, 1):
        fault(f"exit {done.code}", err[:300])
    elif done.code in (2, 3, 4) and not err + out and not asked:
        fault("failed without a word", out[:300])
    encoding = case.around.get("PYTHONIOENCODING")
    if not encoding or encoding.startswith("utf-8"):
        said = "" if "SQLite format 3\0" in out else out  # a backup is no text
        for name, text in (("stdout", said), ("stderr", err)):
            if obeyed := OBEYED.search(text):
                shown = ascii(text[max(0, obeyed.start() - 40) : obeyed.end() + 20])
                fault("obeyed by a terminal", f"{name}: {shown}")
            if re.search("[\udc80-\udcff]", text):
                fault("not UTF-8", name)
    if "Traceback of the harness" in err:
        raise AssertionError(f"{case.told()}: {err}")
    return found


class Fuzzed(NamedTuple):
    """What became of some cases."""

    codes: Counter[int]
    faults: list[Fault]
    slowest: tuple[float, str]
    largest: tuple[float, str]


def batch(folder: Path, template: Path, numbers: Sequence[int], limit: float) -> Fuzzed:
    """Run the cases of *numbers*, BATCH of them at a time on the same data."""
    commands = leaves()
    folder.mkdir()
    scratch = folder / "said"
    scratch.mkdir()
    hand_over(scratch)
    world = World(folder / "world", template)
    forks = Forks(world.work, scratch, limit)
    found = Fuzzed(Counter(), [], (0.0, ""), (0.0, ""))
    slowest, largest = found.slowest, found.largest
    others = world.others()
    for begin in range(0, len(numbers), BATCH):
        told: list[str] = []
        for number in numbers[begin : begin + BATCH]:
            case = made(number, commands)
            done = forks.run(_call(world, case))
            told.append(case.told())
            found.codes[done.code] += 1
            found.faults.extend(judged(case, done))
            slowest = max(slowest, (done.seconds, case.told()))
            largest = max(largest, (done.megabytes, case.told()))
            now = world.others()
            if now != others:
                changed = sorted(name for name in now | others if now.get(name) != others.get(name))
                found.faults.append(Fault("writes elsewhere", case.told(), ", ".join(changed)))
                others = now
        found.faults.extend(
            Fault("database", "; ".join(told), complaint) for complaint in _whole(world)
        )
        world.again()
    forks.close()
    return found._replace(slowest=slowest, largest=largest)


def _whole(world: World) -> list[str]:
    """Return what is wrong with the database after a batch; none at all is wrong, too."""
    if not world.place.database.is_file():
        return ["there is none any more"]
    try:
        return world.place.complaints()
    except Exception as error:  # of any sort: it is no database any more
        return [repr(error)]


def fuzzed(folder: Path, count: int, limit: float, first: int = 0) -> Tally:
    """Run *count* cases, from number *first* on, each for *limit* seconds at most."""
    template = prepared(folder / "template")
    workers = min(os.cpu_count() or 1, -(-count // BATCH))
    batches = [
        range(begin, min(begin + BATCH, first + count))
        for begin in range(first, first + count, BATCH)
    ]
    shares = [
        [number for one in batches[worker::workers] for number in one] for worker in range(workers)
    ]
    with ThreadPoolExecutor(workers) as pool:
        found = list(
            pool.map(
                lambda share: batch(folder / f"worker-{share[0]}", template, share[1], limit),
                enumerate(shares),
            )
        )
    tallying = Tallying("argument lists made at random")
    tallying.tried = count
    for one in found:
        tallying.codes += one.codes
        for fault in one.faults:
            tallying.wrong.append(f"{fault.kind}: {fault.message}\n  {fault.case}")
    tallying.wrong.sort()
    slowest, largest = (
        max(of) for of in zip(*((one.slowest, one.largest) for one in found), strict=True)
    )
    tallying.message = (
        f"slowest {slowest[0]:.1f} s ({slowest[1][:80]}), most memory {largest[0]:.0f} MB"
        f" ({largest[1][:80]})"
    )
    return tallying.tally()


def main(number: int) -> None:
    """Run one case alone, and print what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        template = prepared(Path(folder) / "template")
        found = batch(Path(folder) / "alone", template, [number], 30)
    print(made(number, leaves()))
    print(f"{dict(found.codes)}, {found.slowest[0]:.1f} s, {found.largest[0]:.0f} MB")
    for fault in found.faults:
        print(f"{fault.kind}: {fault.message}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
