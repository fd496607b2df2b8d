"""Applying (申请): from opening a case to its submission: answers, papers, consent."""
