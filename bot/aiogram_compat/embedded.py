"""The conversation inside another bot: on any FSM storage, so also in one built on aiogram."""

import types

from bot.aiogram_compat.context import FSMContext
from bot.aiogram_compat.state import State, StatesGroup
from bot.conversation import dump_session, load_session
from dialogs.engine import turn
from dialogs.protocol import Event, ExistingSubmissions, Moment, Turn
from dialogs.state_machine import GROUP, PHASES
from knowledge.pack import NoticePack


def form_states(pack: NoticePack) -> type[StatesGroup]:
    """Return the states of a pack's form as a group, e.g. for the filters of an aiogram router."""
    names = (*PHASES, *(field.key for field in pack.form.fields))
    return types.new_class(GROUP, (StatesGroup,), exec_body=lambda body: body.update({name: State() for name in names}))


async def converse(context: FSMContext, event: Event, pack: NoticePack, moment: Moment) -> Turn:
    """Take one turn on the session kept in `context`, and keep what comes of it there.

    Order and exactly-once are the other bot's to see to: hold its event isolation around this. A storage of sessions
    cannot count submissions, so without `moment.holdings` the quota is not checked.
    """
    session = load_session(pack, await context.get_state(), await context.get_data())
    result = turn(session, event, pack, moment)
    if result.lookup is not None:
        known = moment.holdings or ExistingSubmissions()
        result = turn(session, event, pack, moment.model_copy(update={"holdings": known}))
    await context.set_state(result.session.state)
    await context.set_data(dump_session(result.session))
    return result
