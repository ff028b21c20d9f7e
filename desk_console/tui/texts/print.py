"""What printing a sheet asks. A form's name is `form_` and its name on the command line."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("打印表格", "Print a sheet"),
    "form": ("表格", "Form"),
    "format": ("文件", "File"),
    "format_pdf": ("PDF", "PDF"),
    "format_html": ("网页", "HTML"),
    "format_xlsx": ("表格 xlsx", "spreadsheet"),
    "format_ics": ("日历 ics", "calendar"),
    "making": ("正在生成……", "Making it ..."),
    "on_record": ("打印有记录。", "That it was printed is on record."),
    "keep_safe": (
        "打印有记录。表上有住户信息，请妥善保管。",
        "That it was printed is on record. Residents' data stands on it: keep it safe.",
    ),
    "form_log": ("值班记录表", "Duty log"),
    "form_night": ("夜间值班记录", "Night log"),
    "form_roster": ("值班安排表", "Duty roster"),
    "form_handover": ("交接班记录表", "Handover record"),
    "form_work_order": ("维修工作单", "Work order"),
    "form_complaint": ("投诉记录表", "Complaint record"),
    "form_next_day": ("次日跟进单", "Next-day follow-up"),
    "form_patrol": ("巡查记录表", "Patrol record"),
    "form_agreement": ("约定书", "Agreement"),
    "form_calls": ("来电来访登记", "Calls, visitors"),
}
