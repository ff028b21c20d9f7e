"""The built-in sentences: what to say (5.8) and what to answer (5.2), in both languages.

Three dos: greet first, listen to the end, say back and thank. Three don'ts: no "don't know", no
"not my business", no argument. Four equals: the same by day or night, in person or by telephone,
for owner or tenant, for praise or complaint.
"""

from desk_console.log.records import Category

SAYINGS: tuple[tuple[Category | None, str, str], ...] = (
    (
        None,
        "您好，客户服务中心，请问有什么可以帮您？",
        "Good day, service centre. How may I help you?",
    ),
    (None, "请问您是哪一栋哪一室？怎么称呼您？", "Which building and unit, please, and your name?"),
    (
        None,
        "我跟您核对一下：……，对吗？",
        "Let me say that back to you: … Is that right?",
    ),
    (
        None,
        "请您稍等，我马上帮您问清楚，今天之内给您回电话。",
        "One moment, please. I will find out for you and call you back today.",
    ),
    (
        None,
        "感谢您的来电，还有需要请随时找我们，再见。",
        "Thank you for calling. Call us any time. Goodbye.",
    ),
    (
        Category.ENQUIRY,
        "这件事我为您查一下，免得说得不准。",
        "Let me look that up, so that what I tell you is right.",
    ),
    (
        Category.REPAIR,
        "给您添麻烦了。请问是什么地方、从什么时候开始的？现在还在漏（停）吗？",
        "I am sorry for the trouble. Where is it, since when, and is it still leaking (off)?",
    ),
    (
        Category.REPAIR,
        "我已经通知维修部，师傅到之前会先给您打电话。请先关好阀门（电闸），注意安全。",
        "Maintenance has been told and will ring before coming. "
        "Please close the valve (switch) meanwhile and stay safe.",
    ),
    (
        Category.REPAIR,
        "什么时间上门您方便？",
        "What time would suit you for the visit?",
    ),
    (
        Category.COMPLAINT,
        "非常抱歉让您有这样的感受，请您慢慢说，我都记下来。",
        "I am very sorry that you feel this way. Please take your time; I am writing it all down.",
    ),
    (
        Category.COMPLAINT,
        "您反映的情况我已经记录，我会请负责人核实，24 小时内给您答复。",
        "I have put this on record. The person in charge will look into it, and you will hear "
        "from us within 24 hours.",
    ),
    (
        Category.HELP,
        "您别着急，请告诉我您现在的位置，我马上安排人过去。",
        "Please stay calm and tell me where you are. I am sending somebody now.",
    ),
    (
        Category.HELP,
        "如果有人受伤或者起火，请先拨 120 或 119，我同时通知安护人员。",
        "If anybody is hurt or there is a fire, dial 120 or 119 first; I will alert security.",
    ),
    (
        Category.ERRAND,
        "好的，我记下了：……。办好以后我给您回电话。",
        "Certainly, I have noted: … I will call you when it is done.",
    ),
    (
        Category.SUGGESTION,
        "谢谢您的建议，我会转给主管，处理情况再告诉您。",
        "Thank you for the suggestion. I will pass it to the supervisor and tell you what "
        "comes of it.",
    ),
    (
        Category.PRAISE,
        "谢谢您的肯定，我一定转告这位同事。",
        "Thank you for your kind words. I will certainly pass them on.",
    ),
)

ANSWERS: tuple[tuple[Category | None, str, str], ...] = (
    (
        Category.ENQUIRY,
        "已告知缴费方式：服务中心前台、银行代扣或公众号缴费。",
        "Told how to pay: at the desk, by bank debit, or through the WeChat account.",
    ),
    (
        Category.ENQUIRY,
        "已告知装修手续：带身份证和图纸到前台登记，签装修协议后领出入证。",
        "Told how to register decoration work: identity card and drawings to the desk, "
        "sign the agreement, collect the passes.",
    ),
    (
        Category.ENQUIRY,
        "已告知装修施工时间：工作日 8:00–12:00、14:00–18:00，周末和节假日不得有噪声施工。",
        "Told the hours for decoration work: weekdays 08:00-12:00 and 14:00-18:00, "
        "no noise on weekends and holidays.",
    ),
    (
        Category.ENQUIRY,
        "已告知停车办理：带行驶证到前台登记车牌，月保按月缴费。",
        "Told how to get a parking permit: register the plate at the desk with the vehicle "
        "licence, pay by the month.",
    ),
    (
        Category.ENQUIRY,
        "已告知门禁卡补办：业主本人或持委托书到前台办理，旧卡即时停用。",
        "Told how to replace an access card: the owner in person or with a letter of authority; "
        "the old card is disabled at once.",
    ),
    (
        Category.ENQUIRY,
        "已告知停水（停电）时间和恢复时间，并说明原因。",
        "Told when the water (power) is off, when it comes back, and why.",
    ),
    (
        Category.REPAIR,
        "已通知维修部，告知住户师傅上门前会先电话联系。",
        "Maintenance told; the resident knows that they will ring before coming.",
    ),
    (
        Category.COMPLAINT,
        "已致歉并记录，告知 24 小时内由负责人答复。",
        "Apologised and recorded; told that the person in charge will answer within 24 hours.",
    ),
    (
        Category.HELP,
        "已通知安护人员到场，并与求助人保持通话。",
        "Security sent; stayed on the line with the caller.",
    ),
)
