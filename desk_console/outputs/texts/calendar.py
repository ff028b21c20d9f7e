"""What stands in calendars."""

TEXTS: dict[str, tuple[str, str]] = {
    "name": ("{site} 值班", "Duty at {site}"),
    "file": ("我的值班-{day}", "my-duty-{day}"),
    "with": ("同班：{names}", "Together with {names}"),
}
