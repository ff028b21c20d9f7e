"""What the app itself says: clauses, the end, the mask."""

TEXTS: dict[str, tuple[str, str]] = {
    "cited": ("{words}（第 {clause} 条）", "{words} (clause {clause})"),
    "cited_several": ("{words}（第 {clause} 条）", "{words} (clauses {clause})"),
    "clause": ("（第 {clause} 条）", " (clause {clause})"),
    "clauses": ("（第 {clause} 条）", " (clauses {clause})"),
    "clause_alone": ("第 {clause} 条", "clause {clause}"),
    "clause_below": ("依据第 {clause} 条，按 F1 看全文。", "Under clause {clause}: F1 shows it."),
    "crashed": (
        "程序出错，已退出。写好的记录都在，正在填的在草稿里。错误位置已记入 {file}",
        "The program failed and has ended. What was saved is safe, what was being typed is kept "
        "as a draft. Where it failed is written down in {file}",
    ),
    "nobody_to_lock": (
        "本机还没有人签到，不用锁屏。",
        "Nobody is signed on here: nothing to lock.",
    ),
    "locked": ("已锁屏", "Locked"),
    "locked_counts": (
        "待办 {open} 项，超时 {overdue} 项；现在该做 {due} 项",
        "Open matters: {open}, {overdue} overdue; to do now: {due}",
    ),
    "locked_pin": ("输入密码返回", "Your PIN to return"),
    "locked_wrong": ("密码不对。", "That is not the PIN."),
    "locked_other": ("换人请按 Ctrl+N", "Ctrl+N for another person"),
    "checking": ("正在核对……", "Checking ..."),
    "pin_wrong_of": ("{name}的密码不对。", "That is not the PIN of {name}."),
    "of_whom": ("{name}：{said}", "{name}: {said}"),
    "wait": ("请等 {seconds} 秒再输", "Wait {seconds} seconds"),
    "command_language": ("切换中文和英文", "Switch between Chinese and English"),
    "command_training": ("培训与资格", "Training and qualifications"),
    "command_logbook": ("值班记录", "Logbook"),
    "command_handovers": ("交接班档案", "Handover book"),
    "command_erase": ("依令删除住户资料", "Erase a resident's data by order"),
    "command_outbox": ("发件箱", "Outbox"),
}
