"""What the list of training and qualifications says."""

TEXTS: dict[str, tuple[str, str]] = {
    "title_all": ("培训与资格", "Training and qualifications"),
    "demanded": (
        "没有有效资格的人不能单独排班（第 {clause} 条）。快到期的排在前面。",
        "Nobody is rostered alone without it (clause {clause}). What runs out soon stands first.",
    ),
    "known": (
        "谁学过什么、会哪些语言，记录在案（第 {clause} 条）。快到期的排在前面。",
        "What each has learnt and speaks is on record (clause {clause}). What runs out soon stands "
        "first.",
    ),
    "free": (
        "本中心的制度不要求资格，记录备查。",
        "The regulation here demands none; kept for reference.",
    ),
    "may": ("能否排班", "On duty"),
    "alone": ("可单独", "alone"),
    "beside": ("须有人带", "beside others"),
    "not": ("不能", "not"),
    "title": ("名称", "Name of it"),
    "days": ("有效期", "Valid"),
    "for_good": ("长期", "for good"),
    "from": ("从哪天", "From"),
    "until": ("到哪天", "Until"),
    "from_hint": ("如 2026-03-02，不填是今天", "like 2026-03-02; empty means today"),
    "until_hint": ("不填是长期有效", "empty means for good"),
    "over": ("已过期", "ended"),
    "runs_out": ("快到期", "ends soon"),
    "add": ("登记培训", "Add training"),
    "end": ("终止", "End it"),
    "post": ("上岗资格", "qualification"),
    "onboarding": ("新人培训", "first training"),
    "course": ("课程", "course"),
    "language": ("语言", "language"),
}
