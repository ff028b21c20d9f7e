"""The headings of the roster's table."""

TEXTS: dict[str, tuple[str, str]] = {
    "name": ("值班表 {month}", "Roster {month}"),
    "date": ("日期", "Date"),
    "weekday": ("星期", "Weekday"),
    "shift": ("班次", "Shift"),
    "from": ("开始", "From"),
    "to": ("结束", "To"),
    "staff_no": ("工号", "Staff no."),
    "name_of": ("姓名", "Name"),
    "phone": ("电话", "Telephone"),
    "remarks": ("备注", "Remarks"),
    "gap": ("缺人", "wanting"),
}
