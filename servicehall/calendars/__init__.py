"""Calendars (工作日历): which days are worked: changed with a reason, a new year brought in as published."""
