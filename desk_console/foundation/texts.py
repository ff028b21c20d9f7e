"""What the foundation says to people: limits, the disk, the file, the config."""

TEXTS: dict[str, tuple[str, str]] = {
    "text_too_long": (
        "文字太长：最多 {limit} 字，现有 {length} 字。请删减后再保存。",
        "The text is too long: {limit} characters at most, this has {length}. Shorten it and save again.",
    ),
    "text_stacked_marks": (
        "文字里有叠在一起的符号，无法显示。请重新输入。",
        "The text has marks stacked on one letter and cannot be shown. Type it again.",
    ),
}
