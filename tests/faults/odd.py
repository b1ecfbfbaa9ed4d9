"""What the calls made at random are made of: usual words, odd ones, and odd surroundings."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


# fmt: off
USUAL = (
    *_words("counting adding reading writing word-problems counting-video counting-book"),
    *_words("adding-article adding-paper reading-course numbers letters sums nap guide-a"),
    *_words("Counting counting-last 1 2 3 a b ada bob none kind:video level:beginner"),
)
SETTINGS = (
    *_words("next.count aim prefer.kinds languages plan.hours color catalog backup.daily"),
    *_words("weight.core weight.doing nosuch next next.count.x"),
)
ODD = (
    "", " ", "\t\n", "x" * 300, "y" * 70_000, "a\nb", "a\rb", "a\\", '"unclosed', "x OR",
    "\x1b[31mred\x1b[0m", "\x9b31m", "\x07", "\x7f", "\u202eabc", "\u2066x\u2069", "\u200f",
    "\ufeff", "\ufffe", "e\u0301" * 50, "ß", "你好", "🎓" * 9, "٣", "²", "½",
    "\udcff", "a\udcfe\udc80", "\udced\udca0\udc80", "caf\udce9", "https://ü.example/\udcff",
    "9" * 20, "-" + "9" * 20, "9" * 5000, str(2**31), str(2**63), str(-(2**63)),
    *_words("- -- --- -1 0 1 99 -x --nope --= = --json=1 1.5 0.0 null None NaN nan inf -inf"),
    *_words("1e999 1e-999 0x10 1_000 * ? [x] % %s {} $(touch) `x` ' \" \\ ( AND NEAR( ^x NOT"),
    *_words("level: kind: is:done year:9999999999 -kind:x -kind:video kind:nosuch ../.. a/b"),
    *_words("/../../../evil . .. / ~ ~nosuch ~nosuch/x $HOME file:///x javascript:alert(1)"),
    *_words("https:// http://[::1 https://guides.example/a http://x:99999/ http://x:bad/ //x"),
    *_words("https://xn--/ mailto:x@y"),
)
DAYS = (
    "in 6 weeks", "in 99999999999 weeks", "in -1 days", "1 day ago", "999999999 years ago",
    "٢٠٢٦-٠٣-٠٩",
    *_words("today yesterday tomorrow friday last none 2026-03-09 2026-02-30 0000-00-00"),
    *_words("0001-01-01 9999-12-31 10000-01-01 2026-13-01 -1 2026-03-10T25:00 2026-W53-7"),
    *_words("2026-12-21..2027-01-03 2027-01-03..2026-12-21 .. 2026-01-01.. 2024-02-29"),
    *_words("0001-01-01..9999-12-31 9999-12-31..9999-12-31 20260309 2026-3-9"),
)
LENGTHS = (
    "30 min", "9" * 30,
    *_words("30 1h30 1.5h 0 -5 1e3 1e999 inf nan 1h99 h m 0m 99999h 1d 1,5h ½h 1h30m20s"),
    *_words("2h-30 ٣h 1441 0.001h"),
)
PATHS = (
    "", " ", "a\nb", "\x1b[31m", "\u202egnp", "caf\udce9", "x" * 300, "x/" * 2500,
    *_words(". .. / - out.md new/dir/x folder folder/ fifo loop dangling unreadable binary"),
    *_words("unreadable/x latin1.txt empty good.json good.db text.md link.db bad.yaml"),
    *_words("huge.json nul.json utf16.json deep.json far.json 2026-03-10 2026-03-11 ~"),
    *_words("~nosuch/x ~/x /dev/null /dev/full /dev/zero /dev/stdin /dev/stdout /dev/tty"),
    *_words("/dev/fd/9"),
    *_words("/proc/self/mem /nonexistent/x /etc/passwd llmpath-2026-03-10.db ../data"),
    *_words("../data/llmpath.db ../data/llmpath.db-wal ../data/config.toml ../data/backups"),
    *_words("../catalog ../catalog/roadmap.yaml ../catalog/resources.yaml"),
    *_words("../outside ../outside/kept"),
)
NUMBERS = tuple(map(str, (0, 1, 2, 3, 5, -1, 51, 10_000, 2**40, 2**70)))
STDINS = (
    *_words("/dev/null /dev/zero closed terminal text.md latin1.txt binary empty"),
    *_words("utf16.json good.json huge.json answers nul.json"),
)
STDOUTS = ("closed", "gone", "/dev/full")


def _editor(script: str) -> str:
    """Return an editor that does *script* to the file, which is "$1"."""
    return f"sh -c '{script}' x"


# What each variable may be, None for not set: one is chosen, then a value of it.
VARIABLES: dict[str, tuple[str | None, ...]] = {
    "TZ": ("garbage", "UTC+99", "", ":", "Pacific/Kiritimati", "America/St_Johns", "<x>-25"),
    "LLMPATH_HOME": (
        "", ".", "relative/x", "/dev/null", "/", "/nonexistent/x", "~nosuch", "~", "x" * 300,
        "fifo", "folder", "binary", "unreadable", "loop", "a\nb", "caf\udce9",
    ),
    "COLUMNS": ("", "0", "1", "-5", "20", "50", "abc", "9" * 12, "1e9", "٣"),
    "LLMPATH_NOW": (
        "", "now", "2026-03-10", "2026-03-10T18:30:00", "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59+00:00", "1969-12-31T23:59:59+00:00", "2106-02-07T06:28:16+00:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-03-29T02:30:00+01:00",
        "9999-12-31T00:00:00+00:00", "0001-01-02T00:00:00+00:00", "2500-01-01T00:00:00+00:00",
    ),
    "LLMPATH_USER": ("bob", "nobody", "\udcff", "\u202ex", "x" * 300, "--json", " "),
    "LOGNAME": (None, "", "\x1b[31m", "\udcff", "x" * 300, "bob", "--json"),
    "LC_ALL": ("C", "POSIX", "nosuch", "tr_TR.UTF-8"),
    "PYTHONIOENCODING": ("utf-8:strict", "ascii", "latin-1:strict", "utf-8"),
    "EDITOR": (
        "false", "nosuch", "", "'", "true; x", "folder", " ", "binary", _editor('echo x > "$1"'),
        _editor('printf "\\377" > "$1"'), _editor('rm "$1"'), _editor("kill -9 $$"),
        _editor('printf "\\0" > "$1"'), _editor('rm "$1"; mkdir "$1"'), _editor('chmod 0 "$1"'),
        _editor('rm "$1"; mkfifo "$1.x"; ln -s /dev/zero "$1"'), _editor(': > "$1"'),
    ),
    "HOME": (None, "", "relative", "/nonexistent", "/dev/null", "loop", "\udcff"),
    "XDG_DATA_HOME": ("", "relative", "/dev/null"),
    "LLMPATH_CATALOG": (
        "", "folder", "/dev/zero", "nosuch", "bad.yaml", "~nosuch/x", "../catalog", "binary",
        "fifo", "loop", "\udcff",
    ),
    "_TYPER_COMPLETE_ARGS": (
        "", "llmpath ", "llmpath done ", "llmpath 'x", "llmpath note --", "llmpath show \udcff",
        "llmpath goal \u202e", "llmpath --user ", "llmpath config set ", "llmpath x" * 500,
        "llmpath search \x1b", "llmpath restore ", "llmpath config get \n",
    ),
    **{
        f"LLMPATH_{name}": ("", "-1", "nan", "1e999", "9" * 25, "\udcff", "x")
        for name in (
            *_words("NEXT_COUNT AIM PLAN_HOURS COLOR LANGUAGES BACKUP_DAILY WEIGHT_CORE"),
            "PREFER_KINDS",
        )
    },
    "TERM": ("dumb", ""),
    "TMPDIR": ("/nonexistent",),
    "PATH": ("",),
}
# What has to be as well for a variable to matter.
ALONG: dict[str, dict[str, str | None]] = {
    "HOME": {"LLMPATH_HOME": None},
    "XDG_DATA_HOME": {"LLMPATH_HOME": None},
    "TERM": {"NO_COLOR": None},
}

FILES: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)) * 9,
    "latin1.txt": "café naïve\n".encode("latin-1"),
    "text.md": "# Café\n\n- item\n    code\n<script>x</script> [x](javascript:y) \u202e\n".encode(),
    "utf16.json": "[1]\n".encode("utf-16"),
    "nul.json": b'{"a": "\\u0000"}\0',
    "deep.json": b"[" * 50_000,
    "huge.json": b"[" + b"1," * 400_000 + b"1]",
    "bad.yaml": b"topics: [*x, !!python/object:x {}\n\x1b",
    "answers": b"y\nn\n1\nq\n" * 50,
}
