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
    "ask_number": ("请输入编号，先看说明再定", "Its number, to read more before you decide"),
    "ask_take": ("就用这一套吗？", "Run by this one?"),
    "ask_also": (
        "同时采用管理处制度的交接步骤（清点、互签等）吗？",
        "Add the management office's handover steps (counts, both signatures)?",
    ),
    "ask_supervisor": ("第一位主管的姓名", "Name of the first supervisor"),
    "ask_staff_no": ("工号", "Staff number"),
    "ask_phone": ("联系电话（可不填）", "Telephone (may stay empty)"),
    "ask_lists": (
        "名单可以现在就从 CSV 文件导入，也可以以后在设置（F9）里导入。填文件路径，直接回车跳过。",
        "Lists can be loaded from CSV files now, or later in the set-up (F9). "
        "Give the file's path; Enter leaves one out.",
    ),
    "list_roles": ("角色可写：{roles}", "Roles: {roles}"),
    "answer_wanted": ("这一项不能空着。", "This one is wanted: it cannot stay empty."),
    "yes_or_no": ("请回答 y（是）或 n（否）。", "Answer y or n."),
    "number_wanted": (
        "没有“{typed}”这个编号，请输入 1 到 {most}。",
        "There is no “{typed}”: type a number from 1 to {most}.",
    ),
    "ask_list_people": ("人员名单", "People"),
    "ask_list_items": ("岗位物品", "Items of the post"),
    "ask_list_checklists": ("检查清单", "Checklists"),
    "ask_list_residents": ("住户名单", "Residents"),
    "ask_pin": ("密码（至少 8 位，输入时不显示）", "PIN (8 characters at least, not shown)"),
    "ask_pin_only": ("密码", "PIN"),
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
    "log_none": ("这段时间没有记录。", "Nothing was logged then."),
    "search_none": ("没有找到。", "Nothing was found."),
    "matters_none": ("没有这样的待办。", "There are no such matters."),
    "masked": (
        "住户的姓名和电话已遮住；值班人员或负责人加 --reveal 并输入密码可以看全，记入流水。",
        "Residents' names and numbers are masked. Whoever is on duty or in charge sees them with "
        "--reveal and a PIN, on record.",
    ),
    "no_terminal": (
        "这里没有终端可以输入。请加上 --as 工号 --pin-stdin，密码由标准输入给出。",
        "There is no terminal to ask at. Give --as NUMBER --pin-stdin, and the PIN on standard "
        "input.",
    ),
    "no_receipt": (
        "“{code}”不是回执号。回执号是 16 个字母和数字，如 M9MX-9PDT-HYVQ-KC05。",
        "“{code}” is no receipt: a receipt has 16 letters and digits, as M9MX-9PDT-HYVQ-KC05.",
    ),
    "sheet_no_number": (
        "这张表按日期打印，不写编号，用 --day",
        "this form is of a day: --day, and no number",
    ),
    "sheet_number_handover": ("后面要写交接班编号", "the handover's number is wanted behind it"),
    "sheet_number_work_order": ("后面要写工单号", "the order's number is wanted behind it"),
    "sheet_number_complaint": ("后面要写投诉记录号", "the complaint's number is wanted behind it"),
    "sheet_number_next_day": (
        "后面要写次日安排的待办编号",
        "the number of the matter put off to the next day is wanted behind it",
    ),
    "sheet_number_patrol": (
        "后面要写巡查记录的编号",
        "the number of the patrol's entry is wanted behind it",
    ),
    "sheet_number_agreement": (
        "后面要写签字人的工号",
        "the staff number of the one who signs is wanted behind it",
    ),
    "import_refused": (
        "有 {count} 处问题，一条也没有导入。",
        "Problems: {count}. Nothing was imported.",
    ),
    "import_would": (
        "检查通过：{rows} 行，将添加 {added} 条。",
        "All is well: {rows} rows, {added} would be added.",
    ),
    "import_done": (
        "已导入：{rows} 行，添加 {added} 条。",
        "Imported. Rows: {rows}, added: {added}.",
    ),
    "backup_made": ("备份已做好并通过检查：{file}", "The backup is made and checked: {file}"),
    "restored": ("已恢复：{file}", "Restored: {file}"),
    "restored_kept": ("原来的文件保留在：{file}", "The file that was there is kept: {file}"),
    "verify_good": (
        "核对无误：流水 {rows} 条，签名 {signatures} 个。末条：{head}",
        "All is as it was sealed: {rows} rows of the journal, {signatures} signatures. "
        "Last: {head}",
    ),
    "verify_receipts": ("回执相符：{codes}", "In the chain as kept: {codes}"),
    "verify_bad": (
        "发现 {count} 处与封存时不符，第一处见首行。",
        "Not as sealed: {count}. The first place stands in the first line.",
    ),
    "verify_erased": (
        "{place}：文字已依令删除，令号 {order}（流水第 {row} 条）",
        "{place}: its words were erased by order {order} (row {row} of the journal)",
    ),
    "level_good": ("正常", "good   "),
    "level_warning": ("注意", "warning"),
    "level_fault": ("故障", "fault  "),
    "doctor_sqlite": ("SQLite {version}，{mode}", "SQLite {version}, {mode}"),
    "doctor_sqlite_old": (
        "SQLite {version} 较旧，改用较慢但安全的写入方式；装上 pysqlite3 可以更快",
        "SQLite {version} is old, so the slower safe way of writing is used; pysqlite3 is faster",
    ),
    "doctor_no_config": (
        "没有配置文件，按默认值运行：{file}",
        "There is no config file, so the defaults hold: {file}",
    ),
    "doctor_config": ("配置文件可用：{file}", "The config is sound: {file}"),
    "doctor_database": (
        "数据文件完好（{mode}）：{file}",
        "The database is sound ({mode}): {file}",
    ),
    "doctor_database_bad": (
        "数据文件有问题：{file}（{found}）",
        "Something is wrong with the database: {file} ({found})",
    ),
    "doctor_no_secret": (
        "找不到本机密钥文件，所有 PIN 都将无法核对：{file}",
        "The desk's secret is missing, so no PIN can be checked: {file}",
    ),
    "doctor_secret": (
        "本机密钥文件别人也能读，请收紧权限：{file}",
        "Others can read the desk's secret; narrow its rights: {file}",
    ),
    "doctor_secret_kept": ("本机密钥文件已保管好：{file}", "The desk's secret is kept: {file}"),
    "doctor_no_backup": (
        "没有完好的备份（{folder} 里有 {count} 份）。请运行 desk-console backup",
        "There is no good backup ({count} in {folder}). Run desk-console backup",
    ),
    "doctor_backups": (
        "最新的完好备份是 {days} 天前的，共 {count} 份：{file}",
        "The newest good backup is {days} days old, of {count}: {file}",
    ),
    "doctor_no_mail": (
        "没有设置邮件服务器，待发 {waiting} 封",
        "No mail server is set up; {waiting} mails wait",
    ),
    "doctor_mail_secret": (
        "读不到邮件账号的密码文件：{file}",
        "The file with the mail account's password cannot be read: {file}",
    ),
    "doctor_mail_signs": (
        "邮件账号的密码只能用英文字母、数字和英文符号：{file}",
        "The mail account's password must be in English letters, digits and signs: {file}",
    ),
    "doctor_mail": (
        "邮件经 {host} 发出，待发 {waiting} 封，失败 {failed} 封",
        "Mail leaves by {host}; {waiting} waiting, {failed} failed",
    ),
    "delivered": (
        "发出 {sent} 封，稍后再试 {later} 封，失败 {failed} 封。",
        "{sent} sent, {later} to be tried again, {failed} failed.",
    ),
    "doctor_room": ("磁盘剩余 {free} MiB", "{free} MiB free on the disk"),
    "doctor_clock": ("电脑时钟：{now}", "The clock: {now}"),
    "doctor_clock_behind": (
        "电脑时钟比最后一条流水还早（{last}），请校准时间",
        "The clock is behind the journal's last row ({last}); set it right",
    ),
    "doctor_encoding": ("终端编码 {name}", "Terminal encoding {name}"),
    "doctor_encoding_bad": (
        "终端编码 {name} 显示不了中文，请设为 UTF-8",
        "The terminal encoding {name} has no Chinese; set it to UTF-8",
    ),
    "doctor_term": ("终端类型 {name}", "Terminal type {name}"),
    "doctor_term_dumb": (
        "终端类型 {name} 打不开界面，只能用命令",
        "The terminal type {name} shows no screens; only commands work",
    ),
    "doctor_colour": ("颜色：{name}", "Colour: {name}"),
    "doctor_locale": ("语言环境 {name}", "Locale {name}"),
    "doctor_locale_bad": (
        "语言环境 {name} 不是 UTF-8，例如可设 LANG=C.UTF-8",
        "The locale {name} is not UTF-8; set LANG=C.UTF-8, for one",
    ),
    "doctor_fonts": ("中文字体：{name}", "Chinese font: {name}"),
    "doctor_index": ("查询索引完整", "The search index is whole"),
    "doctor_index_part": (
        "查询索引不完整；打开值班台会自动重建，也可运行 desk-console doctor --reindex",
        "The search index is not whole; the open console makes it again, "
        "or run desk-console doctor --reindex",
    ),
    "doctor_reindexed": (
        "查询索引已重建，共 {count} 条",
        "The index is made anew: {count} entries",
    ),
    "roster_published": (
        "已公布，通知 {people} 人，其中发邮件 {mailed} 封。",
        "Published. {people} people are told, {mailed} of them by mail.",
    ),
    "roster_exported": ("已导出：{file}", "Exported: {file}"),
    "matter_overdue": ("超时 {span}", "{span} overdue"),
    "matter_left": ("还有 {span}", "{span} left"),
}
