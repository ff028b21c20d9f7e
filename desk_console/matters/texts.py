"""What the console says about matters."""

TEXTS: dict[str, tuple[str, str]] = {
    "importance_normal": ("一般", "normal"),
    "importance_important": ("重要", "important"),
    "importance_major": ("重大", "major"),
    "urgent": ("急", "urgent"),
    "what_opened": ("登记", "opened"),
    "what_owner": ("转交", "passed on"),
    "what_importance": ("改重要程度", "importance changed"),
    "what_progress": ("进展", "progress"),
    "what_closed": ("办结", "closed"),
    "change": ("{name}：{what}", "{name}: {what}"),
    "unknown": ("没有这件待办。", "There is no such matter."),
    "stale": (
        "这件事刚有变动：{changes}。请看过最新内容再办。",
        "This matter has just changed: {changes}. Look at it as it is now, then act.",
    ),
    "closed_already": ("这件事已经办结。", "This matter is closed."),
    "words_wanted": ("请写明进展。", "Say what was done."),
    "result_wanted": (
        "请写明处理结果，才能办结。",
        "State the result; without it the matter cannot close.",
    ),
    "answer_wanted": (
        "请写明怎样答复了来电人，才能办结。",
        "Say what the caller was told; without an answer the matter cannot close.",
    ),
}
