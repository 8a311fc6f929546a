"""The code lists of petition work: 形式, 来源, 三类, 证件, 满意度 and the state of a matter."""

from .labelled import LabelledEnum


class Channel(LabelledEnum):
    """信访形式: how a matter came in (the regulation's process sheet; article 17)."""

    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    PHONE = "phone", "来电"
    ONLINE = "online", "网上信访"
    AGENT = "agent", "信访代办"


class SourceLevel(LabelledEnum):
    """信访件来源: handed down by a superior, or received by the office itself."""

    SUPERIOR = "superior", "上级"
    OWN = "own", "本级"


class Kind(LabelledEnum):
    """The three kinds of matter, with different duties (articles 29 to 31)."""

    SUGGESTION = "suggestion", "建议意见"
    ACCUSATION = "accusation", "检举控告"
    REMEDY = "remedy", "申诉求决"


class DocumentType(LabelledEnum):
    """证件种类 a petitioner may show; none is ever demanded (article 19)."""

    RESIDENT_ID = "resident_id", "居民身份证"
    HK_MO_TW_RESIDENCE = "hk_mo_tw_residence", "港澳台居民居住证"
    HK_MO_PERMIT = "hk_mo_permit", "港澳居民来往内地通行证"
    TW_PERMIT = "tw_permit", "台湾居民来往大陆通行证"
    FOREIGN_RESIDENCE = "foreign_residence", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    OTHER = "other", "其他证件"


class Sex(LabelledEnum):
    """性别, filled in from an identity number where it says so."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Satisfaction(LabelledEnum):
    """信访人意见 at the follow-up (article 21: the petitioner may rate the handling)."""

    SATISFIED = "satisfied", "满意"
    MOSTLY_SATISFIED = "mostly_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class FollowUpMethod(LabelledEnum):
    """回访方式."""

    PHONE = "phone", "电话"
    IN_PERSON = "in_person", "当面"


class YesNo(LabelledEnum):
    """A question of the paper that is answered 是 or 否, or not yet."""

    YES = "yes", "是"
    NO = "no", "否"


class PetitionState(LabelledEnum):
    """Where a matter stands in the office's books."""

    REGISTERED = "registered", "已登记"
    VOID = "void", "已作废"


class Relation(LabelledEnum):
    """How one matter hangs together with an earlier one."""

    SAME_MATTER = "same_matter", "同一事项"
    SAME_PERSON = "same_person", "同一人另一事项"


class Action(LabelledEnum):
    """What was done with a matter, as its history tells it."""

    REGISTER = "register", "登记"
    AMEND = "amend", "修改登记内容"
    VOID = "void", "作废"
    LINK = "link", "关联"


class LetterHead(LabelledEnum):
    """发文机关标志: what stands at the head of the office's letters."""

    PLAIN = "plain", "不留红头"
    PREPRINTED = "preprinted", "套印红头（留白）"
    LETTER = "letter", "信函格式"


class Role(LabelledEnum):
    """What an account is for."""

    CLERK = "clerk", "经办"
    LEADER = "leader", "查看"
    ADMINISTRATOR = "administrator", "管理"
