"""What the export dialog says."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("导出表格", "Export a table"),
    "how": (
        "文件存到数据文件夹的 exports 里。谁、何时导出了什么会记录在案。",
        "The file goes to the folder exports beside the data. Who took what out is on record.",
    ),
    "what": ("导出什么", "What"),
    "since": ("从", "From"),
    "until": ("到（含当天）", "To (that day too)"),
    "day_hint": (
        "如 2026-03-02，留空不限；住户不分日期",
        "2026-03-02; empty is any; residents all",
    ),
    "format": ("格式", "Format"),
    "pin": ("您的密码", "Your PIN"),
    "bad_day": ("日期请写成 2026-03-02。", "Write the date like 2026-03-02."),
}
