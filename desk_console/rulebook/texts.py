"""The words of the rule book: roles, weekdays, handling, and what is wrong with a parameter."""

TEXTS: dict[str, tuple[str, str]] = {
    "post_desk": ("服务台", "Service desk"),
    # Roles.
    "role_clerk": ("客服管理员", "duty clerk"),
    "role_maintenance": ("水电维修员", "maintenance technician"),
    "role_security": ("安护人员", "security guard"),
    "role_lead": ("领班", "lead"),
    "role_supervisor": ("主管", "supervisor"),
    "role_director": ("主任", "director"),
    "role_manager": ("经理", "manager"),
    "role_department_head": ("部门负责人", "department head"),
    "role_duty_manager": ("值班经理", "duty manager"),
    "role_duty_supervisor": ("值班主管", "duty supervisor"),
    "role_staff": ("值班员工", "duty staff"),
    # Days of the week.
    "weekday_mon": ("星期一", "Monday"),
    "weekday_tue": ("星期二", "Tuesday"),
    "weekday_wed": ("星期三", "Wednesday"),
    "weekday_thu": ("星期四", "Thursday"),
    "weekday_fri": ("星期五", "Friday"),
    "weekday_sat": ("星期六", "Saturday"),
    "weekday_sun": ("星期日", "Sunday"),
    # What the console does about a clause.
    "handling_enforced": ("程序把关", "enforced"),
    "handling_prompted": ("到时提示", "prompted"),
    "handling_recorded": ("留有记录", "recorded"),
    "handling_reference": ("仅供查阅", "for reference"),
    "handling_pending": ("尚未办理", "not handled yet"),
    "handling_enforced_meaning": (
        "不合规定的步骤会被拦下并说明原因，或由程序自动记录在案。",
        "A step that would break it is refused with the reason, "
        "or the breach goes on record by itself.",
    ),
    "handling_prompted_meaning": (
        "到时由程序询问，记下谁在何时怎样回答。",
        "The console asks at the right moment, and records the answer, who gave it and when.",
    ),
    "handling_recorded_meaning": (
        "有专门的记录，可以列出、查询和统计。",
        "There is a record for it, which can be listed, searched and reported.",
    ),
    "handling_reference_meaning": (
        "程序无法代管，请自行遵守。",
        "No program can see to this; it is here to be read.",
    ),
    "handling_pending_meaning": (
        "程序还没有这一项，请照旧用纸面办理。",
        "The console does not have this yet: keep it on paper as before.",
    ),
    # Choices of parameters.
    "rotation_fair": ("均衡轮班", "shared evenly"),
    "rotation_in_order": ("按顺序轮流", "in order"),
    "rotation_weekly": ("每周轮换", "weekly turns"),
    "roster_period_week": ("按周排班", "by the week"),
    "roster_period_month": ("按月排班", "by the month"),
    "roster_due_period_start": ("当期第一天", "first day of the period"),
    "roster_due_previous_end": ("上期最后一天", "last day of the period before"),
    "announcement_mail": ("邮件", "mail"),
    "announcement_noticeboard": ("公告栏", "notice board"),
    "summary_month_end": ("月末", "month's end"),
    "summary_never": ("不写", "none"),
    # What is wrong with a parameter.
    "fault_unknown_regulation": (
        "没有这套制度：{value}。可选：{known}",
        "There is no regulation {value}. Choose from: {known}",
    ),
    "fault_unknown_key": ("没有这个设置项：{value}", "There is no setting {value}"),
    "fault_unknown_key_near": (
        "没有这个设置项：{value}。是不是 {near}？",
        "There is no setting {value}. Did you mean {near}?",
    ),
    "fault_missing": ("缺少这一项，请补上", "This is missing: add it"),
    "fault_empty": ("不能为空", "This may not be empty"),
    "fault_want_number": (
        "应为整数，现为：{value}",
        "This wants a whole number, not: {value}",
    ),
    "fault_want_yes_no": (
        "应为 true 或 false，现为：{value}",
        "This wants true or false, not: {value}",
    ),
    "fault_want_list": (
        "应为列表，写在 [ ] 里，现为：{value}",
        "This wants a list in [ ], not: {value}",
    ),
    "fault_want_table": (
        "应为一组设置，写在 {{ }} 里，现为：{value}",
        "This wants a table in {{ }}, not: {value}",
    ),
    "fault_want_text": (
        "应为带引号的文字，现为：{value}",
        "This wants text in quotes, not: {value}",
    ),
    "fault_want_code": (
        "只能用小写字母、数字和连字符，最多 40 个，现为：{value}",
        "This wants lower-case letters, digits and hyphens, 40 at most, not: {value}",
    ),
    "fault_want_time": (
        "应为钟点，如 09:00，现为：{value}",
        "This wants a time of day like 09:00, not: {value}",
    ),
    "fault_want_one_of": (
        "只能是 {known}，现为：{value}",
        "This wants one of {known}, not: {value}",
    ),
    "fault_at_least": (
        "不能小于 {limit}，现为：{value}",
        "This may not be less than {limit}, but is {value}",
    ),
    "fault_at_most": (
        "不能大于 {limit}，现为：{value}",
        "This may not be more than {limit}, but is {value}",
    ),
    "fault_too_long": ("文字太长，最多 {limit} 字", "Too long: {limit} characters at most"),
    "fault_wrong_value": ("这个值不能用：{value}", "This value cannot be used: {value}"),
    # What is wrong with the plan as a whole.
    "fault_no_shifts": (
        "一个班次也没有，至少写一个",
        "There is no shift: state one at least",
    ),
    "fault_roles_or_posts": (
        "班次 {shift} 要写由谁值班：roles 或 posts，写且只写一样",
        "Shift {shift} must say who takes it: either roles or posts, one of the two",
    ),
    "fault_break_too_long": (
        "班次 {shift} 只有 {minutes} 分钟，休息时间必须更短",
        "Shift {shift} has {minutes} minutes; its break must be shorter",
    ),
    "fault_office_hours": (
        "office_end 要晚于 office_start",
        "office_end must be later than office_start",
    ),
    "fault_within_unknown": (
        "within 要写另一个独立班次的代码，没有：{value}。可选：{known}",
        "within must be the code of another shift that stands by itself, not {value}. "
        "Choose from: {known}",
    ),
    "fault_within_outside": (
        "班次 {shift} 的时间不在班次 {outer} 之内",
        "The hours of shift {shift} are not inside those of shift {outer}",
    ),
    "fault_overlap": (
        "{post}：班次 {shift} 与班次 {other} 在 {begins}–{ends} 重叠，共 {minutes} 分钟",
        "{post}: shifts {shift} and {other} overlap from {begins} to {ends}, {minutes} minutes",
    ),
    "fault_hole": (
        "{post}：24 小时值班不能有空档，{begins}–{ends} 无人值班，共 {minutes} 分钟"
        "（第 {clause} 条）",
        "{post}: duty is round the clock, but nobody is on from {begins} to {ends}, "
        "{minutes} minutes (clause {clause})",
    ),
    "fault_day_off": (
        "24 小时值班不能有休息日，缺：{days}（第 {clause} 条）",
        "Duty is round the clock and has no day off, but these are missing: {days} "
        "(clause {clause})",
    ),
    "fault_unknown_role": (
        "没有这个角色：{value}。可选：{known}",
        "There is no role {value}. Choose from: {known}",
    ),
    "fault_twice": ("重复了：{value}", "This is there twice: {value}"),
    "fault_task_times": (
        "任务 {task} 要写何时到期：every_minutes 或 at，写且只写一样",
        "Task {task} must say when it is due: either every_minutes or at, one of the two",
    ),
}
