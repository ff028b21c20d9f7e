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
        "{name} cannot take this shift. Roles that may: {roles}.",
    ),
    "named": ("{zh}", "{en}"),
    "shift_at_post": ("{shift}·{post}", "{shift}, {post}"),
    # What a check finds. One text for each rule of `breaches.Rule`.
    "breach_gap": ("{first} {shift}没有人", "{first} {shift}: nobody"),
    "breach_short": (
        "{first} {shift}要 {limit} 人，只有 {found} 人",
        "{first} {shift}: {found} of {limit} people",
    ),
    "breach_crowded": (
        "{first} {shift}最多 {limit} 人，排了 {found} 人",
        "{first} {shift}: {found} people, room for {limit}",
    ),
    "breach_uncovered": (
        "{first} 有一段时间没有班次",
        "{first}: some minutes lie in no shift",
    ),
    "breach_within": (
        "{first} {shift}由{name}值守，但{name}不在当日的班上",
        "{first} {shift}: {name} is not on the shift that it belongs to",
    ),
    "breach_no_shift": ("{first} 没有{shift}", "{first}: no {shift} runs that day"),
    "breach_no_member": ("{first} 排了不能排班的人", "{first}: somebody who cannot be rostered"),
    "breach_role": (
        "{first} {name}的角色不能上{shift}",
        "{first} {name} lacks the role for {shift}",
    ),
    "breach_unqualified": (
        "{first} {name}没有有效的上岗资格",
        "{first} {name} holds no valid qualification",
    ),
    "breach_alone": (
        "{first} {name}还在培训，不能单独上{shift}",
        "{first} {name} is still in training, alone on {shift}",
    ),
    "breach_unreachable": ("{name}没有电话号码", "{name} has no telephone number"),
    "breach_leave": ("{first} {name}请假", "{first} {name} is on leave"),
    "breach_gone": ("{first} {name}不在职", "{first} {name} does not work here then"),
    "breach_pinned": ("{first} {name}的固定格被改动", "{first} a fixed cell of {name} was changed"),
    "breach_overlap": (
        "{first} {name}同时排了两个班",
        "{first} {name} has two shifts at once",
    ),
    "breach_twice_a_day": (
        "{first} {name}一天排了两个班",
        "{first} {name} has two shifts on one day",
    ),
    "breach_rest": (
        "{first} {name}两班之间只休息 {found} 小时，至少 {limit} 小时",
        "{first} {name} rests {found} h of {limit} between shifts",
    ),
    "breach_succession": (
        "{last} {name}不能接着前一天的班上{shift}",
        "{last} {name}: {shift} may not follow the day before's",
    ),
    "breach_longest_run": (
        "{first} 起{name}连上 {found} 天，最多 {limit} 天",
        "from {first} {name} works {found} days in a row, at most {limit}",
    ),
    "breach_shortest_run": (
        "{first} 起{name}只连上 {found} 天，至少 {limit} 天",
        "from {first} {name} works {found} days in a row, at least {limit}",
    ),
    "breach_shortest_break": (
        "{first} 起{name}只连休 {found} 天，至少 {limit} 天",
        "from {first} {name} has {found} days off together, at least {limit}",
    ),
    "breach_most_weekends": (
        "{name}上 {found} 个周末，最多 {limit} 个",
        "{name} works {found} weekends, at most {limit}",
    ),
    "breach_most_minutes": (
        "{name}排了 {found} 小时，最多 {limit} 小时",
        "{name} has {found} h, at most {limit}",
    ),
    "breach_least_minutes": (
        "{name}只排了 {found} 小时，至少 {limit} 小时",
        "{name} has {found} h, at least {limit}",
    ),
    "breach_most_shifts": (
        "{name}上 {found} 次{shift}，最多 {limit} 次",
        "{name} has {found} of {shift}, at most {limit}",
    ),
    "breach_law_week": (
        "{name}平均每周 {found} 小时，超过 {limit} 小时",
        "{name} works {found} h a week on average, over {limit}",
    ),
    "breach_law_rest_day": (
        "{first} 起{name}连上 {found} 天，没有休息日",
        "from {first} {name} works {found} days without a day off",
    ),
    "breach_law_overtime": (
        "{name}加班 {found} 小时，超过 {limit} 小时",
        "{name} has {found} h of overtime, over {limit}",
    ),
    "turn": ("{day} {weekday} {shift} {begins}-{ends}", "{day} {weekday} {shift} {begins}-{ends}"),
    "and_more": ("另有 {count} 班", "{count} more"),
    "none": ("无", "none"),
    "weekday_0": ("周一", "Mon"),
    "weekday_1": ("周二", "Tue"),
    "weekday_2": ("周三", "Wed"),
    "weekday_3": ("周四", "Thu"),
    "weekday_4": ("周五", "Fri"),
    "weekday_5": ("周六", "Sat"),
    "weekday_6": ("周日", "Sun"),
    # Drafting.
    "period_over": (
        "到 {day} 为止的排班已经过去，不能再排。",
        "The period until {day} is over: it cannot be drafted any more.",
    ),
    "draft_open": (
        "这段日期已有{name}在编制的草案，请打开那一份。",
        "{name} has begun a draft of these dates: open that one.",
    ),
    "nothing_changed": (
        "和已公布的一样，不用再公布一次。先改草案，或按 Ctrl+D 作废。",
        "It is what is published already. Change the draft first, or discard it with Ctrl+D.",
    ),
    "draft_closed": (
        "这份草案已经公布或作废，请重新打开排班。",
        "This draft was published or thrown away. Open the roster again.",
    ),
    "draft_changed": (
        "{name}在 {at} 改过这份草案，请看过新内容再操作。",
        "{name} changed this draft at {at}. Look at it as it is now, then act again.",
    ),
    "already_begun": (
        "这个班 {at} 已经开始，草案不能再改；临时换人请用“有人来不了”。",
        "This shift began at {at}: no draft changes it. Use “cannot come” to replace somebody.",
    ),
    "cell_fixed": (
        "{name}的这一格已固定，请先取消固定。",
        "This cell of {name} is fixed. Let it go first.",
    ),
    "cell_empty": ("这一格没有人。", "Nobody is in this cell."),
    # Publication.
    "publish_refused": (
        "不能公布：{what}。共 {count} 处要改。",
        "Not published: {what}. {count} to be mended.",
    ),
    "breach_reason_wanted": (
        "{what}（共 {count} 处）。要照此公布，请写明理由。",
        "{what} ({count} in all). To publish it like this, say why.",
    ),
    "late_reason_wanted": (
        "本应在 {day} 前公布，现在已晚，请写明理由。",
        "It was to be published by {day} and is late: say why.",
    ),
    "change_reason_wanted": (
        "这份草案改动已公布的班 {count} 处，请写明理由。",
        "This draft changes what is published in {count} places: say why.",
    ),
    "would_undo": (
        "这份草案编制之后，{name}的班改过：{turn}。照此公布会改回去；请在草案里照着改，"
        "或作废后从已公布的重新编制。",
        "Since this draft was begun the published roster was changed for {name}: {turn}. "
        "Publishing it would undo that. Follow the change in the draft, or begin anew from what "
        "is published.",
    ),
    "history_differs": (
        "{day} 的班已经开始，草案与已公布的不一致，请重新编制。",
        "A shift of {day} has begun and the draft differs from what was published. Draft it anew.",
    ),
    "mail_published_subject": (
        "{site}排班表 {first} 至 {last}",
        "{site}: roster from {first} to {last}",
    ),
    "mail_published_body": (
        "{name}，您好：\n\n{first} 至 {last} 的排班表已公布。您的班：{added}。\n"
        "不再由您值的班：{removed}。\n\n附件是日历文件，可导入手机。下次上岗签到时请在值班台上确认阅知。",
        "Dear {name},\n\nThe roster from {first} to {last} has been published. "
        "Your shifts: {added}.\nNo longer yours: {removed}.\n\n"
        "The file attached is for your calendar. Please take note of it at the console when you "
        "next sign on.",
    ),
    "mail_changed_subject": ("{site}排班变更", "{site}: your roster has changed"),
    "mail_changed_body": (
        "{name}，您好：\n\n您的排班有变更。新增：{added}。取消：{removed}。\n\n"
        "附件是日历文件，可导入手机。下次上岗签到时请在值班台上确认阅知。",
        "Dear {name},\n\nYour roster has changed. Added: {added}. Taken off: {removed}.\n\n"
        "The file attached is for your calendar. Please take note of it at the console when you "
        "next sign on.",
    ),
    # Requests.
    "kind_leave": ("请假", "Leave"),
    "kind_swap": ("换班", "Swap"),
    "kind_overtime": ("加班", "Overtime"),
    "state_asked": ("待处理", "asked"),
    "state_agreed": ("对方已同意，待批", "agreed, to be approved"),
    "state_declined": ("对方未同意", "declined"),
    "state_refused": ("未批准", "refused"),
    "state_withdrawn": ("已撤回", "withdrawn"),
    "state_applied": ("已批准，已生效", "approved, in force"),
    "asked_too_late": (
        "{at} 起不能再申请，请找{role}当场安排。",
        "It is too late since {at}: see the {role}, who can act at once.",
    ),
    "own_duty": (
        "这是本人的班，须由别的主管换人。",
        "This is a duty of your own: another supervisor replaces you.",
    ),
    "own_request": (
        "自己提出的或自己参与的申请，须由别的主管审批。",
        "Nobody decides a request of their own: another supervisor does.",
    ),
    "request_settled": (
        "这份申请已有结果：{state}。",
        "This request is settled: {state}.",
    ),
    "request_changed": (
        "这份申请刚有变化，请看过再操作。",
        "This request has just changed. Look at it again, then act.",
    ),
    "no_such_request": ("没有这份申请。", "There is no such request."),
    "no_partner_wanted": (
        "这份申请不需要对方同意。",
        "This request does not wait for a partner.",
    ),
    "partner_wanted": (
        "换班须对方先同意，主管才能批准。",
        "The partner agrees to a swap first, then the supervisor can approve it.",
    ),
    "not_the_partner": (
        "只有被换班的本人能答复。",
        "Only the partner themselves can answer this.",
    ),
    "not_the_asker": ("只有申请人能撤回。", "Only the one who asked can withdraw it."),
    "no_such_partner": ("请选一位在职的同事换班。", "Choose a colleague to swap with."),
    "duty_changed": (
        "这个班已不是原来的安排，请重新选择。",
        "This duty is not as it was. Choose again.",
    ),
    "days_reversed": ("末日早于首日，请改正。", "The last day lies before the first."),
    "reason_wanted": ("请写明理由。", "Say why."),
    "overtime_minutes": (
        "加班时长须在 1 至 {limit} 分钟之间。",
        "Overtime is between 1 and {limit} minutes.",
    ),
    "overtime_from": (
        "这一天没有您的班：请写明加班从几点开始，如 14:00。",
        "You have no shift on that day: say from when you would work, for instance 14:00.",
    ),
    "overtime_past": (
        "加班须事前申请：{at} 已经过了，请写一个还没到的时间。",
        "Overtime is asked for beforehand, and {at} has passed: name a time still to come.",
    ),
    "overtime_over": (
        "{day} 已过，加班须事前批准；已做的按未批准记在考勤里。",
        "{day} is over: overtime is approved beforehand. What was worked stays on record as "
        "unapproved.",
    ),
    "leave_over": (
        "{day} 已过，这天的假不能再请、再批。",
        "{day} is over: leave for it is neither asked nor granted any more.",
    ),
    "overtime_shift_gone": (
        "{day} 的班已改由别人上，这份加班没有班可延长。请不批准，需要时另行申请。",
        "The shift of {day} was given to somebody else: there is none to prolong. Refuse it; "
        "overtime without a shift is asked for anew.",
    ),
    "overtime_begun": (
        "{day} 已经到岗，加班须事前批准；已做的按未批准记在考勤里。",
        "Whoever asks has come to work on {day} already: overtime is approved beforehand. What was "
        "worked stays on record as unapproved.",
    ),
    "leave_uncovered": (
        "{day} {shift}还没有人顶班，不能批准。",
        "Not approved: nobody covers {shift} on {day} yet.",
    ),
    "change_refused": (
        "不能这样换：{what}。",
        "This cannot be changed so: {what}.",
    ),
    "absence_no_duty": (
        "{first} 至 {last} 此人没有尚未开始的班，不用改排。",
        "No duty of theirs lies ahead between {first} and {last}: nothing is to be mended.",
    ),
    "not_your_news": ("这条变更不是您的。", "This piece of news is another person's."),
    # Why: what makes a gap, a month or a choice.
    "reason_gap": ("{day} {shift}要有人", "{shift} on {day} wants somebody"),
    "reason_gaps": (
        "{first} 至 {last} 的 {count} 个班都要有人",
        "{count} shifts from {first} to {last} all want somebody",
    ),
    "reason_clause": ("{what}（第 {clause} 条）", "{what} (clause {clause})"),
    "reason_on": ("{day}：{what}", "{day}: {what}"),
    "reason_between": ("{first} 至 {last}：{what}", "{first} to {last}: {what}"),
    "reason_leave": ("{names}请假", "on leave: {names}"),
    "reason_gone": ("{names}不在职", "not employed: {names}"),
    "reason_unqualified": ("{names}没有有效的上岗资格", "no valid qualification: {names}"),
    "reason_unreachable": ("{names}没有电话号码", "no telephone number: {names}"),
    "reason_alone": ("{names}在培训期，不能单独值班", "still in training, not alone: {names}"),
    "reason_pinned": ("{names}的格子已固定", "fixed cells: {names}"),
    "reason_crowded": ("这个班已经够人", "the shift has all the people it takes"),
    "reason_within": ("{names}不在这个班上", "not on that shift: {names}"),
    "reason_overlap": ("{names}同一时间另有班", "on another duty at that time: {names}"),
    "reason_twice_a_day": ("{names}当天已有班", "already on duty that day: {names}"),
    "reason_rest": ("{names}两班之间休息不够", "too little rest between duties: {names}"),
    "reason_succession": (
        "{names}前后两天的班次不能相接",
        "shifts that may not follow each other: {names}",
    ),
    "reason_longest_run": ("{names}连续上班到了上限", "as many days in a row as allowed: {names}"),
    "reason_shortest_run": ("{names}连续上班不得少于规定", "least days in a row: {names}"),
    "reason_shortest_break": ("{names}连续休息不得少于规定", "least days off together: {names}"),
    "reason_most_weekends": ("{names}周末班到了上限", "as many weekends as allowed: {names}"),
    "reason_most_minutes": ("{names}工时到了上限", "as many hours as allowed: {names}"),
    "reason_least_minutes": ("{names}工时不得少于规定", "least hours: {names}"),
    "reason_most_shifts": ("{names}这种班到了上限", "as many such shifts as allowed: {names}"),
    "looking_whether": ("正在看能不能排满", "seeing whether it can be filled"),
    "looking_dates": (
        "正在找排不满的最短一段：{first} 至 {last}",
        "seeking the fewest dates that cannot be filled: {first} to {last}",
    ),
    "looking_rules": (
        "{first} 至 {last} 排不满，正在找最少的原因",
        "{first} to {last} cannot be filled; seeking the fewest reasons",
    ),
    "why_pinned": ("这一格是人工固定的", "fixed by hand"),
    "why_turn": ("按顺序轮到此人", "it is their turn"),
    "why_wished": ("本人希望上这个班", "they asked for it"),
    "why_only_one": ("按规定没有别人能上", "the rules leave nobody else"),
    "why_dearer": (
        "换成{name}，整表会差 {cost} 分",
        "with {name} instead the roster would be {cost} points worse",
    ),
    "why_as_good": ("换成{name}也一样好", "{name} would do as well"),
    # What a roster's quality is made of; less is better.
    "part_under": ("缺人", "missing people"),
    "part_over": ("多排", "too many people"),
    "part_wishes": ("未满足的意愿", "unmet wishes"),
    "part_turns": ("未按顺序轮班", "out of turn"),
    "part_nights": ("夜班不均", "uneven nights"),
    "part_weekends": ("周末班不均", "uneven weekends"),
    "part_holidays": ("节假日班不均", "uneven holidays"),
    "part_minutes": ("工时不均", "uneven hours"),
    "part_workload": ("工作量不均", "uneven workload"),
    # How a drafting ended.
    "ending_proved": ("已证明没有更好的排法", "proved: nothing better exists"),
    "ending_out_of_time": ("时间到，这是目前最好的", "out of time: the best so far"),
    "ending_stopped": ("已停下，这是目前最好的", "stopped: the best so far"),
    "ending_impossible": (
        "规定不能同时满足，这份违反得最少",
        "the rules cannot all be kept: this breaks the fewest found",
    ),
    "ending_lost": (
        "排班程序中途退出，这是退出前最好的",
        "the search broke off: the best until then",
    ),
    "draft_none": ("{month} 没有草案。", "There is no draft of {month}."),
    # Rosters from a file.
    "import_shift": ("没有班次“{name}”。", "There is no shift “{name}”."),
    "import_person": ("没有工号或姓名为“{name}”的人。", "Nobody has the number or name “{name}”."),
    "import_months": (
        "文件里的日期须在同一个月内。",
        "All dates of the file must lie in one month.",
    ),
    "import_twice": ("同一个班写了两次。", "The same turn stands there twice."),
}
