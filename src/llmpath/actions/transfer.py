"""Take the learners' data elsewhere, and bring it back or together."""

from pathlib import Path
from typing import NamedTuple

from llmpath import __version__
from llmpath.actions.workspace import Workspace
from llmpath.errors import Declined, UsageError
from llmpath.identity import account
from llmpath.phrases import listed
from llmpath.store.database import backups
from llmpath.store.history import exchange, people, transfer
from llmpath.store.history.people import Person, Said
from llmpath.store.history.transfer import Imported
from llmpath.store.learner import learners, members


class Import(NamedTuple):
    """What an import did or, in a dry run, would do."""

    file: Path
    replaced: bool
    dry_run: bool
    done: Imported


def exported(w: Workspace) -> str:
    """Return all learners' data, or that of the learner asked for alone, as an export's text."""
    only = w.learner.id if w.wanted else None
    document = transfer.export(w.connection, only)._replace(account=account())
    return exchange.written(document, w.moment.at, __version__)


def import_(
    w: Workspace,
    file: Path,
    replace: bool = False,
    dry_run: bool = False,
    name: str | None = None,
    same: bool = False,
) -> Import:
    """Merge the export in *file* with what is here, or *replace* what is here by it.

    Its one learner is called *name* here; where that is in doubt, its learners are the *same* as
    those with their ids or names. A backup is made first. Raises InvalidFile, DatabaseTrouble,
    NotSaid where it is in doubt and nobody can be asked, and Declined where they want to stop.
    """
    document = transfer.load(file)
    file = exchange.called(file)
    path = w.settings.database
    kept = backups.unused(backups.folder(path) / f"llmpath-{w.stamp}-before-import.db")
    backup = None if dry_run else kept
    if replace:
        done = transfer.replace(w.connection, path, document, backup)
        return Import(file, replace, dry_run, done)
    said = Said()
    if name is not None:
        person = _only(file, document)
        document = document._replace(tables=people.alone(document.tables, person))
        said = Said(names={person.id: members.checked(name)})
    elif same:
        said = Said(same=[one.id for one in people.everybody(document.tables)])
    elif w.asks and not dry_run:
        said = _asked(w, file, document)
    login = learners.login_name(w.environ)
    done = transfer.join(w.connection, path, file, document, backup, said, account(), login)
    return Import(file, replace, dry_run, done)


def _only(file: Path, document: exchange.Document) -> Person:
    """Return the one learner that *document* is of; those who did nothing do not count."""
    everybody = people.everybody(document.tables)
    busy = [one for one in everybody if one.commands] or everybody
    if len(busy) != 1:
        names = listed([one.name for one in busy], 3) or "nobody"
        raise UsageError(
            f"{file} is of {names}; --as names exactly one learner.",
            "Export one alone, where the file comes from: llmpath --user NAME export json",
        )
    return busy[0]


def _asked(w: Workspace, file: Path, document: exchange.Document) -> Said:
    """Ask who the learners of *document* are, as far as that is in doubt."""
    same: list[str] = []
    names: dict[str, str] = {}
    while doubts := transfer.doubts(w.connection, file, document, Said(same, names), account()):
        doubt = doubts[0]
        if w.agrees(people.question(str(file), doubt), ()):
            same.append(doubt.id)
            continue
        answer = ""
        while not answer or answer == doubt.here:
            answer = w.asked(f"What is {doubt.name} in {file} called here? (Enter to stop): ")
            if not answer:
                raise Declined("Nothing was imported.")
            if answer == doubt.here:
                w.tell(f"That is the {answer} here already. Choose another name.")
        names[doubt.id] = members.checked(answer)
    return Said(same, names)
