"""The citizen's portal (个人、法人办事). Its pages are put together in ``desk``."""
