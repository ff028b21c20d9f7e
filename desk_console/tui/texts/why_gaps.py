"""Why a month cannot be filled."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("为何排不满", "Why it cannot be filled"),
    "how": (
        "从最短的日期、最少的规定里找原因。固定的格子也算在内。",
        "The fewest dates and rules that make it so. Fixed cells count as well.",
    ),
    "begins": ("正在看……", "Looking ..."),
    "looking": ("{seconds} 秒  {what}", "{seconds} s  {what}"),
    "stop": ("停下/关闭", "Stop or close"),
    "smallest": (
        "以下几条合在一起就排不满，去掉任何一条都行：",
        "Together these leave no way to fill it; without any one of them there is a way:",
    ),
    "limits": (
        "以下规定合在一起就排不满（时间不够，没有证明是最少的）：",
        "Together these leave no way to fill it (not proved to be the fewest):",
    ),
    "not_found": (
        "没有证明排不满：多半只是还没排好。按 Ins 用自动优化再排一次。",
        "Nothing proves that it cannot be filled. Ins has the optimiser draft it again.",
    ),
    "stopped": ("已停下，还没有找到原因。", "Stopped before a reason was found."),
    "no_gap": ("本月没有空档。", "The month has no gap."),
}
