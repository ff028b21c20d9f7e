"""Mending an absence: the ways that change least."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("几天来不了：改动最少的排法", "Away for days: ways that change least"),
    "said": (
        "{name}请假、生病。改动最少的排法排在前面，采用后通知每个有变动的人。",
        "{name} is away. What changes least stands first; whoever it concerns is told.",
    ),
    "said_clause": (
        "{name}请假、生病，由主管安排顶班（第 {clause} 条）。改动最少的排法在前。",
        "{name} is away; the supervisor names the cover (clause {clause}). Least changes first.",
    ),
    "shift": ("班次", "Shift"),
    "way_0": ("方案一", "Way 1"),
    "way_1": ("方案二", "Way 2"),
    "way_2": ("方案三", "Way 3"),
    "take": ("采用", "Take"),
    "seeking": (
        "正在找，{seconds} 秒，已有 {count} 种，可以先选",
        "looking, {seconds} s, {count} found: one may be taken now",
    ),
    "found": ("找到 {count} 种排法", "{count} ways found"),
    "none": (
        "没有人能顶。请先放宽规定、增加人手，或逐班用“有人来不了”。",
        "Nobody can take it over. Ease a rule, add somebody, or use “cannot come” shift by shift.",
    ),
    "running": (
        "正在上的班不在其中：在那一格按 Ctrl+X 换人。",
        "The shift that runs now stays: on its cell press Ctrl+X.",
    ),
    "not_yet": ("还在找，请等第一种排法。", "Still looking: wait for the first way."),
    "again": (
        "日期改过，已重新找，请看过再采用。",
        "The days were changed: the ways are sought anew. Look, then take one.",
    ),
    "row_changes": ("改动", "Shifts changed"),
    "row_cost": ("评分", "Score"),
    "row_breaches": ("违反规定", "Rules broken"),
    "shifts": ("{count} 个班", "{count}"),
    "worse": ("多扣 {points} 分", "{points} worse"),
    "better": ("少扣 {points} 分", "{points} better"),
    "same": ("不变", "as before"),
    "broken": ("{count} 处", "{count}"),
    "unchanged": ("不变", "unchanged"),
    "missing": ("缺人", "nobody"),
    "done": (
        "已改排，{name}记为请假，有变动的人都会收到通知。",
        "Mended. {name} is on leave; everybody concerned is told.",
    ),
    "published_only": (
        "缺勤改排改的是已公布的排班：按 Ctrl+R 换到已公布的。",
        "An absence is mended in what is published: Ctrl+R shows it.",
    ),
}
