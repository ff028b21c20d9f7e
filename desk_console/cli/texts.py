"""What the command line says to people."""

TEXTS: dict[str, tuple[str, str]] = {
    "first_run_welcome": (
        "欢迎使用值班台。先回答几个问题，之后随时可以在配置文件里改。Ctrl+C 退出，不留任何文件。",
        "Welcome. A few questions first; every answer can be changed in the config later. "
        "Ctrl+C leaves, and nothing is written.",
    ),
    "first_run_done": (
        "已设好。请用{name}的姓名和密码签到。",
        "All is set up. Sign on as {name}.",
    ),
    "ask_site": ("服务中心名称", "Name of the service centre"),
    "ask_zone": ("时区", "Time zone"),
    "ask_regulation": ("按哪一套制度值班？", "Which regulation does the desk run by?"),
    "ask_number": ("请输入编号", "Its number"),
    "ask_also": (
        "同时采用管理处制度的交接步骤（清点、互签等）吗？",
        "Add the handover steps of the management office (counts, both signatures)?",
    ),
    "ask_supervisor": ("第一位主管的姓名", "Name of the first supervisor"),
    "ask_staff_no": ("工号", "Staff number"),
    "ask_phone": ("联系电话（可不填）", "Telephone (may stay empty)"),
    "ask_pin": ("密码（至少 8 位，输入时不显示）", "PIN (8 characters at least, not shown)"),
    "ask_pin_again": ("再输一次密码", "The PIN once more"),
    "pins_differ": ("两次输入不一样，请重新输入。", "The two are not the same: once more."),
    "init_done": ("已建好：{file}。主管：{name}。", "Made: {file}. Supervisor: {name}."),
    "demo_building": ("正在生成示范小区的一个月……", "Building a month of the sample site ..."),
    "demo_built": ("示范数据已生成：{file}", "The sample is built: {file}"),
    "path_config": ("配置文件", "config   "),
    "path_database": ("数据文件", "database "),
    "path_secret": ("本机密钥", "secret   "),
    "path_backups": ("备份文件夹", "backups  "),
    "path_head": ("流水末条", "head     "),
    "path_log": ("运行日志", "log      "),
    "no_regulation": (
        "没有这个制度：{id}。有：{known}",
        "There is no regulation {id}. There are: {known}",
    ),
    "import_refused": (
        "有 {count} 处问题，一条也没有导入。",
        "{count} problems: nothing was imported.",
    ),
    "import_would": (
        "检查通过：{rows} 行，将添加 {added} 条。",
        "All is well: {rows} rows, {added} would be added.",
    ),
    "import_done": (
        "已导入：{rows} 行，添加 {added} 条。",
        "Imported: {rows} rows, {added} added.",
    ),
}
