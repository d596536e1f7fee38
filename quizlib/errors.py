"""The one tree of errors: refusals for people, faults for authors."""

# QuizError
# ├── Refusal        a person asked for something the rules or the moment do not allow: a code and its values
# ├── ContentError   files of authors (bank, rules, units) are wrong: every Fault, each with its place
# ├── QuotaError     a bank has no paper that meets a blueprint; asked of the bank before a round opens
# └── FrozenError    what was frozen no longer gives what was recorded: never served, always reported

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class QuizError(Exception):
    """Whatever quizlib refuses to do."""


class Refusal(QuizError):
    """A refusal to a person: ``code`` is one of REFUSALS, ``values`` fill its sentence."""

    def __init__(self, code: str, /, **values: object) -> None:
        if code not in REFUSALS:
            raise KeyError(f"unknown refusal: {code}")
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an author's file.

    ``file`` is the path as the author knows it, ``place`` the item, row or table in it (may be empty),
    ``field`` the field (may be empty), ``code`` a key of SENTENCES, ``values`` what fills it.
    """

    file: str
    place: str
    field: str
    code: str
    values: tuple[tuple[str, str], ...] = ()

    def to_dict(self, lang: str = "en") -> dict[str, str]:
        from_place = {"file": self.file, "place": self.place, "field": self.field, "code": self.code}
        return from_place | {"message": self.say(lang)}

    def say(self, lang: str = "en") -> str:
        """What is wrong and what to do, in Vietnamese (``vi``) or English (``en``)."""
        vietnamese, english = SENTENCES[self.code]
        return (vietnamese if lang == "vi" else english).format(**dict(self.values))

    def line(self, lang: str = "en") -> str:
        where = ": ".join(part for part in (self.file, self.place, self.field) if part)
        return f"{where}: {self.say(lang)}"


class ContentError(QuizError):
    """Files are refused as a whole; ``faults`` names everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.line() for fault in self.faults))

    def lines(self, lang: str = "en") -> list[str]:
        return [fault.line(lang) for fault in self.faults]


class QuotaError(QuizError):
    """The bank has no paper that meets the blueprint."""


class FrozenError(QuizError):
    """A frozen text, a draw version or a paper's digest does not match the record."""


def fault(file: str, place: str, field: str, code: str, /, **values: object) -> Fault:
    """A Fault; ``values`` become text, so that faults compare and print alike everywhere."""
    if code not in SENTENCES:
        raise KeyError(f"unknown fault: {code}")
    return Fault(file, place, field, code, tuple((name, str(value)) for name, value in values.items()))


# What a person can be refused; web/problems.py has the sentence and the HTTP status of each.
REFUSALS = frozenset(
    {
        "attempts-used",
        "barred",
        "guardian-needed",
        "round-closed",
        "round-not-open",
        "too-old",
        "too-young",
        "unit-unknown",
        "bad-response",
        "code-unknown",
        "form-stale",
        "not-found",
        "too-many-tries",
    }
)

