"""What the foundation says to people: limits, the disk, the file."""

TEXTS: dict[str, tuple[str, str]] = {
    "text_too_long": (
        "文字太长：最多 {limit} 字，现有 {length} 字。请删减后再保存。",
        "The text is too long: {limit} characters at most, this has {length}. "
        "Shorten it and save again.",
    ),
    "text_stacked_marks": (
        "文字里有叠在一起的符号，无法显示。请重新输入。",
        "The text has marks stacked on one letter and cannot be shown. Type it again.",
    ),
    "read_only": (
        "数据文件只能查看，不能写入，没有保存任何内容。"
        "请检查文件和文件夹的权限，或不带 --read-only 重新打开。",
        "The file is open for reading only; nothing was saved. Check the rights on the file "
        "and its folder, or open it again without --read-only.",
    ),
    "busy": (
        "另一个窗口正在写入，等了 5 秒仍未轮到。内容还在，请再保存一次。",
        "Another console kept the file busy for 5 seconds. Your words are still here: save again.",
    ),
    "disk_full": (
        "磁盘已满，没有保存。内容还在屏幕和草稿里；腾出空间后再保存一次。文件：{file}",
        "The disk is full and nothing was saved. Your words stay on screen and in the draft: "
        "make room, then save again. File: {file}",
    ),
    "disk_failed": (
        "磁盘写入失败，无法确认已存好，程序已停止写入。请联系主管，检查磁盘后重新启动。文件：{file}",
        "The disk failed while writing, so nothing more is written until the disk was checked and "
        "the program restarted. Call the supervisor. File: {file}",
    ),
    "file_damaged": (
        "数据文件已损坏：{file}",
        "The database file is damaged: {file}",
    ),
    "file_is_folder": (
        "这是一个文件夹，不是数据文件：{file}",
        "This is a folder, not a database file: {file}",
    ),
    "file_unreadable": (
        "没有权限读取数据文件：{file}",
        "The database file may not be read: {file}",
    ),
    "file_foreign": (
        "这个文件属于别的程序，不是值班台的数据：{file}",
        "This file belongs to another program, not to a desk console: {file}",
    ),
    "file_newer": (
        "数据文件由较新的程序写成（版式 {found}，本程序只认得 {known}）。"
        "请更新程序后再打开：{file}",
        "The file was written by a newer program (schema {found}; this one knows {known}). "
        "Update the program, then open it: {file}",
    ),
    "migration_failed": (
        "数据文件升级失败，文件保持原样：{file}。升级前的备份：{backup}",
        "Bringing the file up to date failed; it is as it was: {file}. "
        "Backup made before: {backup}",
    ),
    "mail_address": (
        "这不是邮箱地址：{address}",
        "This is no mail address: {address}",
    ),
    "csv_line": ("第 {line} 行：{what}", "line {line}: {what}"),
    "csv_cell": ("第 {line} 行「{column}」：{what}", "line {line}, {column}: {what}"),
    "csv_missing": ("找不到文件：{file}", "There is no such file: {file}"),
    "csv_is_folder": (
        "这是一个文件夹，请选择 CSV 文件：{file}",
        "This is a folder; choose a CSV file: {file}",
    ),
    "csv_unreadable": ("没有权限读取文件：{file}", "The file may not be read: {file}"),
    "xlsx_broken": (
        "这个文件不是电子表格，或已损坏：{file}",
        "The file is no spreadsheet, or a broken one: {file}",
    ),
    "csv_empty": ("文件是空的：{file}", "The file is empty: {file}"),
    "csv_too_large": (
        "文件太大（最多 {limit} MB）：{file}",
        "The file is too large ({limit} MB at most): {file}",
    ),
    "csv_encoding": (
        "认不出文件的编码。请另存为“CSV UTF-8”后再导入：{file}",
        'The encoding of the file is not known. Save it as "CSV UTF-8" and import it again: {file}',
    ),
    "csv_broken_line": (
        "引号不成对，无法读取这一行",
        "the quotation marks do not match, so the line cannot be read",
    ),
    "csv_too_many_rows": (
        "行数超过 {limit}，请分成几个文件",
        "more than {limit} rows; part the file into several",
    ),
    "csv_too_many_cells": (
        "比表头多出了内容（表头有 {limit} 列）",
        "has more cells than the heading ({limit} columns)",
    ),
    "csv_cell_empty": ("不能为空", "must not be empty"),
    "csv_unknown_column": ("认不出这一列", "this column is not known"),
    "csv_column_twice": ("这一列出现了两次", "this column is there twice"),
    "csv_missing_column": ("缺少列：{column}", "a column is missing: {column}"),
    "config_absent": (
        "没有这个配置文件：{file}。看看 --config 写得对不对。",
        "There is no such config file: {file}. See whether --config names the right one.",
    ),
    "config_is_folder": (
        "这是一个文件夹，不是配置文件：{file}",
        "This is a folder, not a config file: {file}",
    ),
    "config_unreadable": (
        "没有权限读取配置文件：{file}",
        "The config file may not be read: {file}",
    ),
    "config_empty": (
        "配置文件是空的：{file}。请照 config.example.toml 填写，或删掉它重新设置。",
        "The config file is empty: {file}. Fill it in after config.example.toml, or delete it and "
        "set up again.",
    ),
    "config_not_utf8": (
        "配置文件 {file} 第 {line} 行不是 UTF-8 文字（可能存成了 GBK/GB18030）。"
        "请在编辑器里另存为 UTF-8。",
        "Line {line} of the config file {file} is not UTF-8 (saved as GBK/GB18030, perhaps). "
        "Save it as UTF-8 in your editor.",
    ),
    "config_not_toml": (
        "配置文件 {file} 第 {line} 行写法有误，读不懂：{words}",
        "Line {line} of the config file {file} cannot be read: {words}",
    ),
    "config_wrong": (
        "配置文件 {file} 第 {line} 行，{name}：{problem}",
        "Config file {file}, line {line}, {name}: {problem}",
    ),
    "config_variable": (
        "环境变量 {variable}：{problem}",
        "Environment variable {variable}: {problem}",
    ),
    "config_unknown": (
        "没有这个配置项。这里可以写：{known}",
        "there is no such key. Known here: {known}",
    ),
    "config_unknown_close": (
        "没有这个配置项。是不是想写 {close}？",
        "there is no such key. Did you mean {close}?",
    ),
    "config_choice": (
        "“{value}”不在可选范围内：{choices}",
        "“{value}” is not one of {choices}",
    ),
    "config_at_least": ("不能小于 {bound}，现为 {value}", "{bound} at least, not {value}"),
    "config_at_most": ("不能大于 {bound}，现为 {value}", "{bound} at most, not {value}"),
    "config_no_sender": (
        "填了邮件服务器，还要填发件地址",
        "where there is a mail server, there must be a sender's address",
    ),
    "config_zone": (
        "没有“{value}”这个时区，例如 Asia/Shanghai",
        "there is no time zone “{value}”; one is Asia/Shanghai",
    ),
    "config_type_number": ("要写整数，现为“{value}”", "a whole number is wanted, not “{value}”"),
    "config_type_bool": (
        "要写 true 或 false，现为“{value}”",
        "true or false is wanted, not “{value}”",
    ),
    "config_type_text": (
        "要写加引号的文字，现为“{value}”",
        "a text in quotes is wanted, not “{value}”",
    ),
    "config_type_list": (
        "要写方括号里的列表，现为“{value}”",
        "a list in square brackets is wanted, not “{value}”",
    ),
    "config_type_table": (
        "要写成一节（[名称]），现为“{value}”",
        "a section ([name]) is wanted, not “{value}”",
    ),
    "config_value": ("“{value}”不能用在这里", "“{value}” cannot stand here"),
    "never_set_up": (
        "这里还没有数据文件：{file}。请先运行 desk-console init。",
        "There is no database yet: {file}. Run desk-console init first.",
    ),
    "config_exists": (
        "配置文件已经有了：{file}。没有改动任何内容。",
        "There is a config already: {file}. Nothing was changed.",
    ),
    "database_exists": (
        "数据文件已经有了：{file}。没有改动任何内容。",
        "There is a database already: {file}. Nothing was changed.",
    ),
    "head_older": (
        "数据文件比上次关闭时旧：流水第 {seq} 条不见了。可能换回了旧文件，请主管核对：{file}",
        "The file is older than when it was last closed: row {seq} of the journal is gone. An old "
        "copy may have been put back; let the supervisor look into it: {file}",
    ),
    "head_other": (
        "数据文件的流水与上次关闭时不同（第 {seq} 条）。请主管用 verify 核对：{file}",
        "The journal is not the one that was last closed (row {seq}). Let the supervisor check it "
        "with verify: {file}",
    ),
    "file_damaged_backup": (
        "数据文件已损坏：{file}。最新的完好备份：{backup}。恢复命令：desk-console restore {backup}",
        "The database file is damaged: {file}. The newest good backup: {backup}. To restore it: "
        "desk-console restore {backup}",
    ),
    "file_damaged_no_backup": (
        "数据文件已损坏：{file}。没有找到完好的备份（找过 {folder}）。",
        "The database file is damaged: {file}. No good backup was found (in {folder}).",
    ),
    "file_behind": (
        "数据文件的版式较旧，要能写入才能升级。请检查权限，或不带 --read-only 打开：{file}",
        "The file is of an older schema and must be written to be brought up to date. Check its "
        "rights, or open it without --read-only: {file}",
    ),
    "backup_exists": (
        "已有同名文件，没有备份：{file}",
        "A file of that name is there already; no backup was made: {file}",
    ),
    "backup_faulty": (
        "备份没有通过检查，已作废：{file}（{found}）。请先运行 doctor。",
        "The copy did not pass the check and was thrown away: {file} ({found}). Run doctor first.",
    ),
    "backup_no_room": (
        "磁盘空间不够，没有写成，原文件未动：{file}。请腾出空间再试。",
        "There is no room on the disk; nothing was written, the database is untouched: {file}. "
        "Make room and try again.",
    ),
    "backup_failed": ("没有写成：{file}（{words}）", "It could not be written: {file} ({words})"),
    "backup_missing": ("没有这个备份：{file}", "There is no such backup: {file}"),
    "restore_faulty": (
        "备份不完好，没有恢复，现有数据未动：{file}（{found}）",
        "The backup is not whole; nothing was restored and nothing touched: {file} ({found})",
    ),
    "restore_itself": (
        "这就是正在用的数据文件，不是备份：{file}。没有改动任何内容。",
        "This is the database itself, not a backup of it: {file}. Nothing was touched.",
    ),
    "restore_in_use": (
        "值班台正开着这个数据文件，请全部退出后再恢复：{file}",
        "A console has the file open. Close them all, then restore: {file}",
    ),
    "verify_no_file": ("没有这个文件：{file}", "There is no such file: {file}"),
    "verify_no_database": (
        "这不是值班台的数据文件：{file}",
        "This is no database of a desk console: {file}",
    ),
    "verify_no_journal": ("{place}：文件里没有流水", "{place}: the file has no journal"),
    "verify_damaged": ("{place}：文件已损坏（{words}）", "{place}: the file is damaged ({words})"),
    "verify_row_missing": (
        "{place}：流水缺这一条，下一条是 {next}",
        "{place}: this row of the journal is missing, the next is {next}",
    ),
    "verify_row_unlinked": (
        "{place}：与前一条接不上",
        "{place}: does not follow from the row before it",
    ),
    "verify_row_changed": ("{place}：内容被改过", "{place}: its content was changed"),
    "verify_table_missing": ("{place}：表不见了", "{place}: the table is missing"),
    "verify_trigger_missing": ("{place}：封存保护被去掉了", "{place}: the seal was taken off"),
    "verify_trigger_changed": ("{place}：封存保护被改过", "{place}: the seal was changed"),
    "verify_trigger_foreign": (
        "{place}：封存的表上多出了一个触发器",
        "{place}: a trigger that does not belong there stands on a sealed table",
    ),
    "verify_key_unknown": (
        "{place}：签名密钥没有登记在流水里",
        "{place}: the signing key was never enrolled in the journal",
    ),
    "verify_signature_bad": ("{place}：签名不成立", "{place}: the signature does not hold"),
    "verify_signature_moved": (
        "{place}：签名被挪到了别的记录上",
        "{place}: the signature was moved to another record",
    ),
    "verify_signature_missing": (
        "{place}：缺签名",
        "{place}: a signature is missing",
    ),
    "verify_erased_without_order": (
        "{place}：文字被清除，但没有对应的指令",
        "{place}: the words were erased without an order on record",
    ),
    "verify_unjournaled": (
        "{place}：流水里没有这条记录",
        "{place}: the journal knows nothing of this record",
    ),
    "verify_words_changed": ("{place}：原文被改过", "{place}: its words were changed"),
    "verify_record_missing": ("{place}：记录被删除了", "{place}: the record was removed"),
    "verify_receipt_unknown": (
        "{place}：流水里没有这个回执号，可能删去了最新的记录",
        "{place}: the chain has no such receipt; the newest rows may have been cut off",
    ),
}
