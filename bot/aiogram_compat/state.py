"""States and groups of states, named as aiogram 3 names them: `Group.Nested:state`."""

import inspect
from collections.abc import Iterator
from typing import Any


class State:
    """A place in a conversation; compares equal to its full name.

    As a filter, `state(event, raw_state)` tells whether a conversation stands there; the state `*` is anywhere.
    """

    def __init__(self, state: str | None = None, group_name: str | None = None) -> None:
        """Name the state; inside a group it takes the name of its attribute."""
        self._state = state
        self._group_name = group_name
        self._group: type[StatesGroup] | None = None

    @property
    def group(self) -> "type[StatesGroup]":
        """The group the state belongs to.

        Raises:
            RuntimeError: it belongs to none.
        """
        if self._group is None:
            raise RuntimeError("This state is not in any group.")
        return self._group

    @property
    def state(self) -> str | None:
        """The full name, as stored; `None` for no state, `*` for any."""
        if self._state in {None, "*"}:
            return self._state
        return f"{self._prefix()}:{self._state}"

    def _prefix(self) -> str:
        if self._group_name:
            return self._group_name
        return self._group.__full_group_name__ if self._group else "@"

    def set_parent(self, group: "type[StatesGroup]") -> None:
        """Put the state into a group.

        Raises:
            ValueError: `group` is no group of states.
        """
        if not issubclass(group, StatesGroup):
            raise ValueError("Group must be subclass of StatesGroup")  # noqa: TRY004 - aiogram raises this one
        self._group = group

    def __set_name__(self, owner: "type[StatesGroup]", name: str) -> None:
        """Take the name of the attribute the state is assigned to."""
        if self._state is None:
            self._state = name
        self.set_parent(owner)

    def __str__(self) -> str:
        """Show the full name."""
        return f"<State '{self.state or ''}'>"

    __repr__ = __str__

    def __call__(self, event: Any, raw_state: str | None = None) -> bool:  # noqa: ARG002 - the shape of a filter
        """Tell whether a conversation in `raw_state` stands here; the event does not matter."""
        return self.state in {"*", raw_state}

    def __eq__(self, other: object) -> bool:
        """Compare by full name, with states and strings."""
        if isinstance(other, State):
            return self.state == other.state
        return self.state == other if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """Hash as the full name does."""
        return hash(self.state)


class StatesGroupMeta(type):
    """Collects the states and nested groups of a group; `in` and iteration look through all of them."""

    __parent__: "type[StatesGroup] | None"
    __childs__: "tuple[type[StatesGroup], ...]"
    __states__: tuple[State, ...]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> "StatesGroupMeta":
        """Make a group out of a class body."""
        group = super().__new__(cls, name, bases, namespace, **kwargs)
        members = namespace.values()
        group.__parent__ = None
        group.__states__ = tuple(member for member in members if isinstance(member, State))
        group.__childs__ = tuple(
            member for member in members if inspect.isclass(member) and issubclass(member, StatesGroup)
        )
        for child in group.__childs__:
            child.__parent__ = group  # type: ignore[assignment]
        return group

    @property
    def __full_group_name__(cls) -> str:
        """The names of the groups around this one and its own, joined by dots."""
        return f"{cls.__parent__.__full_group_name__}.{cls.__name__}" if cls.__parent__ else cls.__name__

    @property
    def __state_names__(cls) -> tuple[str | None, ...]:
        """The full names of the group's own states."""
        return tuple(state.state for state in cls.__states__)

    @property
    def __all_childs__(cls) -> "tuple[type[StatesGroup], ...]":
        """Every group nested in this one, at any depth."""
        return tuple(group for child in cls.__childs__ for group in (child, *child.__all_childs__))

    @property
    def __all_states__(cls) -> tuple[State, ...]:
        """The states of this group and of all nested ones."""
        return cls.__states__ + tuple(state for child in cls.__childs__ for state in child.__all_states__)

    @property
    def __all_states_names__(cls) -> tuple[str, ...]:
        """The full names of all those states."""
        return tuple(state.state for state in cls.__all_states__ if state.state)

    def __contains__(cls, item: object) -> bool:
        """Tell whether a state, a state's full name or a group belongs to this group."""
        if isinstance(item, str):
            return item in cls.__all_states_names__
        return item in cls.__all_states__ if isinstance(item, State) else item in cls.__all_childs__

    def __str__(cls) -> str:
        """Show the full name."""
        return f"<StatesGroup '{cls.__full_group_name__}'>"

    def __iter__(cls) -> Iterator[State]:
        """Go through all states."""
        return iter(cls.__all_states__)


class StatesGroup(metaclass=StatesGroupMeta):
    """The base of every group of states."""

    @classmethod
    def get_root(cls) -> "type[StatesGroup]":
        """Return the outermost group around this one."""
        return cls.__parent__.get_root() if cls.__parent__ else cls

    def __call__(self, event: Any, raw_state: str | None = None) -> bool:  # noqa: ARG002 - the shape of a filter
        """Tell whether a conversation in `raw_state` stands anywhere in the group."""
        return raw_state in type(self).__all_states_names__

    def __str__(self) -> str:
        """Show the full name."""
        return f"StatesGroup {type(self).__full_group_name__}"


default_state = State()
any_state = State(state="*")
