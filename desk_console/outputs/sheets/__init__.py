"""Sheets to print, in the layout of the Chinese paper forms, both languages on every sheet.

    model      what a sheet is made of: fields, grids, words, signatures, a receipt
    html       a sheet as one HTML file that prints
    pdf        the same sheet as PDF, where there is a font with Chinese
    fonts      finding that font
    making     the act: rights, the journal, the file in its folder

One module for each form says what stands on it: `day_log`, `call_log`, `duty_roster` …
"""
