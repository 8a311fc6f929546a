"""接收、处理途径告知书: a matter has come in, and this is the way it will go."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

RECEPTION_NOTICE = Letter(
    key="reception_notice",
    title="接收、处理途径告知书",
    headline=("信访事项接收情况和处理途径告知书",),
    articles=("《信访工作条例》第二十三条", "《信访工作条例》第三十一条"),
    series="途径告知",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "接收情况",
            "您反映的信访事项，我单位已于{petition.received_on}收到并登记，编号为{number}。"
            "根据《信访工作条例》第二十三条的规定，现将处理途径和程序告知如下：",
        ),
        Section("一、信访诉求"),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Section("二、处理途径和程序"),
        Prose(
            "route",
            "处理途径和程序",
            "该事项属于《信访工作条例》第三十一条第{petition.route.item}项规定的情形，"
            "通过{petition.route}处理。",
        ),
        Section("三、处理单位和联系方式"),
        Prose(
            "handling",
            "处理单位和联系方式",
            "由{petition.responsible_body}负责处理，联系电话：　　　　。"
            "您可以凭登记编号向{office.desk}查询。",
        ),
        SignOff(),
    ),
)