# What can be wrong in a file: (Vietnamese, English), each saying what is wrong and what to do.
SENTENCES: dict[str, tuple[str, str]] = {
    "not-a-folder": (
        "Không có thư mục này. Hãy xem lại đường dẫn.",
        "There is no such folder. Check the path.",
    ),
    "unreadable": (
        "Không đọc được tệp: {reason}. Hãy lưu lại bằng bảng mã UTF-8.",
        "The file cannot be read: {reason}. Save it as UTF-8.",
    ),
    "bad-toml": (
        "Sai cú pháp TOML: {reason}. Hãy sửa dòng đó.",
        "TOML syntax error: {reason}. Mend that line.",
    ),
    # -- settings
    "bad-DATABASE_URL": (
        "Cần một địa chỉ bắt đầu bằng postgresql:// hoặc sqlite:///",
        "An address beginning with postgresql:// or sqlite:/// is needed.",
    ),
    "bad-QUIZLIB_ADDRESS": (
        "Cần địa chỉ công khai của trang, như https://thi.example.vn",
        "The site's public address is needed, such as https://quiz.example.org",
    ),
    "bad-QUIZLIB_PROXIES": (
        "Cần số máy chủ trung gian đáng tin, như 0 hoặc 1.",
        "The number of trusted proxies is needed, such as 0 or 1.",
    ),
    "bad-QUIZLIB_LIMITS": (
        "Cần memory:// hoặc redis://máy:cổng",
        "memory:// or redis://host:port is needed.",
    ),
    "bad-QUIZLIB_PRODUCTION": ("Cần 0 hoặc 1.", "0 or 1 is needed."),
    "no-secret": (
        "Chưa có khóa bí mật {file}. Hãy chép lại từ bản lưu, hoặc tạo mới bằng: quizlib serve --make-key",
        "The secret key {file} is missing. Restore it from a backup, or make one: quizlib serve --make-key",
    ),
    "key-exists": (
        "Đã có khóa {file}; khóa cũ được giữ nguyên.",
        "The key {file} exists; it is left as it is.",
    ),
    "bad-secret": (
        "Khóa bí mật {file} bị hỏng. Hãy chép lại từ bản lưu.",
        "The secret key {file} is damaged. Restore it from a backup.",
    ),
    # -- rounds
    "round-opened": (
        "Vòng này đã mở rồi; mỗi vòng chỉ mở một lần.",
        "This round is open already; a round is opened once.",
    ),
    "one-action": (
        "Hãy chọn đúng một trong --key, --accept, --full.",
        "Choose exactly one of --key, --accept, --full.",
    ),
    "unknown-blueprint": (
        "Bộ câu hỏi không có đề mẫu này. Hiện có: {known}.",
        "The bank has no such blueprint. Known: {known}.",
    ),
    "unknown-round": (
        "Thể lệ không có vòng này. Hiện có: {known}.",
        "The rules have no such round. Known: {known}.",
    ),
    "still-open": (
        "Vòng thi chưa hết giờ nên chưa khóa được.",
        "The round is not over yet and cannot be closed.",
    ),
    "not-closed": ("Hãy khóa vòng thi trước khi công bố.", "Close the round before publishing."),
    # -- tables and fields
    "missing-field": ("Thiếu mục bắt buộc này. Hãy thêm vào.", "This required field is missing. Add it."),
    "unknown-field": (
        "Không có mục tên này. Các mục được dùng: {known}.",
        "There is no such field. Known: {known}.",
    ),
    "unknown-field-near": (
        "Không có mục tên này. Có phải ý bạn là “{near}”?",
        "There is no such field. Did you mean “{near}”?",
    ),
    "unknown-choice": (
        "“{value}” không dùng được ở đây. Hãy chọn: {choices}.",
        "“{value}” cannot stand here. Choose from: {choices}.",
    ),
    "bad-shape-id": (
        "Cần một mã gồm chữ thường không dấu, chữ số và gạch nối.",
        "An id is needed: lower-case letters, digits and hyphens.",
    ),
    "bad-shape-text": ("Cần một đoạn chữ, không để trống.", "Text is needed, and not empty."),
    "bad-shape-whole": ("Cần một số nguyên.", "A whole number is needed."),
    "bad-shape-flag": ("Cần true hoặc false.", "true or false is needed."),
    "bad-shape-day": ("Cần một ngày dạng 2026-11-21.", "A date such as 2026-11-21 is needed."),
    "bad-shape-number": (
        'Cần một số trong ngoặc kép, như "0.5".',
        'A number in quotes is needed, such as "0.5".',
    ),
    "bad-shape-ids": (
        'Cần một danh sách mã, như ["a", "b"].',
        'A list of ids is needed, such as ["a", "b"].',
    ),
    "bad-shape-texts": (
        'Cần một danh sách chữ, như ["a", "b"].',
        'A list of texts is needed, such as ["a", "b"].',
    ),
    "bad-shape-wholes": (
        "Cần một danh sách số nguyên, như [2, 4].",
        "A list of whole numbers is needed, such as [2, 4].",
    ),
    "bad-shape-table": ("Cần một bảng [tên].", "A [table] is needed."),
    "bad-shape-tables": ("Cần các bảng [[tên]].", "[[Tables]] are needed."),
    # -- banks
    "folder-in-use": (
        "Thư mục đã có tệp. Hãy chọn thư mục mới.",
        "The folder has files in it. Choose a new one.",
    ),
    "no-bank-file": ("Thư mục không có tệp bank.toml. Hãy tạo tệp.", "The folder has no bank.toml. Make it."),
    "not-a-percentage": ("Cần một số từ 0 đến 100.", "A number from 0 to 100 is needed."),
    "wrong-name": ("Tên phải trùng tên thư mục “{folder}”.", "The name must equal the folder's, “{folder}”."),
    "topic-twice": ("Chủ đề này đã có ở trên. Hãy bỏ một.", "This topic stands above already. Remove one."),
    "topic-without-file": (
        "Chủ đề chưa có tệp {file}. Hãy tạo tệp.",
        "The topic has no file {file}. Make it.",
    ),
    "file-without-topic": (
        'Tệp {file} chưa được khai báo. Hãy thêm [[topic]] có id = "{topic}".',
        '{file} is not declared. Add a [[topic]] with id = "{topic}".',
    ),
    "unknown-topic": (
        "Không có chủ đề “{topic}”. Hiện có: {topics}.",
        "There is no topic “{topic}”. Known: {topics}.",
    ),
    "no-overlay": (
        "Ngôn ngữ “{lang}” được ghi là đầy đủ nhưng chưa có tệp bản dịch nào.",
        "The language “{lang}” is said to be complete but has no overlay file.",
    ),
    "bad-bounds": (
        "Cần hai số, nhỏ trước lớn sau, như [2, 4].",
        "Two numbers are needed, the smaller first: [2, 4].",
    ),
    "blueprint-twice": (
        "Có hai [[blueprint]] cùng tên này. Hãy đổi một tên.",
        "Two [[blueprint]] have this name. Rename one.",
    ),
    "empty-quota": (
        "Cần ít nhất một [[quota]], mỗi quota ít nhất 1 câu.",
        "At least one quota of at least 1 item is needed.",
    ),
    # -- items
    "item-twice": ("Mã câu hỏi này dùng hai lần. Hãy đổi một mã.", "This item id is used twice. Change one."),
    "unknown-item": ("Không có câu hỏi “{item}”.", "There is no item “{item}”."),
    "unknown-source": (
        "Không có nguồn “{source}”. Hãy thêm vào sources.toml.",
        "There is no source “{source}”. Add it to sources.toml.",
    ),
    "unknown-stimulus": (
        "Không có [[stimulus]] “{stimulus}” trong tệp này.",
        "No [[stimulus]] “{stimulus}” in this file.",
    ),
    "unknown-part": ("Mẩu minh họa không có phần “{part}”.", "The stimulus has no part “{part}”."),
    "unknown-code": ("Không có mã “{code}” trong codes.toml.", "There is no code “{code}” in codes.toml."),
    "stimulus-twice": ("Có hai [[stimulus]] trùng mã.", "Two [[stimulus]] have the same id."),
    "part-named-details": (
        "Không đặt tên phần là “details”: bản dịch dùng tên này cho việc khác.",
        "No part may be named “details”: translations use that name for something else.",
    ),
    "part-twice": ("Hai phần trùng mã.", "Two parts have the same id."),
    "enemy-beside": (
        "“{item}” luôn đi cùng câu này nên không thể tránh. Hãy bỏ khỏi enemies.",
        "“{item}” is always shown together with this item. Take it out of enemies.",
    ),
    "option-twice": ("Hai phương án trùng mã.", "Two options have the same id."),
    "option-count": (
        "Cần từ {least} đến {most} phương án, hiện có {found}.",
        "{least} to {most} options are needed; there are {found}.",
    ),
    "key-names-no-option": (
        "Đáp án “{key}” không trùng phương án nào. Các phương án: {options}.",
        "The key “{key}” names no option. Options: {options}.",
    ),
    "key-count": (
        "Đáp án cần {wanted} phần, hiện có {found}.",
        "The key needs {wanted} parts; it has {found}.",
    ),
    "key-repeats": ("Đáp án lặp lại một phương án.", "The key repeats an option."),
    "key-not-sorted": ("Hãy ghi đáp án theo thứ tự chữ cái.", "Write the key in alphabetical order."),
    "key-not-canonical": (
        'Hãy ghi số “{key}” chỉ bằng chữ số, như "1500000".',
        'Write “{key}” in digits only, such as "1500000".',
    ),
    "bad-level": ("Mức độ là số từ 1 đến 4.", "The level is a number from 1 to 4."),
    "not-positive": ("Điểm và phiên bản phải từ 1 trở lên.", "Points and version are 1 or more."),
    "reviewed-before-valid": (
        "Ngày xem lại phải sau ngày bắt đầu có hiệu lực.",
        "The review date must come after the date from which the item holds.",
    ),
    "scheme-not-for-kind": (
        "Cách chấm này không dùng cho dạng {kind}. Hãy chọn: {fitting}.",
        "This scheme does not fit the kind {kind}. Choose from: {fitting}.",
    ),
    "marks-not-whole": (
        "Cách chấm {scheme} chia điểm làm {steps} phần: hãy cho số điểm chia hết cho {steps}.",
        "The scheme {scheme} divides the points into {steps} parts: give points divisible by {steps}.",
    ),
    "row-not-text": (
        "Mọi giá trị của [[item.row]] là chữ trong ngoặc kép.",
        "Every value of a row is text in quotes.",
    ),
    "rows-differ": ("Các dòng [[item.row]] phải có cùng tên cột.", "All rows must have the same columns."),
    "row-lacks": ("[[item.row]] thiếu cột “{name}”.", "A row lacks the column “{name}”."),
    "no-rows": (
        "Câu có chỗ trống {names} nhưng không có [[item.row]].",
        "{names} are to be filled but there are no rows.",
    ),
    # -- kinds that show the thing itself
    "key-is-no-verdict": (
        'Đáp án phải là ["{verdict}", "4"], trùng với verdict.',
        'The key must be ["{verdict}", "4"], the item\'s own verdict.',
    ),
    "key-is-not-the-clues": (
        "Đáp án phải đúng bằng các phần có dấu hiệu, theo thứ tự chữ cái: {parts}.",
        "The key must be the parts that have clues, in alphabetical order: {parts}.",
    ),
    "bad-harm": ("harm là 0, 1 hoặc 2.", "harm is 0, 1 or 2."),
    "key-is-not-safe": (
        "Đáp án phải là phương án duy nhất có harm = 0. Hiện có: {safe}.",
        "The key must be the only option with harm = 0. There are: {safe}.",
    ),
    "too-few-steps": (
        "Tình huống cần ít nhất 3 bước, hiện có {found}.",
        "A scenario needs 3 steps; it has {found}.",
    ),
    "step-twice": ("Hai bước hoặc hai lựa chọn trùng mã.", "Two steps or two choices have the same id."),
    "unknown-step": ("Không có bước “{step}”.", "There is no step “{step}”."),
    "endless": (
        "Câu chuyện đi vòng tròn hoặc dài quá {most} bước.",
        "The story goes in circles or takes more than {most} steps.",
    ),
    "not-the-best-path": (
        "Điểm của câu phải bằng điểm của đường đi tốt nhất: {points}.",
        "The item's points must equal those of the best path: {points}.",
    ),
    "key-is-no-path": (
        "Đáp án phải là một đường đi trọn vẹn và nhiều điểm nhất.",
        "The key must be a whole path with the most points.",
    ),
    # -- blueprints
    "quota-too-large": (
        "Cần {wanted} câu của “{topic}” nhưng chỉ có {found} câu dùng được. Hãy bớt hoặc thêm câu hỏi.",
        "{wanted} items of “{topic}” are wanted; {found} can be used. Lower the quota or add items.",
    ),
    "quotas-overlap": (
        "Hai quota của “{topic}” cùng nhận câu {item}. Hãy tách bằng difficulty, level hoặc verdict.",
        "Two quotas of “{topic}” both accept {item}. Part them by difficulty, level or verdict.",
    ),
    "points-differ": (
        "Các câu của “{topic}” khác điểm nhau nên đề thi không bằng điểm. Hãy cho cùng số điểm.",
        "Items of “{topic}” differ in points, so papers would too. Give them the same points.",
    ),
    "fixed-not-usable": (
        "Câu bắt buộc “{item}” không dùng được: không có, đã bỏ, đã cũ, hoặc không thuộc quota nào.",
        "The fixed item “{item}” cannot be used: it is missing, retired, stale, or in no quota.",
    ),
    "too-few-genuine": (
        "Cần ít nhất {wanted} tình huống thật nhưng chỉ có {found}.",
        "At least {wanted} genuine situations are wanted; there are {found}.",
    ),
    "no-paper": (
        "Không ghép được đề thi nào thỏa mọi điều kiện cùng lúc. Hãy bớt điều kiện hoặc thêm câu hỏi.",
        "No paper meets all conditions at once. Ask for less or add items.",
    ),
    # -- editorial
    "stale": (
        "Đã đến hạn xem lại ({day}). Hãy kiểm tra và dời ngày.",
        "Due for review since {day}. Check it, then move the date.",
    ),
    "unread": ("Chưa có nguồn nào được đọc thật.", "None of its sources was really read."),
    "no-lesson": (
        "Chủ đề chưa có bài học. Hãy viết about, signs, steps, aftermath, genuine, situations.",
        "The topic has no lesson. Write about, signs, steps, aftermath, genuine, situations.",
    ),
    "lesson-size": ("Cần {wanted}, hiện có {found}.", "{wanted} wanted, {found} found."),
    "no-review-date": ("Thiếu ngày xem lại.", "The date of the next review is missing."),
    "near-duplicate": (
        "Gần trùng với câu {other} ({percent} phần trăm số từ). Hãy viết khác đi hoặc bỏ bớt một câu.",
        "Nearly the same as {other} ({percent} % of the words). Rewrite one, or take it out.",
    ),
    "long-sentence": (
        "Có câu dài {words} từ, nên tối đa {most} từ.",
        "A sentence of {words} words; at most {most} read well.",
    ),
    "option-stands-out": (
        "Phương án này dài hơn hẳn các phương án khác. Hãy viết cho đều.",
        "This option is much longer than the others. Make them alike.",
    ),
    "verdict-bias": (
        "{percent} phần trăm tình huống là thật. Hãy giữ từ 40 đến 60, để đoán bừa một kiểu không được lợi.",
        "{percent} % of the situations are genuine. Keep 40 to 60, so that one blind guess does not pay.",
    ),
    "same-stem": ("Câu hỏi giống hệt câu {other}.", "The stem equals that of {other}."),
    "wordy": ("Dài {words} từ, nên tối đa {most} từ.", "{words} words; at most {most} read well."),
    "catch-all": (
        "Tránh “tất cả đáp án trên”, “cả A và B”: thứ tự sẽ bị xáo trộn.",
        "Avoid “all of the above” and “both A and B”: options are shuffled.",
    ),
    "absolute": (
        "Từ tuyệt đối làm lộ phương án sai. Hãy viết lại.",
        "An absolute word gives the wrong option away. Reword it.",
    ),
    "same-options": ("Hai phương án giống nhau.", "Two options read the same."),
    "key-stands-out": (
        "Đáp án dài hơn hẳn các phương án khác.",
        "The key is much longer than the other options.",
    ),
    "longest-key-bias": (
        "Đáp án là phương án dài nhất ở {percent}% số câu. Hãy viết lại cho cân.",
        "The key is the longest option in {percent}% of items. Even them out.",
    ),
    "key-place-bias": (
        "Đáp án đứng ở vị trí {place} trong {percent}% số câu. Hãy đổi chỗ.",
        "The key stands at place {place} in {percent}% of items. Move some.",
    ),
    "list-differs": (
        "Danh sách phải có đúng {wanted} dòng như bản gốc.",
        "The list must have {wanted} texts, like the original.",
    ),
    "missing-translation": ("Thiếu bản dịch của phần này.", "The translation of this text is missing."),
    "translates-nothing": (
        "Bản gốc không có phần này. Hãy xóa hoặc sửa tên.",
        "The original has no such text. Remove or rename it.",
    ),
    # -- rules of a contest
    "bad-whole": (
        "Cần một số nguyên từ {least} đến {most}.",
        "A whole number from {least} to {most} is needed.",
    ),
    "bad-moment": (
        "Cần ngày và giờ, như 2026-11-02T08:00:00 (giờ Việt Nam).",
        "A date with a time is needed, such as 2026-11-02T08:00:00 (Viet Nam time).",
    ),
    "bad-list": ("Cần một danh sách [...].", "A list [...] is needed."),
    "no-rows-here": ("Cần ít nhất một bảng này.", "At least one of these tables is needed."),
    "bank-unnamed": (
        "Mỗi [[bank]] cần đúng một trong hai: name hoặc folder.",
        "Each [[bank]] needs exactly one of name and folder.",
    ),
    "blueprint-named-for-several": (
        "Có nhiều bộ câu hỏi thì phải viết bảng [paper.blueprint], không ghi tên được.",
        "With several banks write a table [paper.blueprint]; a name will not do.",
    ),
    "grace-missing": (
        'expiry = "grace" thì cần ghi grace_minutes từ 1 trở lên.',
        'expiry = "grace" needs grace_minutes of 1 or more.',
    ),
    "grace-unused": (
        'grace_minutes chỉ dùng khi expiry = "grace". Hãy bỏ một trong hai.',
        'grace_minutes has a meaning only with expiry = "grace". Change one of them.',
    ),
    "attempts-unlimited": (
        "Hãy giới hạn số lần thi: per_round, per_week hoặc ever từ 1 trở lên.",
        "Limit the attempts: per_round, per_week or ever of 1 or more.",
    ),
    "ages-crossed": (
        "Tuổi cao nhất nhỏ hơn tuổi thấp nhất. Hãy sửa một trong hai.",
        "The highest age is below the lowest. Mend one of them.",
    ),
    "phone-without-purpose": (
        "Có hỏi số điện thoại thì phải nói rõ để làm gì.",
        "Whoever asks for a phone number must say what for.",
    ),
    "anonymous-yet-known": (
        "Không hỏi tên thì không thể có xếp hạng, giải, giấy chứng nhận, số điện thoại hay giới hạn tuổi.",
        "Where no name is asked there is no ranking, prize, certificate, phone number or limit of age.",
    ),
    "criterion-repeated": ("Tiêu chí này đã có ở trên. Hãy bỏ một.", "It stands above already. Remove one."),
    "criterion-after-committee": (
        "“committee” phải đứng cuối: sau khi Ban Tổ chức quyết định thì không xét gì nữa.",
        "“committee” must be last: after the committee has decided nothing else counts.",
    ),
    "prediction-missing": (
        "Xếp hạng theo dự đoán thì cần bảng [prediction].",
        "Ranking by the prediction needs a table [prediction].",
    ),
    "prediction-unused": (
        "Có hỏi dự đoán mà xếp hạng không dùng. Hãy thêm vào criteria hoặc bỏ bảng này.",
        "The prediction is asked for but does not rank. Add it to criteria or remove this table.",
    ),
    "bands-missing": (
        "“time-bands” cần band_seconds từ 1 trở lên.",
        "“time-bands” needs band_seconds of 1 or more.",
    ),
    "bands-unused": (
        "band_seconds chỉ dùng với “time-bands”. Hãy bỏ một trong hai.",
        "band_seconds has a meaning only with “time-bands”. Change one of them.",
    ),
    "keys-before-last-attempt": (
        "Được thi nhiều lần mỗi vòng thì không thể cho xem đáp án ngay: lần sau sẽ biết trước.",
        "With several attempts a round the keys cannot be shown at once: they would help the next attempt.",
    ),
    "keys-before-score": (
        "Chưa cho xem điểm thì chưa thể cho xem đáp án.",
        "The keys cannot be shown before the score is.",
    ),
    "certificate-before-score": (
        "Chưa cho xem điểm thì chưa thể cấp giấy chứng nhận.",
        "A certificate cannot be given before the score is shown.",
    ),
    "standings-before-score": (
        "Chưa cho xem điểm thì chưa thể công khai thứ hạng.",
        "Standings cannot be live before the score is shown.",
    ),
    "standings-leak-prediction": (
        "Bảng xếp hạng công khai trong lúc thi làm lộ con số cần dự đoán. Hãy chọn “after-round”.",
        "Live standings give away the number to be predicted. Choose “after-round”.",
    ),
    "prize-without-ranking": (
        "Có giải cá nhân mà không xếp hạng. Hãy ghi criteria hoặc bỏ giải.",
        "There are prizes but no ranking. Give criteria or remove the prizes.",
    ),
    "floor-over-100": ("Mức sàn tỷ lệ là số từ 0 đến 100.", "The floor of a rate is from 0 to 100."),
    "round-repeated": ("Đã có vòng mang số này. Hãy đổi số.", "A round above has this number. Change it."),
    "round-backwards": (
        "Vòng thi kết thúc trước khi mở. Hãy xem lại hai mốc giờ.",
        "The round closes before it opens. Check both moments.",
    ),
    "rounds-overlap": (
        "Vòng này mở khi vòng trước chưa đóng. Hãy sửa giờ.",
        "This round opens before the one before it has closed. Mend the moments.",
    ),
}
