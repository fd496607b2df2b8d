"""The console (管理台): efficiency, the item list and its wordings, the auditor's trail."""
