"""What is said about files that leave the program."""

TEXTS: dict[str, tuple[str, str]] = {
    "file_exists": (
        "已经有这个文件了，不会覆盖它：{file}。请换一个名字。",
        "There is a file of that name, and it is not overwritten: {file}. Give another name.",
    ),
    "file_unwritable": (
        "写不了这个文件：{file}。请换一个文件夹，或检查权限。",
        "The file cannot be written: {file}. Choose another folder, or look at its rights.",
    ),
    "disk_full": (
        "磁盘已满，文件没有写成：{file}。",
        "The disk is full, so the file was not written: {file}.",
    ),
    "too_many_rows": (
        "一张表最多 {limit} 行。请缩短日期范围，或用 csv 格式。",
        "A sheet holds {limit} rows at most. Choose fewer days, or the format csv.",
    ),
}
