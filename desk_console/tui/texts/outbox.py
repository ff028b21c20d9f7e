"""What the outbox says."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("发件箱", "Outbox"),
    "state": ("状态", "State"),
    "at": ("时间", "Time"),
    "subject": ("主题", "Subject"),
    "address": ("收件地址", "To"),
    "key_retry": ("再发一次", "Resend"),
    "key_elsewhere": ("换地址", "Redirect"),
    "key_withdraw": ("撤回", "Withdraw"),
    "counts": (
        "失败 {failed} 封，待发 {waiting} 封。经 {host} 发出，不用守着。",
        "{failed} failed, {waiting} waiting. They leave by {host}, on their own.",
    ),
    "none": ("发件箱是空的。", "The outbox is empty."),
    "not_set_up_empty": (
        "还没有设置邮件服务器，要发的邮件会在这里等着。请主管在配置文件的 [mail] 里填写。",
        "No mail server is set up: mail would wait here. A supervisor fills in [mail] in the "
        "config file.",
    ),
    "not_set_up": (
        "还没有设置邮件服务器，待发的 {waiting} 封先在这里等着。请主管在配置文件的 [mail] 里填写。",
        "No mail server is set up: what waits ({waiting}) cannot be sent. A supervisor fills in "
        "[mail] in the config file.",
    ),
    "not_set_up_failed": (
        "还没有设置邮件服务器，待发 {waiting} 封、失败 {failed} 封都发不出去。请主管在配置文件的 "
        "[mail] 里填写。",
        "No mail server is set up: none of those waiting ({waiting}) or failed ({failed}) can be "
        "sent. A supervisor fills in [mail] in the config file.",
    ),
    "one_failed": (
        "没有发出：{error}（试了 {tries} 次）。可以再发一次、换地址，或撤回。",
        "Not sent: {error} (tries: {tries}). Send it again, to another address, or withdraw it.",
    ),
    "one_again": ("{error}，{at} 再试", "{error}; tried again at {at}"),
    "one_sent": ("{at} 已发出", "Sent at {at}"),
    "elsewhere": ("换个地址发", "Send it to another address"),
    "twice": (
        "这封邮件可能已经发到 {address}。再发一次，对方可能收到两封。",
        "This mail may have reached {address} already. Sent again, it may arrive twice.",
    ),
    "ask_withdraw": (
        "不再把“{subject}”发给 {address}？撤回会留在记录里。",
        "Never send “{subject}” to {address}? That it was withdrawn stays on record.",
    ),
    "yes_retry": ("再发", "Send again"),
    "yes_withdraw": ("撤回", "Withdraw"),
    "no": ("不", "No"),
    "retried": ("已放回发件箱，马上再发。", "Back in the outbox: it is tried again at once."),
    "withdrawn": ("已撤回。", "Withdrawn."),
    "redirected": ("已改发到新地址。", "On its way to the new address."),
    "redirected_waits": (
        "已改成新地址；没有邮件服务器，先在发件箱里等着。",
        "Addressed anew; without a mail server it waits in the outbox.",
    ),
    "retried_waits": (
        "已放回发件箱；没有邮件服务器，先在这里等着。",
        "Back in the outbox; without a mail server it waits there.",
    ),
    "which": ("“{subject}”，原来发给 {address}", "“{subject}”, until now to {address}"),
}
