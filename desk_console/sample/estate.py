"""The sample estate: departments, post items, rounds, and 1,200 homes with their people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

DEPARTMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("maintenance", "工程部", "Maintenance", "02588000001"),
    ("security", "安护部", "Security", "02588000002"),
    ("cleaning", "环境部", "Cleaning and grounds", "02588000003"),
    ("finance", "财务部", "Accounts", "02588000004"),
)

ITEMS: tuple[tuple[str, str, str, str, int], ...] = (
    ("K01", "一号楼天台钥匙", "钥匙板", "把", 2),
    ("K02", "二号楼天台钥匙", "钥匙板", "把", 2),
    ("K03", "三号楼天台钥匙", "钥匙板", "把", 2),
    ("K04", "配电房钥匙", "钥匙板", "把", 3),
    ("K05", "水泵房钥匙", "钥匙板", "把", 3),
    ("K06", "消防控制室钥匙", "钥匙板", "把", 2),
    ("K07", "电梯机房钥匙", "钥匙板", "把", 2),
    ("K08", "会所钥匙", "钥匙板", "把", 2),
    ("K09", "地库弱电间钥匙", "钥匙板", "把", 2),
    ("K10", "备品仓库钥匙", "钥匙板", "把", 1),
    ("R01", "对讲机", "通讯", "部", 6),
    ("R02", "对讲机充电座", "通讯", "个", 6),
    ("R03", "值班手机", "通讯", "部", 1),
    ("T01", "强光手电", "工具", "支", 4),
    ("T02", "应急工具箱", "工具", "个", 1),
    ("T03", "试电笔", "工具", "支", 2),
    ("T04", "管钳", "工具", "把", 2),
    ("T05", "折叠梯", "工具", "架", 1),
    ("S01", "急救箱", "安全", "个", 1),
    ("S02", "灭火器", "安全", "具", 4),
    ("S03", "防汛沙袋", "安全", "个", 40),
    ("D01", "门禁空白卡", "前台", "张", 200),
    ("D02", "装修须知", "前台", "份", 150),
    ("D03", "节日纪念品", "前台", "份", 120),
    ("D04", "雨伞", "前台", "把", 12),
)

ROUND_POINTS: tuple[tuple[str, str], ...] = (
    ("东门岗", "East gate"),
    ("中心花园", "Central garden"),
    ("儿童游乐区", "Playground"),
    ("地库 B1 出入口", "Car park B1 entrance"),
    ("水泵房", "Pump room"),
    ("西门岗", "West gate"),
)

BUILDINGS = 10
ENTRANCES = 2
FLOORS = 15
DOORS = 4

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = (
    "伟",
    "芳",
    "娜",
    "秀英",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀兰",
    "霞",
    "平",
    "刚",
    "桂英",
    "建华",
    "文博",
    "子涵",
    "雨桐",
    "浩然",
    "欣怡",
    "宇轩",
    "梓萱",
    "俊杰",
    "思远",
    "嘉怡",
    "晓东",
    "海燕",
    "国栋",
    "玉梅",
    "志远",
    "春花",
    "一鸣",
    "若曦",
    "明哲",
    "诗涵",
    "佳慧",
    "建国",
    "红梅",
    "新民",
)


@dataclass(frozen=True, slots=True)
class Home:
    """A unit and one person in it, with the numbers of that person."""

    building: str
    entrance: str
    room: str
    name: str
    kind: str
    phones: tuple[str, ...]


def homes(chance: random.Random) -> Iterator[Home]:
    """1,200 units with one to three people each; the same ones for the same `chance`."""
    for building in range(1, BUILDINGS + 1):
        for entrance in range(1, ENTRANCES + 1):
            for floor in range(1, FLOORS + 1):
                for door in range(1, DOORS + 1):
                    people = chance.choices((1, 2, 3), (5, 4, 1))[0]
                    for order, given in enumerate(chance.sample(_GIVEN, people)):
                        phones = tuple(
                            _number(chance) for _ in range(chance.choices((1, 2), (7, 1))[0])
                        )
                        yield Home(
                            building=str(building),
                            entrance=str(entrance),
                            room=f"{floor}{door:02d}",
                            name=chance.choice(_SURNAMES) + given,
                            kind="owner" if order == 0 else chance.choice(("resident", "tenant")),
                            phones=phones,
                        )


def _number(chance: random.Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10)}{chance.randrange(10**8):08d}"
