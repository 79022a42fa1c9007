"""What the fields of a document hold, by fieldtype: `subject: DF.Data`, `rows: DF.Table[Row]`. For annotations only."""

from datetime import date, datetime, time, timedelta
from typing import Literal as Literal

Check = int
Int = int
Currency = float
Duration = float
Float = float
Percent = float
Rating = float

Attach = str
AttachImage = str
Autocomplete = str
Barcode = str
Code = str
Color = str
Data = str
DynamicLink = str
Geolocation = str
HTML = str
HTMLEditor = str
Icon = str
Image = str
JSON = str
Link = str
LongText = str
MarkdownEditor = str
Password = str
Phone = str
ReadOnly = str
Select = str
Signature = str
SmallText = str
Text = str
TextEditor = str

Date = str | date
Datetime = str | datetime
Time = str | time | timedelta

Table = list
TableMultiSelect = list
