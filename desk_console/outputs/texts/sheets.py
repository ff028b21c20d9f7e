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
