"""What stands on the sheets: titles and labels. Both languages are printed."""

TEXTS: dict[str, tuple[str, str]] = {
    # On every sheet.
    "number": ("编号", "No."),
    "no_rows": ("没有记录", "Nothing on record"),
    "printed_at": ("打印时间", "Printed"),
    "printed_by": ("打印人", "by"),
    "personal_data": (
        "含住户个人信息，用后请妥善保管或销毁",
        "Holds residents' personal data: keep it safe, or destroy it after use",
    ),
    "lacking": ("表示字体里没有的字", "stands for a sign that the font lacks"),
    "site": ("服务中心", "Service centre"),
    "date": ("日期", "Date"),
    "weekday": ("星期", "Weekday"),
    "time": ("时间", "Time"),
    "shift": ("班次", "Shift"),
    "on_duty": ("值班人", "On duty"),
    "phone": ("联系电话", "Telephone"),
    "unit": ("房号", "Unit"),
    "name": ("姓名", "Name"),
    "remarks": ("备注", "Remarks"),
    "signature": ("签名", "Signature"),
    # Duty log.
    "day_log": ("值班记录表（工作日志）", "Duty log"),
    "night_log": ("夜间值班记录表", "Night duty log"),
    "from_to": ("起止时间", "From and to"),
    "on_post": ("到岗离岗", "On, off post"),
    "weather": ("天气", "Weather"),
    "event": ("事项", "Event"),
    "source": ("来源", "Source"),
    "action": ("处理经过", "Action"),
    "result": ("处理结果", "Result"),
    "handed_on": ("移交", "Passed to"),
    "recorder": ("记录人", "Recorder"),
    "summary": ("当班小结", "Summary"),
    "checked_by": ("审核", "Reviewed by"),
    "corrected_note": (
        "更正和补充写在原文之后，原文未动",
        "Corrections and additions follow the original, which stands as it was written",
    ),
    # Call and visitor log.
    "call_log": ("来电来访登记表", "Call and visitor log"),
    "count": ("共几条", "Entries"),
    "serial": ("序号", "No."),
    "rings": ("响铃", "Rings"),
    "channel": ("方式", "Channel"),
    "category": ("类别", "Category"),
    "content": ("内容", "Content"),
    "handling": ("处理情况", "Handling"),
    "passed_to": ("转交部门", "Passed to"),
    "order_no": ("工单号", "Order"),
    "replied_at": ("回复时间", "Replied"),
    "visit_details": (
        "来访：{purpose}　进 {at}　出 {out}　{party} 人　车牌 {plate}",
        "Visit: {purpose}; in {at}, out {out}; party of {party}; plate {plate}",
    ),
    "mark_abnormal": ("异常", "abnormal"),
    "mark_emergency": ("突发", "incident"),
    "mark_open": ("未办完", "open"),
    "mark_outgoing": ("打出", "outgoing"),
    "beside_plain": ("{kind}（{name} {at}）", "{kind} ({name} {at})"),
    "beside": ("{kind}（{name} {at}）：{words}", "{kind} ({name} {at}): {words}"),
    # Work order, complaint, next day.
    "work_order": ("维修工作单", "Repair work order"),
    "complaint": ("投诉记录表", "Complaint record"),
    "next_day": ("次日跟进单", "Next-day follow-up"),
    "caller": ("报修人", "Caller"),
    "reported_at": ("报修时间", "Reported"),
    "fault": ("故障", "Fault"),
    "dispatched_at": ("派工时间", "Dispatched"),
    "accepted_at": ("接单", "Accepted"),
    "on_site_at": ("到场", "On site"),
    "finished_at": ("完成时间", "Finished"),
    "taken_by": ("受理人", "Taken by"),
    "stage": ("进度", "Stage"),
    "follow_up_at": ("回访时间", "Follow-up"),
    "technician": ("维修人员签字", "Technician's signature"),
    "handled_by": ("经办人", "Handled by"),
    "account": ("经过", "Account"),
    "source_entry": ("原记录号", "Source entry"),
    "next_owner": ("责任人", "Owner"),
    # Roster.
    "duty_roster": ("值班安排表", "Duty roster"),
    "prepared_by": ("编制", "Prepared by"),
    "reviewed_by": ("审核公布", "Published by"),
    "published_on": ("公布日期", "Published on"),
    "published_late": ("（逾期公布）", "(late)"),
    "not_published": ("尚未公布", "not published yet"),
    "gap": ("缺 {count} 人", "{count} wanting"),
    "contacts": ("人员和工作量", "People and their share"),
    "role": ("岗位", "Role"),
    "shifts": ("班数", "Shifts"),
    "hours": ("工时", "Hours"),
    "nights": ("夜班", "Nights"),
    "weekends": ("周末", "Weekends"),
    "holidays": ("节假日", "Holidays"),
    # Handover.
    "handover_record": ("交接班记录表", "Shift handover record"),
    "handed_over_at": ("交班时间", "Handed over"),
    "outgoing": ("交班人", "Outgoing"),
    "acting": ("代交班人", "Acting for the outgoing"),
    "incoming": ("接班人", "Incoming"),
    "alone": ("接班人（自行接班）", "Incoming (alone)"),
    "witness": ("监交人", "Witness"),
    "arrived_at": ("接班人到岗", "Incoming arrived"),
    "kind": ("方式", "Kind"),
    "reason": ("原因", "Reason"),
    "shift_summary": ("本班运行情况", "Summary"),
    "figures": (
        "记录 {entries} 条：来电 {calls}（超时接听 {late_answers}，未记响铃 {unrung}）、"
        "来访 {visits}、报修 {repairs}、投诉 {complaints}、异常 {abnormal}；"
        "新开待办 {opened}，办结 {closed}",
        "Entries {entries}: calls {calls} ({late_answers} answered late, {unrung} without rings), "
        "visits {visits}, repairs {repairs}, complaints {complaints}, abnormal {abnormal}; "
        "matters opened {opened}, closed {closed}",
    ),
    "outstanding": ("遗留问题", "Outstanding matters"),
    "matter": ("事项", "Matter"),
    "severity": ("程度", "Severity"),
    "state": ("现状", "State"),
    "next_step": ("下一步", "Next step"),
    "owner_until": ("责任人时限", "Owner, until"),
    "read_back": ("复述", "Read-back"),
    "carry_reason": ("未完原因", "Why carried"),
    "to_note": ("注意事项", "To note"),
    "repairs_complaints": ("报修、投诉、异常", "Repairs, complaints, abnormal events"),
    "items": ("物品、钥匙、工具交接", "Items, keys, tools"),
    "group": ("类别", "Group"),
    "item": ("名称", "Item"),
    "expected": ("应有", "Expected"),
    "counted": ("实点", "Counted"),
    "condition": ("状况", "State"),
    "explanation": ("差异说明", "Explanation"),
    "cleanliness": ("环境卫生", "Cleanliness"),
    "area_check": ("区域检查", "Area check"),
    "check": ("项目", "Point"),
    "found": ("现状", "Found"),
    "note": ("说明", "Note"),
    "in_order": ("正常", "in order"),
    "not_in_order": ("异常", "not in order"),
    "instructions": ("上级指示", "Instructions"),
    "receivers_remarks": ("接班意见", "Receiver"),
    "releases": ("重要未完事项放行", "Blocking matters released"),
    "released_by": ("放行人", "Released by"),
    "refusal": ("拒接原因", "Refused"),
    "added_later": ("封存后补记", "Added later"),
    "signature_good": ("签名有效", "signature valid"),
    "signature_bad": ("签名无效！", "signature does NOT hold!"),
    "verdict": ("核对", "Verification"),
    "not_as_signed": (
        "签名或内容核对不上，这份记录可能被改过！",
        "Not all is as it was signed: the record may have been changed!",
    ),
    "receipt_note": (
        "回执号：请抄在自己的本子上，核对时用",
        "Receipt: copy it into a book of your own, to check by",
    ),
    # Patrol.
    "patrol": ("巡查记录表", "Patrol record"),
    "route": ("路线", "Route"),
    "patroller": ("巡查人", "Patroller"),
    "point": ("点位", "Point"),
    "finding": ("现状问题", "Finding"),
    "measure": ("处理措施", "Action"),
    "recheck": ("复查", "Re-check"),
    "no_patrol": (
        "这条记录不是巡查记录，打印不了巡查表。",
        "This entry is no patrol, so it has no patrol record.",
    ),
    # The agreement that staff sign.
    "agreement": (
        "电子签名与住户信息约定书",
        "Agreement on electronic signatures and residents' data",
    ),
    "staff_no": ("工号", "Staff no."),
    "staff_signature": ("本人签字、日期", "Signed by, date"),
    "site_signature": ("服务中心（盖章）、日期", "For the service centre, date"),
    "about_signature": ("签名效力", "Signature"),
    "term_signature": (
        "双方约定：本人在值班台输入自己的密码所作的签名、审批和确认，与本人手写签名具有同等效力"
        "（《电子签名法》第十三条、第十四条）。",
        "Both agree that what I sign, approve or confirm at the console with my own PIN counts as "
        "signed by my hand (Electronic Signature Law, articles 13 and 14).",
    ),
    "about_own": ("密码专用", "My PIN"),
    "term_own": (
        "密码由本人设定，只由本人使用；不告诉任何人，也不替别人、不让别人代为签名。",
        "I choose my PIN and am the only one to use it. I tell it to nobody, sign for nobody, and "
        "let nobody sign for me.",
    ),
    "about_lost": ("泄露遗忘", "Known or lost"),
    "term_lost": (
        "密码忘记或可能被他人知道的，立即报告主管重置；报告以前的签名由本人负责。",
        "If I forget my PIN or somebody may know it, I tell the supervisor at once. Until then I "
        "answer for what was signed with it.",
    ),
    "about_data": ("住户信息", "Residents' data"),
    "term_data": (
        "住户的姓名、电话、房号和来电内容只为工作使用，不外传、不拍照、不带走；"
        "打印和导出的资料用后交回或销毁。",
        "Residents' names, telephones, units and words are for the work only. I pass nothing on, "
        "photograph nothing, take nothing away, and return or destroy what was printed.",
    ),
    "about_record": ("留痕", "On record"),
    "term_record": (
        "本人知道：登录、登记、更正、签名、查看、打印和导出都有记录，记录不能删改；"
        "交接班的回执号由本人抄存，可以用来核对。",
        "I know that signing on, logging, correcting, signing, looking, printing and exporting are "
        "on record, and that the record cannot be altered. I keep the receipts of my handovers to "
        "check by.",
    ),
    "about_end": ("期限", "How long"),
    "term_end": (
        "自签字之日起生效，离岗后对住户信息的保密继续有效。本约定书一式两份，双方各存一份。",
        "It holds from the day it is signed; my silence about residents outlasts my work here. "
        "There are two copies, one for each.",
    ),
    # Making sheets.
    "no_font": (
        "本机没有能打印中文的字体，做不了 PDF。请用 HTML 表格打印，"
        "或安装字体（fonts-noto-cjk，或 pip install 'desk-console[fonts]'）。",
        "No font that prints Chinese is installed, so no PDF can be made. Print the HTML sheet, or "
        "install one (fonts-noto-cjk, or pip install 'desk-console[fonts]').",
    ),
    "font_unfit": (
        "配置里 sheets.font 指的字体打印不了中文：{file}",
        "The font that sheets.font names does not print Chinese: {file}",
    ),
    "made": ("已存到 {file}", "Kept as {file}"),
    "made_without_pdf": (
        "没有中文字体，改存为 HTML：{file}。用浏览器打开即可打印。",
        "There is no Chinese font, so it is kept as HTML: {file}. Any browser prints it.",
    ),
    "viewer_failed": (
        "表格已存好，但打不开它：{viewer}",
        "The sheet is kept, but this did not open it: {viewer}",
    ),
    "not_on_duty": (
        "{name}没有在岗。表上有住户信息，只有在岗人员和主管可以打印。请先签到。",
        "{name} is not on duty. The sheet holds residents' data: people on duty and those in "
        "charge may print it. Sign on first.",
    ),
    "nothing_there": ("没有可打印的内容。", "There is nothing to print."),
}
