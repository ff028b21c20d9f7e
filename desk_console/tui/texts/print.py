"""What printing a sheet asks. A form's name is `form_` and its name on the command line."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("打印表格", "Print a sheet"),
    "form": ("表格", "Form"),
    "format": ("文件", "File"),
    "format_pdf": ("PDF", "PDF"),
    "format_html": ("网页", "HTML"),
    "on_record": (
        "打印有记录。表上有住户信息，请妥善保管。",
        "That it was printed is on record. Residents' data stands on it: keep it safe.",
    ),
    "form_log": ("值班记录表", "Duty log"),
    "form_night": ("夜间值班记录", "Night log"),
    "form_calls": ("来电来访登记", "Calls, visitors"),
}
