"""Printing (排版印制): the fonts, the pen, ornaments, the seal and the press; knows no paper by name."""
