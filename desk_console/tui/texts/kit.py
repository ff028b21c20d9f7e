"""What the screen kit itself says: limits of fields, the terminal, the palette, tables."""

TEXTS: dict[str, tuple[str, str]] = {
    "confirm": ("确定", "Confirm"),
    "no_terminal": (
        "请在终端窗口中运行：当前的输入或输出不是终端。",
        "Run this in a terminal window: the input or output here is not a terminal.",
    ),
    "dumb_terminal": (
        "这个终端（TERM={term}）无法显示界面，请换用其他终端，或设置 TERM=xterm-256color。",
        "This terminal (TERM={term}) cannot show the screens. "
        "Use another, or set TERM=xterm-256color.",
    ),
    "encoding": (
        "终端发来的文字不是 UTF-8 编码，已忽略。请把终端的字符编码设为 UTF-8。",
        "The terminal sent text that is not UTF-8; it was left out. "
        "Set the terminal's encoding to UTF-8.",
    ),
    "paste_cut": (
        "粘贴的内容太长，只保留了前 {limit} 字。",
        "The pasted text was too long: its first {limit} characters were kept.",
    ),
    "field_full": (
        "这一栏最多 {limit} 字，多出的没有填入。",
        "This field takes {limit} characters at most; the rest was left out.",
    ),
    "only_digits": ("这一栏只填数字。", "This field takes digits only."),
    "only_time": ("这一栏只填几点几分，如 14:30。", "This field takes a time only, as 14:30."),
    "only_pin": (
        "密码里没有汉字和空格：请关掉中文输入法。",
        "A PIN has letters, digits and signs only, and no space: switch the input method off.",
    ),
    "too_small": ("窗口太小", "Window too small"),
    "too_small_least": ("至少要 {columns} 列 {lines} 行", "Needs {columns} columns, {lines} lines"),
    "too_small_now": ("现在 {columns} 列 {lines} 行", "Now {columns} columns, {lines} lines"),
    "palette_hint": ("输入命令名称、英文或拼音首字母", "Name of a command, or pinyin initials"),
    "palette_none": ("没有找到命令", "No such command"),
    "theme_light": ("浅色", "Light"),
    "theme_dark": ("深色", "Dark"),
    "theme_contrast": ("高对比", "High contrast"),
}
