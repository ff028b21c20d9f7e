"""What attendance against the roster says."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("考勤 {month}", "Attendance {month}"),
    "hours": ("到岗-离岗", "Came-left"),
    "marks": ("情况", "What was"),
    "counts": ("{counts}。Ctrl+上/下 换月", "{counts}. Ctrl+Up/Down: another month"),
    "count": ("{what} {count}", "{what} {count}"),
    "none": ("没有异常。Ctrl+上/下 换月", "Nothing unusual. Ctrl+Up/Down: another month"),
    "span": ("{what} {span}", "{what} {span}"),
    "no_shift": ("无班次", "no shift"),
}
