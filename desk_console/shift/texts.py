"""What the shift says to people: signing on and off, stepping out, checks, tasks, items."""

TEXTS: dict[str, tuple[str, str]] = {
    # Who holds the post.
    "kind_rostered": ("按排班当班", "rostered"),
    "kind_unrostered": ("按班次当班", "by the shift plan"),
    "kind_unlisted": ("未排班当班", "unrostered"),
    "kind_stand_in": ("代值", "standing in"),
    "kind_held_over": ("延时留岗，等待接班", "held over, waiting for relief"),
    "kind_emergency": ("紧急接岗", "took over in an emergency"),
    "kind_unmanned": ("无人到岗", "unmanned"),
    "kind_deserted": ("脱岗", "deserted"),
    "kind_closed": ("非值班时间", "outside duty hours"),
    # Signing on and off.
    "signed_on_already": ("{name}已经签到，不用再签。", "{name} is signed on already."),
    "not_signed_on": ("{name}还没有签到。", "{name} is not signed on."),
    "no_shift_now": (
        "现在没有可以签到的班次。班次开始前两小时内可以签到。",
        "No shift can be signed on for now. Sign-on opens two hours before a shift begins.",
    ),
    "no_shift_no_overtime": (
        "现在没有班次，也没有您已批准的加班，不能签到。加班先提申请（F5，Ctrl+A），批准后再来。",
        "No shift runs now, and no overtime of yours is approved. Ask for it beforehand "
        "(F5, Ctrl+A) and come when it is approved.",
    ),
    "relief_wanted": (
        "还没有人接班，不能离岗。请等接班人签到并完成交接；确需暂离，请先请人代值。",
        "Nobody has relieved you yet, so you cannot leave. Wait for the incoming person and hand "
        "over; if you must step out, have a stand-in sign on first.",
    ),
    "hours_not_over": (
        "值班时间到 {until} 为止，现在不能离岗。",
        "Duty hours run until {until}; the post cannot be left before.",
    ),
    "come_back_first": (
        "您外出期间由他人代值。请先返岗，再签退。",
        "Somebody is standing in for you. Come back first, then sign off.",
    ),
    "not_holder": (
        "现在当班的不是您，这一步由当班人来做。",
        "You do not hold the post; its holder does this.",
    ),
    "same_person": ("交班人和接班人不能是同一个人。", "One person cannot be on both sides."),
    "holder_is_out": (
        "当班人外出，正由他人代值。请等当班人返岗后再交接。",
        "The holder is out and somebody stands in. Wait until the holder is back, then hand over.",
    ),
    "incoming_not_signed_on": (
        "接班人还没有在这个岗位签到。",
        "The incoming person is not signed on at this post.",
    ),
    "close_by_handover": (
        "请先做打烊交接并签名，再签退。",
        "Complete and sign the closing of the post first, then sign off.",
    ),
    "gone_since": (
        "离岗时间应在 {since} 与 {until} 之间。",
        "The time lies between {since} and {until}.",
    ),
    "reason_wanted": ("请写明原因。", "State the reason."),
    # Stepping out.
    "stand_in_is_holder": (
        "当班人不能给自己代值，请另找一人。",
        "The holder cannot stand in: ask another person.",
    ),
    "stand_in_role": (
        "{name}不能代值：代值人员应是{roles}。",
        "{name} cannot stand in. Who may: {roles}.",
    ),
    "stand_in_stays": (
        "代值人员不能再请人代值。请等当班人返岗。",
        "A stand-in cannot step out in turn. Wait for the holder to come back.",
    ),
    "back_in_past": ("返岗时间要晚于现在。", "The time of return lies after now."),
    "back_after_end": (
        "返岗时间不能晚于本班结束 {until}：请定在下班前返岗，或先办交接再走。",
        "Be back before the shift ends at {until}, or hand over before you go.",
    ),
    "holds_another": ("{name}正在另一个岗位当班。", "{name} holds another post."),
    "not_out": ("{name}没有外出记录。", "{name} is not out."),
    "no_such_post": ("没有这个岗位。", "There is no such post."),
    "holds_already": ("这个岗位现在就由您当班。", "You hold this post already."),
    "no_reason_wanted": ("这里不需要补写原因。", "No reason is wanted here."),
    "not_your_reason": (
        "原因由紧急接岗的人自己补写。",
        "The one who took the post states the reason.",
    ),
    # Alarms on the live shift.
    "alarm_unmanned": (
        "岗位从 {since} 起无人值守，已 {span}",
        "The post has been unmanned since {since}: {span}",
    ),
    "alarm_deserted": (
        "岗位从 {since} 起脱岗，已 {span}",
        "The post was deserted at {since}: {span} ago",
    ),
    "alarm_held_over": (
        "接班人未到，{name}从 {since} 起延时留岗，已 {span}",
        "No relief came: {name} has been held over since {since}, {span}",
    ),
    "alarm_relief_is_here": (
        "接班人已到，还没有交接：{name}从 {since} 起延时留岗，已 {span}",
        "Relief is here and has not taken over: {name} has been held over since {since}, {span}",
    ),
    "alarm_not_closed": (
        "{name}的班已于 {until} 结束，岗位还没有关：请先办交接，再签退",
        "{name}'s shift ended at {until} and the post is not closed: hand over, then sign off",
    ),
    "alarm_closed": (
        "{name}的班已于 {until} 结束，收班已签名，可以签退了（Ctrl+O）",
        "{name}'s shift ended at {until} and its closing is signed: sign off (Ctrl+O)",
    ),
    "alarm_stand_in_late": (
        "{name}应在 {due} 返岗，仍由{stand_in}代值",
        "{name} was to be back at {due}; {stand_in} still stands in",
    ),
    "due_reason": (
        "请{name}写明为何紧急接岗",
        "{name} to say why the post was taken in an emergency",
    ),
    "alarm_not_started": (
        "开班检查还有 {count} 项未做，本班尚未算开始",
        "Opening checks to do: {count}; the shift does not count as started",
    ),
    "alarm_breach": (
        "{name}未在排班表上而签到，已记录",
        "{name} signed on without being on the roster; this is on record",
    ),
    # What is due.
    "due_opening": ("开班检查", "Opening checks"),
    "due_start": ("上岗自查", "Start-of-shift checks"),
    "due_tidy": ("交班前整理", "Tidy before the handover"),
    # Checks.
    "not_started": (
        "开班检查还有 {count} 项未做，本班还没开始：请先到当班画面“现在该做”里做完。来电照常记录。",
        "{count} opening checks wait, so the shift has not started: answer them first, under "
        "“To do now” on the live shift. Calls are logged all the same.",
    ),
    "check_incomplete": ("请填写中文名称。", "A name is wanted."),
    "check_twice": ("编号 {code} 已经有了。", "The code {code} is taken."),
    "check_kind": (
        "类型应是开班、上岗、整理或区域。",
        "The kind is opening, start, tidy or area.",
    ),
    "check_unknown": ("清单里没有这一项。", "The list has no such line."),
    "check_note_wanted": ("不正常的，请写明情况。", "Where it is not in order, say what is wrong."),
    # Tasks and rounds.
    "task_too_early": ("还没到时间，{due} 才到期。", "It is too early: this is due at {due}."),
    "task_missed": (
        "{due} 到期的这一次已经错过，已记为漏做。",
        "The run due at {due} was missed; it is on record as missed.",
    ),
    "task_count_wanted": ("请填写数量。", "State the number."),
    "task_done": ("这一次已经记为完成。", "This run is on record as done."),
    "task_unknown": ("没有这项到期的任务。", "No such task is due."),
    "task_without_time": (
        "请写明间隔分钟数或时刻。",
        "State the minutes between runs, or the times.",
    ),
    "task_incomplete": ("请填写名称。", "A name is wanted."),
    "task_two_ways": (
        "间隔和固定时间只填一样。",
        "Fill in either the minutes between or the times of day, not both.",
    ),
    "task_minutes": (
        "分钟数看不懂：{typed}。请填 1 到 1440 的数。",
        "These minutes cannot be read: {typed}. Write a number from 1 to 1440.",
    ),
    "task_time": (
        "时间看不懂：{typed}。请写成 08:00 12:00。",
        "This time cannot be read: {typed}. Write 08:00 12:00.",
    ),
    "route_unknown": ("没有这条路线。", "There is no such route."),
    "task_twice": ("编号 {code} 已经有了。", "The code {code} is taken."),
    "route_incomplete": (
        "请填写名称和至少一个点位。",
        "A name and at least one point are wanted.",
    ),
    "route_twice": ("编号 {code} 已经有了。", "The code {code} is taken."),
    "reminder_empty": ("请写明提醒什么。", "Say what to be reminded of."),
    "reminder_unknown": ("没有这条提醒。", "There is no such reminder."),
    # Items.
    "item_incomplete": ("请填写名称。", "A name is wanted."),
    "item_number": ("数量应是 0 到 1000000 的整数。", "The number is a whole one, 0 to 1,000,000."),
    "item_twice": ("编号 {code} 已经有了。", "The code {code} is taken."),
    "item_unknown": ("没有这件物品。", "There is no such item."),
    "item_short": ("{item}只剩 {balance}，不够发放。", "There are only {balance} of {item} left."),
    # Attendance against the roster.
    "mark_late": ("迟到", "late"),
    "mark_early": ("早退", "left early"),
    "mark_unhanded": ("未交接离岗", "no handover"),
    "mark_absent": ("缺勤", "absent"),
    "mark_held_over": ("延时在岗", "held over"),
    "mark_stand_in": ("代值", "stand-in"),
    "mark_swapped": ("按申请换班", "swapped"),
    "mark_taken_in": ("临时顶班", "taken in"),
    "mark_unrostered": ("未排班上岗", "unrostered"),
    "mark_overtime": ("加班已批", "overtime approved"),
    "mark_unapproved": ("加班未批", "unapproved hours"),
}
