"""The clerk's portal (窗口、审批). Its pages are put together in ``counter``."""
