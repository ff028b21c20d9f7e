"""What the roster says to people."""

TEXTS: dict[str, tuple[str, str]] = {
    "no_such_shift": (
        "{day} 没有这个班次。",
        "There is no such shift on {day}.",
    ),
    "turn_outside": (
        "{day} 不在这张排班表的日期内，请改正后再公布。",
        "{day} lies outside the dates of this roster. Put it right and publish again.",
    ),
    "role_wanted": (
        "{name}不能上这个班：这个班由{roles}值守。",
        "{name} cannot take this shift: it is for {roles}.",
    ),
}
