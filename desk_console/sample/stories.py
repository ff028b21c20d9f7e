"""What residents of the sample site ring up about, and what the desk does: the words of its log."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that happens at a desk, with the department concerned where there is one."""

    category: str
    content: str
    action: str
    result: str
    department: str = ""
    is_urgent: bool = False


CALLS: tuple[Story, ...] = (
    Story(
        "repair",
        "厨房水槽下水管漏水，地面已积水",
        "登记报修，请其先关角阀",
        "",
        "maintenance",
        True,
    ),
    Story(
        "repair", "客厅两路插座没电，其他房间正常", "登记报修，提醒勿自行拆开", "", "maintenance"
    ),
    Story("repair", "卫生间地漏返味，通风后仍有", "登记报修，约下午上门", "", "maintenance"),
    Story("repair", "入户门禁对讲听不到声音", "转工程部检查楼层对讲", "", "maintenance"),
    Story(
        "repair",
        "楼道声控灯不亮，晚上看不清台阶",
        "转工程部更换灯头",
        "已更换，试亮正常",
        "maintenance",
    ),
    Story(
        "repair",
        "电梯运行到 9 层有异响",
        "通知维保单位并贴提示",
        "维保已调整导轨，异响消除",
        "maintenance",
    ),
    Story("repair", "阳台落水管接口渗水", "登记报修，转工程部", "", "maintenance"),
    Story(
        "repair", "洗手盆龙头关不紧，一直滴水", "登记报修，约上午上门", "已更换阀芯", "maintenance"
    ),
    Story(
        "complaint",
        "楼上装修午休时间电钻施工",
        "联系装修负责人要求停工",
        "施工方已停，答应按时段施工",
        "security",
    ),
    Story(
        "complaint", "地库 B2 车位被他人占用", "查监控，联系占位车主挪车", "车主已挪车", "security"
    ),
    Story("complaint", "门前绿化带有狗粪未清", "转环境部清理", "", "cleaning"),
    Story(
        "complaint", "快递柜旁堆放纸箱影响通行", "转环境部清运，并提示商户", "已清运", "cleaning"
    ),
    Story("complaint", "上月物业费扣了两次", "登记，请财务核对流水", "", "finance"),
    Story("enquiry", "问本周六能否办理车位续租", "答复周六 9:00 至 17:00 可办，带行驶证", "已答复"),
    Story("enquiry", "问装修押金退还要带什么", "告知带收据和验收单到前台办理", "已答复"),
    Story("enquiry", "问停水通知是几点到几点", "查通知，告知今日 14:00 至 17:00", "已答复"),
    Story("enquiry", "问新门禁卡多少钱，几天能拿", "告知工本费二十元，当场可取", "已答复"),
    Story("enquiry", "问快递员能否放件到门口", "告知登记后可以上楼", "已答复"),
    Story(
        "help",
        "老人独自在家，电话无人接，请上门看看",
        "安护上门敲门确认",
        "老人平安，已请其回电",
        "security",
        True,
    ),
    Story(
        "help",
        "孩子被反锁在卧室",
        "通知安护携工具上门，告知开锁公司电话",
        "门已打开，孩子平安",
        "security",
        True,
    ),
    Story("help", "搬家请留一部电梯", "与安护确认，留二号梯 14:00 至 16:00", "已安排", "security"),
    Story("help", "车在地库打不着，请帮忙搭电", "安护携搭电线到场", "已启动", "security"),
    Story("errand", "出差一周，请代收快递", "登记代收，告知每件通知", "已登记"),
    Story("errand", "请明早八点帮叫一辆出租车到东门", "记入提醒，转早班", "", ""),
    Story("errand", "请代为转交钥匙给装修师傅", "核对身份后登记转交", "已转交", ""),
    Story("suggestion", "建议西门加一盏路灯", "记录，转工程部评估", "", "maintenance"),
    Story("suggestion", "建议儿童区增加遮阳", "记录，列入月度建议", "已致谢并告知处理方式"),
    Story("praise", "表扬夜班孙师傅半夜抢修水管", "记录并转告本人和主管", "已致谢"),
    Story("praise", "感谢保洁阿姨捡到手机归还", "记录并转告环境部", "已致谢", "cleaning"),
)

NIGHT_CALLS: tuple[Story, ...] = (
    Story(
        "repair",
        "卫生间水管爆裂，水流到走廊",
        "立即上门关总阀，更换软管",
        "已修好，走廊已擦干",
        "",
        True,
    ),
    Story(
        "repair",
        "家中突然跳闸，合不上",
        "上门检查，为热水器漏电，断开后送电",
        "已恢复，请其联系售后",
    ),
    Story("repair", "马桶堵塞", "上门疏通", "已疏通"),
    Story(
        "repair",
        "空调外机漏水滴到楼下雨棚，声音大",
        "夜间无法高空作业，已告知住户次日安排",
        "",
        "maintenance",
    ),
    Story(
        "repair", "热水管接头渗水，量小", "缺接头，已关分阀，告知住户次日安排", "", "maintenance"
    ),
    Story("complaint", "楼下烧烤摊深夜吵闹", "安护到场劝离", "已散去", "security"),
    Story("complaint", "隔壁深夜聚会音乐声大", "电话劝告，安护上门", "", "security"),
    Story("help", "忘带门卡进不了单元门", "核对身份后远程开门", "已进门"),
    Story(
        "help",
        "地库有人受伤流血",
        "呼叫 120，安护到场照看",
        "救护车已接走，家属已通知",
        "security",
        True,
    ),
    Story("enquiry", "问东门夜间几点关", "告知 23:30 关，之后走南门", "已答复"),
)

BURST = Story(
    "repair",
    "地下车库消防水管接头爆裂，水流到 B1 车道",
    "已关分区阀并围挡，工程部到场，接头要换，配件晚上送到",
    "",
    "maintenance",
    True,
)
"""What is important and cannot be finished before the evening's handover."""

VISITS: tuple[tuple[str, str, str], ...] = (
    ("供水公司", "抄表", "苏A·D0213"),
    ("电梯维保", "半月保养", "苏A·W8841"),
    ("装修公司", "进场勘察", ""),
    ("宽带安装", "入户装机", ""),
    ("中介带看", "看房", ""),
)

CUSTODY: tuple[tuple[str, str], ...] = (
    ("快递小件一件", "顺丰快递员"),
    ("备用钥匙一把（信封封口）", "业主本人"),
    ("文件袋一个", "律师助理"),
    ("生日蛋糕一个（冷藏）", "送餐员"),
)

EVENTS: tuple[tuple[str, str, str], ...] = (
    ("消防主机报一号楼 12 层感烟报警", "安护到场查看，为装修扬尘误报", "已复位"),
    ("暴雨预警，检查地库挡水板", "通知安护布置挡水板", "已布置"),
    ("市政临时停电十分钟", "检查电梯无困人，发通知", "已恢复供电"),
)

SUMMARIES: tuple[str, ...] = (
    "本班平稳，来电以报修为主。",
    "来访较多，电梯保养已完成。",
    "夜间两起漏水，一起已修，一起待次日配件。",
)
