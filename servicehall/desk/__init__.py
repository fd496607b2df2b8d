"""The desk (工作台): what waits for which department, counted; written as cases change."""
