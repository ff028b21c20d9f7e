"""Beginning a draft: from where, and how long the optimiser may take."""

TEXTS: dict[str, tuple[str, str]] = {
    "is_published": (
        "这个月已公布。重新公布由主管决定，须写理由；换人、请假可走申请。",
        "This month is published. To publish it again is for the supervisor and needs a reason; "
        "leave and swaps go by request.",
    ),
    "there_is": (
        "已有草案，{name} {at} 改过。只改几格就按 Esc，在表上改；重新排只留固定的班。",
        "There is a draft, changed by {name} at {at}. To change some cells of it, Esc; begun anew, "
        "only its fixed cells stay.",
    ),
    "anew_title": ("重新排会换掉现有草案", "Beginning anew replaces the draft"),
    "anew_ask": (
        "{name} {at} 改过的草案里，{free} 个班没有固定，会被换掉，找不回来；"
        "固定的 {fixed} 个不动。",
        "Of the draft that {name} changed at {at}, {free} shifts are not fixed: they are replaced "
        "and cannot be brought back. Fixed ones ({fixed}) stay.",
    ),
    "anew_yes": ("重新排", "Begin anew"),
    "anew_no": ("留着草案", "Keep the draft"),
    "title": ("编制排班", "Draft a roster"),
    "said": (
        "{first} 至 {last}。公布之前，草案不影响任何人。",
        "{first} to {last}. A draft is nobody's duty until it is published.",
    ),
    "rules": ("依据：{rules}", "By the regulation: {rules}"),
    "by_rotation": ("按顺序轮流（第 {clause} 条）", "turns in order (clause {clause})"),
    "by_weekend_turns": ("周末轮班（第 {clause} 条）", "weekends in turns (clause {clause})"),
    "by_workload": (
        "兼顾工作量（第 {clause} 条）",
        "the work of each shift (clause {clause})",
    ),
    "method": ("从哪里开始", "Begin with"),
    "seconds": ("最多用时", "At most"),
    "in": ("{seconds} 秒", "{seconds} s"),
    "hand": ("空白，手工排", "an empty sheet, by hand"),
    "rotation": ("按轮换顺序排", "the rotation"),
    "optimiser": ("自动优化", "the optimiser"),
    "published": ("已公布的排班", "what is published"),
}
