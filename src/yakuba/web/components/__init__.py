"""Components (部品): one file each. A screen makes one in Python and its template prints it: `{{ table }}`."""

from yakuba.web.components.chart import Bars, Lines, Pyramid, Series
from yakuba.web.components.dialog import Dialog
from yakuba.web.components.form import Form, Reason
from yakuba.web.components.items import Item, Items
from yakuba.web.components.notice import Notice
from yakuba.web.components.shares import Shares
from yakuba.web.components.stepper import Stepper
from yakuba.web.components.table import Cell, Column, Pages, Row, Table
from yakuba.web.components.tabs import Tab, Tabs
from yakuba.web.components.timeline import Moment, Timeline

__all__ = [
    "Bars",
    "Cell",
    "Column",
    "Dialog",
    "Form",
    "Item",
    "Items",
    "Lines",
    "Moment",
    "Notice",
    "Pages",
    "Pyramid",
    "Reason",
    "Row",
    "Series",
    "Shares",
    "Stepper",
    "Tab",
    "Table",
    "Tabs",
    "Timeline",
]
