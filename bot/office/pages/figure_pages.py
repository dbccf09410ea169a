"""Figures: a plot each, drawn here as plain SVG, and all of them as a sheet."""

import asyncio

from aiohttp import web

from bot.messages import say
from bot.office.figures import Chart, charts, figure_workbook
from bot.office.pages.application_pages import XLSX
from bot.office.pages.visit import Visit, download


async def _figures(visit: Visit) -> web.Response:
    """Show all plots, by day or by week."""
    weekly = visit.asked("by") == "week"
    return await visit.page("figures", "figures.html", charts=await _charts(visit, weekly=weekly), weekly=weekly)


async def _sheet(visit: Visit) -> web.Response:
    """Give the numbers as an .xlsx sheet."""
    made = await _charts(visit, weekly=visit.asked("by") == "week")
    book = await asyncio.to_thread(figure_workbook, made)
    return download(book, say("desk.figures_name", today=visit.desk.today()), XLSX)


async def _charts(visit: Visit, *, weekly: bool) -> list[Chart]:
    office, pack = visit.desk.store.office, visit.pack
    counts, applications = await office.figures(pack.id), await office.applications(pack.id)
    stored, _ = await visit.desk.store.progress(pack.id)
    return await asyncio.to_thread(charts, pack, counts, applications, stored, visit.desk.today(), weekly=weekly)


GET = {"figures": _figures, "figures.xlsx": _sheet}
