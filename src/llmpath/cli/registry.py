"""Every command: where its function is, the panel it stands in, and its line of help.

The table lets `--help` list all commands without importing any; a test holds the lines against
the functions' own help. Beside it stand the words that people try: other names of commands, and
what to say to those that are none.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """A command: `module:function` in `llmpath.cli.commands`, its help panel and its line there.

    One that `writes` takes `--dry-run`.
    """

    target: str
    panel: str
    line: str
    takes_query: bool = False
    hidden: bool = False  # works, but is not listed or offered
    writes: bool = False
    takes_text: bool = False  # behind a name; what looks like an option in it is none


DAILY, FIND, SELF, BACK, SETUP = (
    "Every day",
    "Find your way",
    "What you know, want and think",
    "Look back",
    "Set up",
)

COMMANDS: Mapping[str, Command] = {
    "next": Command("next:next_", DAILY, "What to study next, with reasons.", True),
    "start": Command("progress:start", DAILY, "Start one or more resources.", writes=True),
    "done": Command(
        "progress:done", DAILY, "Mark resources as done, and see what that unlocks.", writes=True
    ),
    "spent": Command(
        "spent:spent",
        DAILY,
        "Log time you spent on a resource, without finishing it.",
        writes=True,
    ),
    "skip": Command(
        "progress:skip",
        DAILY,
        "Skip resources or topics, so that they are not offered again.",
        writes=True,
    ),
    "reset": Command(
        "progress:reset",
        DAILY,
        "Clear your progress on resources, or your marks on topics.",
        writes=True,
    ),
    "open": Command(
        "browse:open_", DAILY, "Open a resource in the browser and start it.", writes=True
    ),
    "plan": Command("plan:app", DAILY, "Plan your weeks and see when you'll finish.", writes=True),
    "roadmap": Command(
        "roadmap:roadmap", FIND, "The map of topics: what is passed, ready and locked."
    ),
    "path": Command(
        "path:path", FIND, "The fewest topics that take you from what you know to a goal."
    ),
    "need": Command(
        "need:need", FIND, "Which topics a text needs, and the path to them.", writes=True
    ),
    "why": Command("why:why", FIND, "Why something is or is not recommended now."),
    "search": Command("search:search", FIND, "Search for resources and topics.", True),
    "list": Command("browse:list_", FIND, "List resources, filtered and sorted.", True),
    "show": Command("show:show", FIND, "Details of a resource or topic."),
    "related": Command("related:related", FIND, "Similar resources, by the words they share."),
    "compare": Command(
        "compare:compare", FIND, "Two to four things side by side, and what treats them all."
    ),
    "define": Command("define:define", FIND, "What an acronym or term means, and where to start."),
    "know": Command(
        "knowledge:know",
        SELF,
        "Mark topics as known, along with their prerequisites.",
        writes=True,
    ),
    "forget": Command("knowledge:forget", SELF, "Unmark topics as known.", writes=True),
    "place": Command(
        "place:place", SELF, "Find out what you know, in twenty questions or fewer.", writes=True
    ),
    "shaky": Command(
        "knowledge:shaky",
        SELF,
        "Mark topics as shaky, so that `next` offers to refresh them.",
        writes=True,
    ),
    "goal": Command(
        "goal:goal",
        SELF,
        "Show, set or clear your goals: outcomes, topics, modules or tracks.",
        writes=True,
    ),
    "ignore": Command(
        "opinions:ignore",
        SELF,
        "Drop a prerequisite of a topic, for you alone, or restore it.",
        writes=True,
    ),
    "heed": Command(
        "opinions:heed",
        SELF,
        "Restore a prerequisite you ignore: the older name of `ignore --undo`.",
        hidden=True,
        writes=True,
    ),
    "dispute": Command(
        "opinions:dispute", SELF, "Print a report on a prerequisite you disagree with."
    ),
    "note": Command(
        "notes:note", SELF, "Write, change or delete a note.", writes=True, takes_text=True
    ),
    "notes": Command("notes:notes", SELF, "Read your notes.", True),
    "undo": Command(
        "history:undo",
        BACK,
        "Undo the last command completely, including everything it changed.",
        writes=True,
    ),
    "redo": Command("history:redo", BACK, "Redo what was undone.", writes=True),
    "log": Command("history:log", BACK, "What you did, and when."),
    "report": Command("report:report", BACK, "A progress report in Markdown."),
    "welcome": Command(
        "welcome:welcome",
        SETUP,
        "Get set up: what you want, what you know, how much time you have.",
        writes=True,
    ),
    "user": Command("users:app", SETUP, "Manage several learners in one database."),
    "catalog": Command(
        "catalog:app",
        SETUP,
        "Work with the catalog: validate, format, stats, freshness, diff, path.",
    ),
    "config": Command("config:app", SETUP, "Show and change settings."),
    "backup": Command(
        "backup:app", SETUP, "Back up all your data, and list the backups.", writes=True
    ),
    "restore": Command(
        "backup:restore", SETUP, "Restore a backup; your current data is set aside first."
    ),
    "export": Command("transfer:export_app", SETUP, "Export your data."),
    "import": Command(
        "transfer:import_",
        SETUP,
        "Restore exported data, or merge data from another machine.",
    ),
    "doctor": Command("doctor:doctor", SETUP, "Check the health of your database.", writes=True),
    "completion": Command("completion:completion", SETUP, "Print a shell completion script."),
    "help": Command("help:help_", SETUP, "Show the help of a command, or list all of them."),
    "today": Command(
        "today:today", DAILY, "Your day at a glance, like `llmpath` alone.", hidden=True
    ),
}

# What `--help` shows: the commands of a usual day, each in a few words.
EVERY_DAY: Mapping[str, str] = {
    "welcome": "Get set up in three questions.",
    "next": "What to study next, with reasons.",
    "start": "Start something; `open` opens it too.",
    "spent": "Log time on what you study.",
    "done": "Mark it as done.",
    "search": "Find resources and topics.",
    "show": "All about a resource or topic.",
    "roadmap": "What is passed, ready and locked.",
    "goal": "Say what you want to reach.",
    "plan": "Plan your weeks.",
    "undo": "Undo your last command.",
}

# Words that people try for a command, and the command they run.
ALIASES: Mapping[str, str] = {
    other: command
    for command, others in {
        "today": "status dashboard progress streak",
        "next": "recommend suggest study learn continue resume todo",
        "list": "ls browse resources filter sort",
        "done": "finish complete",
        "start": "begin",
        "open": "read watch web",
        "spent": "time timer hours minutes",
        "search": "find",
        "show": "info view url link",
        "why": "explain",
        "compare": "vs versus difference",
        "define": "glossary dictionary",
        "roadmap": "tracks modules topics map tree graph",
        "path": "prerequisites",
        "goal": "goals",
        "place": "test quiz exam",
        "log": "history",
        "report": "summary",
        "welcome": "init setup tutorial",
        "config": "settings",
        "user": "users whoami profile",
        "doctor": "check repair fix",
        "help": "man manual docs commands",
    }.items()
    for other in others.split()
}

# Words that people try for what has no command of its own: what to say, and what to run.
ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    word: tuple(said)
    for words, *said in (
        (
            "add new",
            "llmpath can't add material of your own yet.",
            "To keep a link in a note: llmpath note rag",
            "To use a catalog of your own: llmpath config set catalog FOLDER",
        ),
        (
            "delete rm remove clear wipe",
            "What should be deleted?",
            "Progress on something: llmpath reset 1",
            "A goal: llmpath goal rag --drop",
            "A note: llmpath note --delete 1",
            "What the last command did: llmpath undo",
        ),
        (
            "edit change",
            "What should be changed?",
            "A note: llmpath note --edit 1",
            "A setting: llmpath config set next.count 3",
            "What the last command did: llmpath undo",
        ),
        (
            "mark",
            "What should be marked?",
            "A resource: llmpath done 1",
            "A topic you know: llmpath know python-basics",
            "A topic that has faded: llmpath shaky attention",
        ),
        (
            "week schedule calendar",
            "What of your plan?",
            "To see it: llmpath plan show",
            "To make one: llmpath plan --hours 5",
        ),
        ("rate", "A rating goes with what is done.", "For example: llmpath done 1 --rating 5"),
        (
            "deadline",
            "A goal can have a date, and so can a plan.",
            "For example: llmpath goal rag --by 2027-01-31",
        ),
        (
            "bookmark favorite tag",
            "There are no bookmarks or tags.",
            "To keep a thought with something: llmpath note attention",
        ),
        (
            "quit exit",
            "There is nothing to quit: llmpath ends after each command.",
            "To set something aside: llmpath skip 1",
        ),
        (
            "pause stop cancel",
            "What should be stopped?",
            "Nothing runs meanwhile. Log the time you spent: llmpath spent 30m",
            "To set something aside: llmpath skip 1",
            "The plan, for some days: llmpath plan --off 2026-12-21..2027-01-03",
        ),
        (
            "save sync share",
            "llmpath saves by itself, on this machine alone.",
            "To take your data elsewhere: llmpath export json -o llmpath.json",
            "To show how far you are: llmpath report -o progress.md",
            "To keep a copy: llmpath backup",
        ),
        ("login signup", "There are no accounts.", "Several learners share one: llmpath user"),
        (
            "language lang",
            "A setting says which languages you read.",
            "For example: llmpath config set languages English,Chinese",
        ),
        (
            "stats statistics",
            "Which figures?",
            "Yours: llmpath report",
            "Today's: llmpath today",
            "The catalog's: llmpath catalog stats",
        ),
        (
            "review revise cards flashcards",
            "llmpath has no reviews yet.",
            "Mark what has faded, and `next` offers to refresh it: llmpath shaky attention",
        ),
        (
            "update upgrade install uninstall",
            "llmpath does not update or remove itself.",
            "Do it the way you installed it; the catalog comes with it.",
            "Your version: llmpath --version",
            "Your data, which stays: llmpath config path",
        ),
        ("version", "There is an option for that.", "Run: llmpath --version"),
    )
    for word in words.split()
}
