"""What the console says about people, their PINs and their training."""

TEXTS: dict[str, tuple[str, str]] = {
    # Who.
    "unknown_person": ("没有这个人。", "There is no such person."),
    "is_active": ("{name}本来就在用。", "{name} is in service already."),
    "not_active": ("{name}已停用。", "{name} is no longer active."),
    "no_right": (
        "{name}没有“{what}”的权限，需要{roles}。",
        "{name} may not do this ({what}). Roles that may: {roles}.",
    ),
    "right_log": ("登记记录", "log entries"),
    "right_read_residents": ("查看住户资料", "see residents' data"),
    "right_draft": ("编制排班", "draft a roster"),
    "right_publish": ("公布排班", "publish a roster"),
    "right_approve": ("审批申请", "decide requests"),
    "right_release": ("放行交接", "release a handover"),
    "right_export": ("导出数据", "export"),
    "right_set_up": ("系统设置", "set-up"),
    "right_erase": ("依令删除住户资料", "have residents' data erased"),
    "right_keep_files": ("维护住户档案", "keep residents' files"),
    "right_reset_pin": ("重设密码", "reset a PIN"),
    "right_review": ("查看总结", "review"),
    "not_first": (
        "已经有人员了，请由主管添加。",
        "There are people already: a supervisor adds more.",
    ),
    "first_in_charge": (
        "第一位人员应是主管、经理、主任或部门负责人。",
        "The first person is a supervisor, manager, director or department head.",
    ),
    "last_in_charge": (
        "这是最后一位负责人，不能停用或改掉角色。请先添加另一位。",
        "This is the last person in charge: add another one first.",
    ),
    "staff_no_empty": ("请填写工号。", "A staff number is wanted."),
    "staff_no_unreadable": (
        "工号只能用字母、数字和 . _ / -。",
        "A staff number has letters, digits and . _ / - only.",
    ),
    "staff_no_taken": ("工号 {staff_no} 已属于{name}。", "Staff number {staff_no} is {name}'s."),
    "staff_no_known": ("工号 {staff_no} 已经有了。", "Staff number {staff_no} is taken."),
    "name_empty": ("请填写姓名。", "A name is wanted."),
    "mail_unreadable": ("邮箱地址不对：{mail}", "This is no mail address: {mail}"),
    "mail_language_unknown": (
        "邮件语言只能是中文或英文，不能是“{typed}”。",
        "Mail is written in Chinese or English, not in “{typed}”.",
    ),
    "phone_unreadable": (
        "电话号码看不懂：{phone}",
        "This telephone number cannot be read: {phone}",
    ),
    "code_unreadable": (
        "编号只能用小写字母、数字和 - _：{code}",
        "A code has small letters, digits, - and _ only: {code}",
    ),
    "day_unreadable": (
        "日期看不懂：{day}。请写成 2026-03-02。",
        "This date cannot be read: {day}. Write 2026-03-02.",
    ),
    "day_empty": ("请填写日期。", "A date is wanted."),
    "role_empty": ("请至少选一个角色。", "At least one role is wanted."),
    "role_unknown": (
        "没有这个角色：{role}。可写：{known}",
        "There is no such role: {role}. There are: {known}",
    ),
    # PINs.
    "pin_empty": ("请输入密码。", "The PIN is wanted."),
    "pin_wrong": ("姓名或密码不对。", "The name or the PIN is wrong."),
    "pin_wait": (
        "密码错误次数多，请等 {seconds} 秒再试。",
        "Too many wrong PINs: wait {seconds} seconds, then try again.",
    ),
    "pin_disabled": (
        "密码已连续错误十次，已停用。请主管在设置（F9）里解锁或重设。",
        "Ten wrong PINs in a row: it is disabled until a supervisor unlocks or resets it (F9).",
    ),
    "pin_not_opened": (
        "{name}是负责人：请另一位负责人先在 F9 人员里用自己的密码给{name}重设密码，"
        "{within}内由{name}本人设定。",
        "{name} is in charge: somebody else in charge begins the new PIN in F9, people, with their "
        "own, and {name} chooses it within {within}.",
    ),
    "pin_not_chosen": (
        "{name}还没有密码，请本人先签到一次，自己设一个。",
        "{name} has no PIN yet: they sign on once first and choose one.",
    ),
    "pin_old_needed": (
        "请先输入原密码；忘记了请主管重设。",
        "Give the old PIN first; if it is forgotten, a supervisor resets it.",
    ),
    "pin_changed_elsewhere": (
        "密码刚刚改过或被重设，请重新输入。",
        "The PIN was just changed or reset: give it again.",
    ),
    "own_reset": (
        "不能重设自己的密码，请另一位主管来做。",
        "Nobody resets their own PIN: another supervisor does.",
    ),
    "not_disabled": (
        "{name}的密码没有被停用，不用解锁；忘记密码请重设。",
        "{name}'s PIN is not disabled. If it is forgotten, reset it.",
    ),
    "pin_short": ("密码至少 {least} 位。", "A PIN has at least {least} characters."),
    "pin_long": ("密码最多 {limit} 位。", "A PIN has at most {limit} characters."),
    "pin_blank": ("密码里不能有空格。", "A PIN has no blanks."),
    "pin_repeat": ("密码重复太多，容易被猜到。", "The PIN repeats itself and is easily guessed."),
    "pin_run": (
        "密码是连着的号码或字母，容易被猜到。",
        "The PIN is a run of keys and is easily guessed.",
    ),
    "pin_date": ("密码像日期，容易被猜到。", "The PIN is a date and is easily guessed."),
    "pin_common": ("这个密码太常见，请换一个。", "This PIN is a common one: choose another."),
    "pin_own": (
        "密码里有自己的电话或工号，请换一个。",
        "The PIN holds your phone or staff number: choose another.",
    ),
    # Training.
    "not_qualified": ("{name}没有上岗资格，不能值班。", "{name} is not qualified for the post."),
    "qualification_over": (
        "{name}的上岗资格已于 {day} 到期。",
        "{name}'s qualification ended on {day}.",
    ),
    "not_onboarded": (
        "{name}还没有完成 {days} 天新员工培训，不能单独值班。",
        "{name} has not finished the {days} days of training, so cannot be on duty alone.",
    ),
    "onboarding_too_short": (
        "{name}的新员工培训要满 {days} 天，最早 {day} 完成。",
        "{name}'s training takes {days} days: {day} at the earliest.",
    ),
    "own_qualification": (
        "自己的上岗资格和新员工培训要由另一位负责人登记。",
        "Your own qualification for the post and first training are put on record by somebody else "
        "in charge.",
    ),
    "ended_already": (
        "这项资格到 {day} 就结束了，不能改晚：要延长请另登记一项。",
        "It ends on {day} and is not made to last longer: put a new one on record.",
    ),
    "qualification_ends_early": ("有效期的结束早于开始。", "It ends before it begins."),
    "unknown_qualification": ("没有这条资格记录。", "There is no such record."),
    # Signatures.
    "signed_already": ("{name}已经签过了。", "{name} has signed this already."),
    "signature_unreadable": ("签名内容无法读取。", "The signed statement cannot be read."),
    "signature_moved": ("签名不属于这份记录。", "The signature does not belong to this record."),
    "signature_other_key": ("签名用的不是登记的密钥。", "The signature was made with another key."),
    "signature_other_content": ("内容与签名时不同。", "The content is not what was signed."),
    "signature_false": ("签名不成立。", "The signature does not hold."),
}
