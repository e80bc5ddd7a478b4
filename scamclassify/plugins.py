"""Things that others add to the library: entry points of installed packages, or a call.

A package offers an object under one of the groups of :data:`GROUPS`; a notebook calls the
matching ``register_...`` function. Entry points are looked for only when a list is asked for
or a name is not known otherwise, and each is imported once.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

from scamclassify.errors import ScamClassifyError, UnknownNameError

#: Group of entry points -> what an entry of it is.
GROUPS: dict[str, str] = {
    "scamclassify.languages": "a scamclassify.labels.Language",
    "scamclassify.lexicons": "a scamclassify.knowledge.lexicon.LexiconAddition",
    "scamclassify.datasets": "a scamclassify.datasets.external.ExternalDataset",
    "scamclassify.models": "a scamclassify.benchmark.model.ModelSpec",
    "scamclassify.tasks": "a scamclassify.benchmark.task.Task",
}


class PluginError(ScamClassifyError, ValueError):
    """Something that was to be added is not as it must be."""


class PluginWarning(UserWarning):
    """An installed plug-in could not be loaded; everything else goes on without it."""


@cache
def _entry_points(group: str) -> tuple[Any, ...]:
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=group), key=lambda entry: entry.name))


class Registry:
    """Objects of one kind by name: built in, registered by a call, or offered by a package.

    Parameters
    ----------
    kind : str
        What an error calls them.
    group : str or None
        Group of entry points, one of :data:`GROUPS`.
    check : callable
        Raises :class:`PluginError` for an object that must not be added.

    Examples
    --------
    >>> registry = Registry("fruit", None, lambda value: None)
    >>> registry.add("apple", 1)
    >>> registry["apple"], registry.names()
    (1, ('apple',))
    >>> registry["aple"]
    Traceback (most recent call last):
        ...
    scamclassify.errors.UnknownNameError: unknown fruit 'aple'. Did you mean 'apple'? Known: apple.
    """

    def __init__(self, kind: str, group: str | None, check: Callable[[Any], None]) -> None:
        self.kind, self.group, self.check = kind, group, check
        self._known: dict[str, Any] = {}
        self._loaded = group is None

    def add(self, name: str, value: Any, *, replace: bool = False) -> None:
        """Add an object.

        Raises
        ------
        PluginError
            If it is not as it must be, or the name is taken and ``replace`` is False.
        """
        self.check(value)
        if name in self._known and not replace:
            raise PluginError(f"there is a {self.kind} {name!r} already; use another name")
        self._known[name] = value

    def remove(self, name: str) -> None:
        """Take an object out again, so that a notebook can be run twice."""
        if name not in self._known:
            raise UnknownNameError(self.kind, name, self._known)
        del self._known[name]

    def discover(self) -> None:
        """Load what installed packages offer; one that fails is told of and left out."""
        if self._loaded:
            return
        self._loaded = True
        for entry in _entry_points(str(self.group)):
            if entry.name in self._known:
                continue
            try:
                self.add(entry.name, entry.load())
            except Exception as error:
                warnings.warn(
                    f"the {self.kind} {entry.name!r} of {entry.value} is left out: "
                    f"{type(error).__name__}: {error}",
                    PluginWarning,
                    stacklevel=3,
                )

    def names(self) -> tuple[str, ...]:
        """All names, in the order in which they were added; installed packages last."""
        self.discover()
        return tuple(self._known)

    def __contains__(self, name: object) -> bool:
        if name not in self._known:
            self.discover()
        return name in self._known

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise UnknownNameError(self.kind, name, self._known)
        return self._known[name]
