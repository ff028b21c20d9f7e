"""What the handover says to people."""

TEXTS: dict[str, tuple[str, str]] = {
    # The steps, the sides, the kinds.
    "step_present": ("双方到场", "Both here"),
    "step_tidy": ("整理", "Tidy"),
    "step_items": ("物品清点", "Items"),
    "step_record": ("查阅记录", "Record"),
    "step_matters": ("待办移交", "Open matters"),
    "step_area": ("区域检查", "Area"),
    "step_blocking": ("重要未完", "Blocking"),
    "step_sign": ("双方签名", "Sign"),
    "side_outgoing": ("交班人", "the outgoing person"),
    "side_incoming": ("接班人", "the incoming person"),
    "side_witness": ("监交人", "the witness"),
    "side_supervisor": ("主管", "a supervisor"),
    "shift_of": ("{post} {plan}", "{post}, {plan}"),
    "findable": ("交接班", "handover"),
    "kind_regular": ("正常交接", "regular"),
    "kind_short": ("班中换人", "relief in mid-shift"),
    "kind_acting": ("主管代交", "a supervisor acts"),
    "kind_apart": ("打烊交接", "closing to opening"),
    "stage_open": ("进行中", "under way"),
    "stage_signed": ("交班人已签", "signed by the outgoing person"),
    "stage_sealed": ("已封存", "sealed"),
    "stage_dropped": ("已取消", "called off"),
    "severity_normal": ("一般", "normal"),
    "severity_watch": ("关注", "watch"),
    "severity_urgent": ("紧急", "urgent"),
    "condition_good": ("完好", "good"),
    "condition_damaged": ("损坏", "damaged"),
    "matter": ("{title}", "{title}"),
    "matter_found": ("{by}  {what}", "{by}  {what}"),
    "missed_call": ("{kind} {title}", "{kind} {title}"),
    "condition_some": ("坏 {damaged}", "{damaged} bad"),
    "category_corrected": ("{now}（原记{was}）", "{now} (first logged as {was})"),
    # The meaning of each signature: these words stand in the signed bytes, in both languages.
    "meaning_outgoing": (
        "交班：以上内容属实，物品、记录和未办事项均已如实交代",
        "Handing over: this is true, and the items, the record and what is unfinished were told "
        "as they are",
    ),
    "meaning_acting": (
        "代交：交班人不在场，本人以主管身份代为交班，以上内容是本人所知的实情",
        "Acting for the absent outgoing person, as a supervisor and in my own name: this is true "
        "as far as I know",
    ),
    "meaning_witness": (
        "监交：本人在场见证了这次交接",
        "Witness: this handover was made in my presence",
    ),
    "meaning_incoming": (
        "接班：以上内容已逐项核对、阅知，本人从现在起当班",
        "Taking over: all of this was checked and read, and the duty is mine from now on",
    ),
    "meaning_alone": (
        "自行接班：岗位由本人关闭、由本人开启，以上内容由本人单独清点、核对、阅知，本人从现在起当班",
        "Taking over alone: I closed this post and open it again myself, counted, checked and read "
        "all of this by myself, and the duty is mine from now on",
    ),
    "meaning_release": (
        "放行：同意带着这件重要未完事项交班",
        "Release: the post may be handed over with this important matter unfinished",
    ),
    "meaning_note": (
        "补记：封存后另加，原记录不变",
        "Note: added after sealing, beside the record",
    ),
    "meaning_outgoing_uncounted": (
        "交班：以上内容属实，记录和未办事项均已如实交代",
        "Handing over: this is true, and the record and what is unfinished were told as they are",
    ),
    "meaning_alone_uncounted": (
        "自行接班：岗位由本人关闭、由本人开启，以上内容由本人单独核对、阅知，本人从现在起当班",
        "Taking over alone: I closed this post and open it again myself, checked and read all of "
        "this by myself, and the duty is mine from now on",
    ),
    # What is left.
    "item_retired": ("停用前清点", "last count"),
    "lack_opening": (
        "开班检查还有 {count} 项没做，本班尚未算开始：请交班人在当班画面（F3）补做，没做的照实写。",
        "{count} opening checks are unanswered, so this shift has not started: the outgoing person "
        "answers them on the live shift (F3), and says what was not done.",
    ),
    "lack_incoming": (
        "接班人还没有到。请接班人签到并进入交接。",
        "The incoming person is not here yet: they sign on and come to the handover.",
    ),
    "lack_fit": (
        "{name}还没有回答上岗自查里的精神状态一项。",
        "{name} has not yet answered whether they are fit for duty.",
    ),
    "lack_unfit": (
        "{name}自述状态不宜当班，不能接班。请主管另行安排。",
        "{name} is not fit for duty and cannot take over. A supervisor finds somebody else.",
    ),
    "lack_tidy": (
        "整理还有 {count} 项没有确认，由交班人确认。",
        "Tidying: {count} still to be answered by the outgoing person.",
    ),
    "lack_counts": (
        "还有 {count} 件物品没有清点。",
        "Items not counted yet: {count}.",
    ),
    "lack_explained": (
        "{items}数量或状况不符，由交班人说明情况、原因、去向和跟进人。",
        "{items}: what was found differs. The outgoing person says what, why, where it went and "
        "who follows it up.",
    ),
    "lack_told": (
        "{items}数量或状况不符，由交班人说明情况、原因和跟进人。",
        "{items}: what was found differs. The outgoing person says what, why and who follows it "
        "up.",
    ),
    "lack_summary": (
        "交班人还没有写本班小结。",
        "The outgoing person has not yet summed up the shift.",
    ),
    "lack_outcome": (
        "有 {count} 条异常记录没有处理结果，也没有移交。",
        "Abnormal entries with neither a result nor anybody to hand them to: {count}.",
    ),
    "lack_read": (
        "接班人还有 {count} 条记录没有看。",
        "Entries the incoming person has still to read: {count}.",
    ),
    "lack_stated": (
        "还有 {count} 件待办，交班人没有说明现状和下一步。",
        "Open matters the outgoing person has still to tell of (how it stands, what is "
        "next): {count}.",
    ),
    "lack_converted": (
        "夜间遗留还有 {count} 件没有转办，由接班人转成工作单、投诉记录或任务。",
        "Left by the night, for the incoming person to turn into orders, complaint records "
        "or tasks: {count}.",
    ),
    "lack_acknowledged": (
        "还有 {count} 件待办，接班人没有确认阅知。",
        "Open matters the incoming person has still to acknowledge: {count}.",
    ),
    "lack_read_back": (
        "还有 {count} 件关注或紧急的待办，接班人没有复述。",
        "Watched matters the incoming person has still to say back: {count}.",
    ),
    "lack_accepted": (
        "还有 {count} 件复述，交班人没有确认。",
        "Read-backs the outgoing person has still to accept: {count}.",
    ),
    "lack_area": (
        "区域检查还有 {count} 处没有看，由接班人检查。",
        "Points of the area the incoming person has still to look at: {count}.",
    ),
    "lack_area_explained": (
        "有 {count} 处异常，由交班人说明。",
        "Points found abnormal that the outgoing person has still to explain: {count}.",
    ),
    "lack_report": (
        "还没有按规定上报：{titles}。重大事项报到最高一级并得到答复，突发险情先上报，才能交班。",
        "Not reported as it must be: {titles}. A major matter waits for the top's answer, an "
        "emergency for its first report, before the post is handed over.",
    ),
    "lack_blocking": (
        "重要工作还没有办完：{titles}。请先办结；确实办不完的，由主管写明原因、指定新的负责人并"
        "用自己的密码放行。",
        "Important work is unfinished: {titles}. Finish it first; where that cannot be, a "
        "supervisor releases it with a reason, a new owner and their own PIN.",
    ),
    # Opening.
    "unknown": ("没有这次交接。", "There is no such handover."),
    "over_sealed": (
        "这次交接已经双方签名封存。",
        "This handover is signed by both, and sealed.",
    ),
    "over_dropped": ("这次交接已经取消。", "This handover was called off."),
    "overtaken": (
        "岗位已由他人当班，这次交接作废。请重新开始交接。",
        "Somebody else holds the post by now; this handover no longer counts. Begin a new one.",
    ),
    "nobody_holds": (
        "这个岗位现在没有当班人，直接签到即可接岗。",
        "Nobody holds this post: sign on to take it.",
    ),
    "early_reason": (
        "{opens} 起可以交接。现在就要交接的，请写明原因。",
        "The handover opens at {opens}. To begin now, state the reason.",
    ),
    "short_reason": ("班中换人请写明原因。", "A relief in mid-shift wants its reason."),
    "acting_reason": ("代交请写明原因。", "Acting for somebody wants its reason."),
    "acts_for_self": (
        "您就是当班人，请按正常方式交班。",
        "You hold the post yourself: hand it over in your own right.",
    ),
    "acting_signs_on": (
        "请先在这个岗位签到，再代交。",
        "Sign on at this post first, then act for the holder.",
    ),
    "apart_waits": (
        "这次是打烊交接，下一班开班时再接。",
        "This post is being closed; it is taken up when the next shift opens.",
    ),
    "take_over_first": (
        "上一班留下的交接还没有接。请先按 F4 阅读、清点、签名接班，再交出这一班。",
        "What the shift before left is not taken over yet. Press F4, read, count and sign first.",
    ),
    "short_is_for_midshift": (
        "班中换人是中途替下当班人用的；来接下一班的，请办理正常交接。",
        "A mid-shift relief takes the running shift; the next one, a regular handover.",
    ),
    "taker_of_ending": (
        "{name}签到的是 {until} 结束的{shift}，不能由此接下一班：请下一班的人签到后来接；"
        "{name}自己上下一班的，请先签退，再为下一班签到；只替本班余下时间的，请办理班中换人。",
        "{name} is signed on for {shift}, which ends at {until}, and does not take over the next "
        "one so: whoever has that signs on and takes over. If it is {name}, sign off first and on "
        "again for it. For the rest of this shift only, use a mid-shift relief.",
    ),
    "own_report": (
        "报告说的是本人的事，由别的负责人阅示。",
        "It is about something you did: somebody else in charge takes note of it.",
    ),
    "not_your_turn": ("这一步由{side}来做。", "This is for {side}."),
    "signed_wait": (
        "交班人已经签名，内容不能再改。要改，先撤回签名。",
        "The outgoing person has signed: nothing may be entered now. Take the signature back.",
    ),
    "not_signed": ("还没有可以撤回的签名。", "There is no signature to take back."),
    "refusal_reason": ("拒绝接班请写明原因。", "State why you will not take over."),
    "call_off_reason": ("取消交接请写明原因。", "State why the handover is called off."),
    "taken_already": (
        "岗位已经由您当班，请继续完成交接。",
        "The post is yours already: please complete the handover.",
    ),
    "stale": (
        "{what}请看过最新内容再操作。",
        "{what} Look at it as it is now, then go on.",
    ),
    "stale_count": (
        "{item}刚被清点为 {count}。",
        "{item} has just been counted as {count}.",
    ),
    "stale_words": ("小结或意见刚有改动。", "The summary or the remarks have just been changed."),
    "stale_point": ("“{title}”刚有改动。", "“{title}” has just been changed."),
    "stale_area": ("这一处刚有改动。", "This point has just been changed."),
    # Items.
    "nothing_to_explain": ("{item}没有需要说明的差异。", "{item}: nothing differs."),
    "more_damaged": (
        "{item}：只点到 {counted}，不会坏了 {damaged}。请改坏的个数，或重输实点数。",
        "{item}: {damaged} cannot be damaged of {counted} counted. Change the one or the other.",
    ),
    "explanation_wanted": (
        "{item}：请写明情况、原因和跟进人。",
        "{item}: say what, why and who follows it up.",
    ),
    "shortage_wanted": (
        "{item}：请写明情况、原因、去向和跟进人。",
        "{item}: say what, why, where it went and who follows it up.",
    ),
    # The record.
    "not_in_record": (
        "其中有不属于本次交接的记录。",
        "Some of these entries are not of this record.",
    ),
    # Matters.
    "matter_gone": (
        "这件事刚在别处办结，不用再交。",
        "This matter has just been closed elsewhere: there is nothing to hand over.",
    ),
    "severity_low": (
        "这件事至少要按“{least}”交接。",
        "This matter is handed over as “{least}” at least.",
    ),
    "statement_wanted": (
        "“{title}”：请写明现状和下一步。",
        "“{title}”: say how it stands, and what is to be done next.",
    ),
    "carry_wanted": (
        "“{title}”：请写明为什么本班没有办完。",
        "“{title}”: say why it was not settled in this shift.",
    ),
    "not_stated": (
        "“{title}”还没有由交班人说明。",
        "“{title}” has not been stated by the outgoing person.",
    ),
    "read_back_wanted": (
        "请用自己的话复述下一步怎么做。",
        "Say in your own words what you will do.",
    ),
    "read_back_copied": (
        "复述要用自己的话，不能照抄。",
        "Say it in your own words, not in those on the screen.",
    ),
    "not_read_back": ("接班人还没有复述这件事。", "This matter has not been said back yet."),
    # The area.
    "area_nothing": ("这一处没有需要说明的异常。", "There is nothing abnormal to explain here."),
    "area_words": ("请说明异常的情况。", "Explain what was found."),
    # Releases.
    "not_blocking": ("这件事不妨碍交接。", "This matter does not block the handover."),
    "holder_is_here": (
        "{name}在最近 {minutes} 分钟内还在操作，没有离开：请{name}本人交班，不能代交。",
        "{name} was at a console within the last {minutes} minutes: they hand over themselves, and "
        "nobody acts for them.",
    ),
    "made_less_self": (
        "本班里您把「{title}」的重要程度调低了，不能再作交接的一方：请调回原来的重要程度，由别的主管放行。",
        "You made “{title}” less important in this shift and cannot be a side of its handover: put "
        "it back, and have another supervisor release it.",
    ),
    "own_release": (
        "交接双方不能给自己放行，请另一位主管来。",
        "Nobody releases their own handover: ask another supervisor.",
    ),
    "release_owner": (
        "{name}正要交班，请指定另一位负责人。",
        "{name} is handing over: name somebody else as its owner.",
    ),
    "release_reason": ("放行请写明原因。", "State the reason for the release."),
    # Signing.
    "changed": (
        "内容有变动，先前的签名不再有效。{what}请看过最新内容再签。",
        "Something has changed, and what was signed before no longer holds. {what} Look at it as "
        "it is now, then sign.",
    ),
    "outgoing_first": ("请交班人先签名。", "The outgoing person signs first."),
    "witness_wanted": ("还缺监交人签名。", "The witness has yet to sign."),
    "witness_is_side": (
        "监交人不能是交接双方。",
        "The witness is neither of the two who hand over.",
    ),
    "no_witness": ("本中心的交接不需要监交人。", "This site's handovers have no witness."),
    "close_first": (
        "岗位还没有交接。请先完成打烊交接并签名，再签退。",
        "The post is not handed over. Complete and sign its closing first, then sign off.",
    ),
    "change_entries": ("新增 {count} 条记录。", "New entries: {count}."),
    "change_beside": (
        "{count} 条记录旁有新的补记。",
        "{count} entries have new lines beside them.",
    ),
    "change_matter_new": ("新增待办“{title}”。", "New matter “{title}”."),
    "change_matter": ("待办“{title}”有变动。", "The matter “{title}” has changed."),
    "change_matter_gone": ("待办“{title}”已办结。", "The matter “{title}” was closed."),
    "change_items": ("物品有变动：{items}。", "Items have changed: {items}."),
    "change_words": ("小结、意见等文字有改动。", "The summary or other words have changed."),
    "change_tidy": ("整理项有变动。", "The tidying has changed."),
    "change_area": ("区域检查有变动。", "The area check has changed."),
    "change_releases": ("放行有变动。", "The releases have changed."),
    "change_incoming": ("接班人换了。", "The incoming person is another."),
    "change_older": (
        "签名是程序升级以前的，表上多了内容，请重新签名。",
        "It was signed before the upgrade, and the sheet has more on it now: sign again.",
    ),
    "change_other": ("其他内容有变动。", "Other things have changed."),
    "differs_new": ("新增待办“{title}”。", "New: “{title}”."),
    "differs_settled": ("“{title}”已办结。", "Settled: “{title}”."),
    "item_differs": ("{item}：{what}", "{item}: {what}"),
    "differs_item_new": ("新增物品{item}。", "New item: {item}."),
    "differs_item": (
        "{item}：上次 {before}，这次 {after}，{condition}。",
        "{item}: {before} last time, {after} now, {condition}.",
    ),
    "record_broken": (
        "交接档案被别的程序改过，已无法显示。请告知主管，并运行 desk-console verify 核对。",
        "The handover's record was changed with another program and cannot be shown any more. "
        "Tell a supervisor, and run desk-console verify.",
    ),
    "not_sealed": (
        "这次交接还没有封存。",
        "This handover is not sealed.",
    ),
    # What waits on the live shift.
    "awaits_call": (
        "{since} 起没有人接班，已呼叫{role}，等答复",
        "No relief since {since}: {role} to answer",
    ),
    "awaits_refused": (
        "{name}拒绝接班，已呼叫{role}，等答复",
        "{name} refused to take over: {role} to answer",
    ),
    "answered": ("{name} {at} 答复：{words}", "{name} answered at {at}: {words}"),
    "awaits_open": ("交接班 {since} 开始，还没有签完", "Handover under way since {since}"),
    "awaits_signed": (
        "交接班：交班人已签，等接班人签名",
        "Handover: the incoming person signs",
    ),
    "awaits_left": (
        "{name}已签名收班，开班时由接班人接",
        "Closed by {name}: taken over at opening",
    ),
    "awaits_begin": ("{name}可以交接班了", "{name} may hand over now"),
    "awaits_told": (
        "{number} 的电话答复，待{name}本人确认",
        "{number}: an answer by telephone waits for {name} to confirm it",
    ),
    "awaits_report": (
        "交班报告待阅 {count} 份：{giver} → {taker}",
        "Shift reports to take note of ({count}): {giver} → {taker}",
    ),
    "awaits_closed": (
        "当班报告待阅 {count} 份：{giver}已关岗，等下一班开岗",
        "Shift reports to take note of ({count}): {giver} has closed the post for the next shift",
    ),
    "awaits_deserted": (
        "报告待阅 {count} 份：{since} 起脱岗，无人在岗",
        "Reports to take note of ({count}): post deserted since {since}",
    ),
    "awaits_taken": (
        "报告待阅 {count} 份：{since} {name}紧急接岗，原因还没写",
        "Reports to take note of ({count}): {name} took the post in an emergency at {since}, "
        "no reason yet",
    ),
    "awaits_taken_because": (
        "报告待阅 {count} 份：{since} {name}紧急接岗：{reason}",
        "Reports to take note of ({count}): {name} took the post in an emergency at {since}: "
        "{reason}",
    ),
    "awaits_not_back": (
        "报告待阅 {count} 份：{name}外出，应于 {due} 返回，没有回来，{stand_in}代值",
        "Reports to take note of ({count}): {name} should have been back at {due}; {stand_in} "
        "stands in",
    ),
    # Relief, reports, notes.
    "answer_wanted": ("请写明怎样安排。", "Say what happens now."),
    "call_answered": ("这次呼叫已有人答复。", "This call has been answered."),
    "call_not_yours": (
        "这次呼叫由被呼叫的一级或更高一级答复。",
        "This call is answered by the level that was called, or one above.",
    ),
    "report_noted": ("这份报告已有人阅知。", "Somebody has taken note of this report already."),
    "note_wanted": ("请写明补记的内容。", "Say what is to be added."),
    "note_unsealed": (
        "交接还没有封存，直接改内容即可，不用补记。",
        "The handover is not sealed yet: change it, a note is not needed.",
    ),
    # Mail.
    "mail_shift_report_subject": (
        "{site} {day} {plan}交接报告",
        "{site}: shift report, {day} {plan}",
    ),
    "mail_shift_report_body": (
        "{day} {plan} 已交接：{outgoing}交班，{incoming}接班。\n"
        "记录 {entries} 条，其中报修 {repairs} 条、投诉 {complaints} 条、异常 {abnormal} 条；"
        "移交待办 {matters} 件。\n回执码 {receipt}",
        "{day} {plan} was handed over by {outgoing} to {incoming}.\n"
        "{entries} entries: {repairs} repairs, {complaints} complaints, {abnormal} abnormal; "
        "{matters} open matters handed on.\nReceipt {receipt}",
    ),
    "mail_closed_report_subject": (
        "{site} {day} {plan}当班报告",
        "{site}: shift report, {day} {plan}",
    ),
    "mail_closed_report_body": (
        "{day} {plan} 已结束：{outgoing}已签名并关岗，由下一班开岗时接班。\n"
        "记录 {entries} 条，其中报修 {repairs} 条、投诉 {complaints} 条、异常 {abnormal} 条；"
        "移交待办 {matters} 件。",
        "{day} {plan} is over: {outgoing} signed and closed the post; whoever opens it takes over."
        "\n{entries} entries: {repairs} repairs, {complaints} complaints, {abnormal} abnormal; "
        "{matters} open matters handed on.",
    ),
    "mail_sealed_later_subject": (
        "{site} {day} {plan}接班回执",
        "{site}: receipt of the shift of {day} {plan}",
    ),
    "mail_sealed_later_body": (
        "{day} {plan} 的交班已由{incoming}接班签字并封存（{outgoing}交班）。\n回执码 {receipt}",
        "The shift of {day} {plan}, closed by {outgoing}, was taken over by {incoming}: signed and "
        "sealed.\nReceipt {receipt}",
    ),
    "mail_deserted_subject": ("{site} 脱岗报告", "{site}: a post was deserted"),
    "mail_deserted_body": (
        "{name}未办交接离岗，岗位从 {since} 起脱岗。",
        "{name} left the post without a handover; nobody has held it since {since}.",
    ),
    "mail_taken_subject": (
        "{site} 紧急接岗报告",
        "{site}: the post was taken in an emergency",
    ),
    "mail_taken_body": (
        "{since} {name}紧急接岗，当时在岗的是{before}。原因由{name}事后写明。",
        "{name} took the post from {before} in an emergency at {since}. The reason is given "
        "afterwards.",
    ),
    "mail_not_back_subject": (
        "{site} 外出未归报告",
        "{site}: somebody did not come back to the post",
    ),
    "mail_not_back_body": (
        "{name}外出，应于 {due} 返回，没有回来，仍由{stand_in}代值。",
        "{name} should have been back at {due} and was not; {stand_in} still stands in.",
    ),
    "mail_relief_subject": ("{site} 接班人未到", "{site}: relief has not come"),
    "mail_refused_subject": ("{site} 拒绝接班", "{site}: taking over was refused"),
    "mail_refused_body": (
        "{called_at} {name}拒绝接班，岗位仍由{holder}当班。原因在值班台上；请答复怎样安排。",
        "{name} refused to take over at {called_at}; {holder} keeps the post. The reason stands at "
        "the desk; please answer what happens now.",
    ),
    "mail_relief_body": (
        "岗位从 {since} 起延时留岗，没有人接班。本次呼叫 {called_at}，请答复怎样安排。",
        "The holder of the post has been held over since {since}: nobody took over. You were "
        "called at {called_at}; please answer what happens now.",
    ),
}
