"""A new bank to begin with: the smallest folder that passes every check, and schemas for the editor."""

from __future__ import annotations

import json
from pathlib import Path

from quizlib.bank.schema import schemas
from quizlib.bank.table import ID
from quizlib.errors import ContentError, fault

BANK = """#:schema ./.schema/bank.json
name = "{name}"
version = "0.1.0"
licence = "CC-BY-4.0"
cut = 70
title = "Bộ câu hỏi mới"
about = "Bộ câu hỏi này giúp người học điều gì."

[[topic]]
id = "first-topic"
title = "Chủ đề đầu tiên"

[[blueprint]]
name = "quick"
title = "1 câu"
[[blueprint.quota]]
topic = "first-topic"
count = 1
"""
SOURCES = """#:schema ./.schema/sources.json
[first-source]
publisher = "Cơ quan hoặc tờ báo"
title = "Tên bài"
address = "https://example.org/bai-viet"
read = true
"""
TOPIC = """#:schema ./.schema/topic.json
[lesson]
remember = "Hai, ba câu ngắn: điều cần nhớ của chủ đề này."
about = "Chủ đề nói về điều gì. Ai hay gặp. Vì sao nên biết."
signs = ["Dấu hiệu thứ nhất.", "Dấu hiệu thứ hai.", "Dấu hiệu thứ ba."]
steps = ["Việc làm ngay đầu tiên.", "Việc thứ hai.", "Việc thứ ba."]
aftermath = "Nếu việc đã xảy ra thì làm gì trước, gọi cho ai."
genuine = "Việc thật thì trông như thế nào."
situations = ["Có người gọi hỏi mã", "Có tin nhắn lạ", "Có người đòi tiền"]
sources = ["first-source"]
review_by = 2028-05-01

[[item]]
id = "{name}-first"
version = 1
kind = "choice"
stem = "Ai được biết mã OTP của bạn?"
level = 1
difficulty = "easy"
verdict = "none"
competences = ["digcomp-3.0:4.2", "tt02-2025:4.2"]
audience = ["everyone"]
sources = ["first-source"]
valid_from = 2026-11-01
review_by = 2028-05-01
key = ["a"]
explanation = "Mã OTP như chìa khóa nhà. Ai hỏi mã, bạn hãy dừng lại và gọi người thân."

[[item.option]]
id = "a"
text = "Chỉ một mình bạn."
rationale = "Đúng. Mã chỉ dành cho người giữ tài khoản."

[[item.option]]
id = "b"
text = "Nhân viên ngân hàng."
rationale = "Nghe hợp lý, nhưng ngân hàng không cần biết mã của bạn."
"""


def write_starter(folder: Path) -> None:
    """Write the files; ``ContentError`` when the folder is in use or its name cannot be a bank's."""
    if not ID.fullmatch(folder.name):
        raise ContentError([fault(str(folder), "", "", "bad-shape-id")])
    if folder.exists() and any(folder.iterdir()):
        raise ContentError([fault(str(folder), "", "", "folder-in-use")])
    (folder / ".schema").mkdir(parents=True)
    texts = {"bank": BANK, "sources": SOURCES, "first-topic": TOPIC}
    for name, text in texts.items():
        filled = text.replace("{name}", folder.name)
        (folder / f"{name}.toml").write_text(filled, encoding="utf-8")
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        (folder / ".schema" / f"{name}.json").write_text(text, encoding="utf-8")
