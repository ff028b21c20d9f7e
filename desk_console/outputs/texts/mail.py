"""What is said about mail."""

TEXTS: dict[str, tuple[str, str]] = {
    "not_set_up": (
        "还没有设置邮件服务器，邮件都在发件箱里等着。请在配置文件的 [mail] 里填写 host 和 sender。",
        "No mail server is set up, so mail waits in the outbox. Fill in host and sender under "
        "[mail] in the config.",
    ),
    "unknown": ("发件箱里没有这封邮件。", "There is no such mail in the outbox."),
    "is_sent": (
        "这封邮件已经发出，不能再改。",
        "This mail has gone out; nothing about it can be changed.",
    ),
    "is_sending": (
        "这封邮件正在发送，请稍等再看。",
        "This mail is being sent right now; look again in a moment.",
    ),
    "same_address": (
        "{address} 就是原来的地址。请写另一个，或按 Esc 后用“再发一次”。",
        "{address} is the address that it has. Write another one, or Esc and Resend.",
    ),
    "is_withdrawn": ("这封邮件已经撤回。", "This mail was withdrawn."),
    "state_queued": ("待发", "waiting"),
    "state_sending": ("发送中", "sending"),
    "state_sent": ("已发", "sent"),
    "state_failed": ("失败", "failed"),
    "state_withdrawn": ("已撤回", "withdrawn"),
    "error_no_server": ("连不上邮件服务器", "the mail server cannot be reached"),
    "error_server_slow": ("邮件服务器没有按时应答", "the mail server did not answer in time"),
    "error_server_gone": (
        "发送途中与邮件服务器断开",
        "the mail server hung up before the mail was complete",
    ),
    "error_no_tls": (
        "与邮件服务器的加密连接没有建立，请核对 security、port 和证书",
        "no private connection to the mail server; check security, port and its certificate",
    ),
    "error_not_offered": (
        "邮件服务器不支持所设的加密或登录方式",
        "the mail server does not offer the security or login that the config names",
    ),
    "error_login_refused": (
        "邮件服务器不接受账号或密码",
        "the mail server refused the account or its password",
    ),
    "error_login_signs": (
        "邮件账号和密码只能用英文字母、数字和英文符号，请改设",
        "the mail account and its password must be in English letters, digits and signs: change it",
    ),
    "error_no_password": (
        "读不到邮件账号的密码，请核对 password_file",
        "the account's password could not be read; check password_file",
    ),
    "error_sender_refused": (
        "邮件服务器不接受发件地址",
        "the mail server refused the sender's address",
    ),
    "error_address_refused": (
        "对方邮箱不存在或不收信",
        "there is no such mailbox, or it takes no mail",
    ),
    "error_address_delayed": (
        "对方邮箱暂时不收信",
        "the mailbox takes no mail at the moment",
    ),
    "error_mail_refused": ("邮件服务器不收这封邮件", "the mail server refused this mail"),
    "error_mail_delayed": (
        "邮件服务器要求稍后再发",
        "the mail server asked to try again later",
    ),
    "error_unsure": (
        "内容已交给服务器，但没有等到答复；可能已经发出",
        "all of it was handed over but no answer came; it may have gone out",
    ),
    "error_interrupted": (
        "发送时程序中断；可能已经发出",
        "the program ended while sending; it may have gone out",
    ),
    "error_too_old": (
        "等了七天没有发出，不再自动发送",
        "it waited for seven days and is no longer sent by itself",
    ),
    "error_unmakeable": ("邮件内容没有做成", "the mail could not be made"),
}
