"""What the question who was on duty at a moment says."""

TEXTS: dict[str, tuple[str, str]] = {
    "key": ("某一时刻", "At a moment"),
    "title": ("当时谁在岗", "Who was on duty at a moment"),
    "how": (
        "写上时间，如 14:30、26 9:00、11-26 9:00、2026-03-02 9:00。",
        "Type when: 14:30, 26 9:00, 11-26 9:00 or 2026-03-02 9:00.",
    ),
    "when": ("时间", "When"),
    "not_yet": ("这个时间还没到。", "That moment has not come yet."),
    "rostered": ("{at} 按当时的排班", "{at}, as rostered then"),
    "rostered_none": ("{at} 当时没有排班", "{at}, nobody was rostered"),
    "shift": ("{shift} {begins}-{ends}：{names}", "{shift} {begins}-{ends}: {names}"),
    "held": ("实际", "As it was"),
    "post": ("{post}：{name}，{kind}，{since} 起", "{post}: {name}, {kind}, from {since}"),
    "post_until": (
        "{post}：{name}，{kind}，{since} 至 {until}",
        "{post}: {name}, {kind}, {since} to {until}",
    ),
    "post_nobody": ("{post}：{kind}", "{post}: {kind}"),
    "held_none": ("没有在岗记录", "no post was held on record"),
    "present": ("签到在场：{names}", "Signed on: {names}"),
    "present_none": ("没有人签到在场", "nobody was signed on"),
}
