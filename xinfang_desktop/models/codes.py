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
    MERGED = "merged", "已并入"


class Relation(LabelledEnum):
    """What a clerk decided of a matter and one before it; also that they are not the same."""

    SAME_MATTER = "same_matter", "同一事项"
    SAME_PERSON = "same_person", "同一人另一事项"
    UNRELATED = "unrelated", "不是同一事项"


class Action(LabelledEnum):
    """What was done with a matter, as its history tells it."""

    REGISTER = "register", "登记"
    AMEND = "amend", "修改登记内容"
    VOID = "void", "作废"
    LINK = "link", "关联"
    MERGE = "merge", "并件"
    UNMERGE = "unmerge", "取消并件"
    SIGN_IN = "sign_in", "签收"
    CLASSIFY = "classify", "分类定性"
    RECEIVE = "receive", "安排接待"
    RECORD_RECEPTION = "record_reception", "填写接待意见"
    SUBMIT = "submit", "送交办签批"
    ASSIGN = "assign", "交办"
    ACCEPT = "accept", "受理"
    INFORM = "inform", "书面告知"
    TRANSFER = "transfer", "转送"
    HAND_OVER = "hand_over", "限期交办"
    REFER = "refer", "告知途径"
    REFUSE = "refuse", "不予受理"
    DECLINE = "decline", "不再受理"
    RETURN = "return", "退单"
    OBJECT = "object", "提出异议"
    OBJECTION_UPHELD = "objection_upheld", "异议成立"
    OBJECTION_REJECTED = "objection_rejected", "异议不成立"
    RECUSE = "recuse", "回避"
    EXTEND = "extend", "延期"
    OPEN_HEARING = "open_hearing", "听证开始"
    CLOSE_HEARING = "close_hearing", "听证结束"
    MEDIATE = "mediate", "组织调解"
    END_MEDIATION = "end_mediation", "调解结束"
    CONSULT = "consult", "提交周会商"
    CONSULTED = "consulted", "会商意见"
    SUPERVISE = "supervise", "督办"
    FEED_BACK = "feed_back", "督办反馈"
    ADVISE = "advise", "提出建议"
    ADVICE_ANSWERED = "advice_answered", "建议反馈"
    REPORT_URGENT = "report_urgent", "重大紧急报告"
    PROPOSE = "propose", "提出处理意见"
    REVIEW_MATTER = "review_matter", "事项分管审核"
    REVIEW_PETITION = "review_petition", "信访分管审核"
    SEND_BACK = "send_back", "退回重办"
    CONCLUDE = "conclude", "办结签批"
    REPORT = "report", "报送办结报告"
    REPLY = "reply", "答复"
    CALL_IN_VAIN = "call_in_vain", "回访未接通"
    FOLLOW_UP = "follow_up", "回访"
    UNREACHABLE = "unreachable", "无法回访"
    VERIFY = "verify", "不满意核实"
    ASSIGN_VERIFICATION = "assign_verification", "核实交办"
    ACCOUNT = "account", "填写核实说明"
    ISSUE_ACCOUNT = "issue_account", "签发核实说明"
    REQUEST_REVIEW = "request_review", "收到复查请求"
    DECIDE_REVIEW = "decide_review", "复查意见"
    REQUEST_RE_REVIEW = "request_re_review", "收到复核请求"
    DECIDE_RE_REVIEW = "decide_re_review", "复核意见"
    ARCHIVE = "archive", "归档"
    TAKE_BACK = "take_back", "撤回"


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
