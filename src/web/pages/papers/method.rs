//! What the form of each way of service asks for, and in which words (民事诉讼法 §87–95).

use crate::domain::words::ServiceMethod;

/// The words of a method's form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// When it is used, for whoever chooses.
    pub when: &'static str,
    /// Which day is asked for.
    pub on: &'static str,
    /// Who is asked for.
    pub recipient: &'static str,
    /// What proves it.
    pub proof: &'static str,
    /// What the photographs of the process must show.
    pub process: &'static str,
}

/// The fields of a method beside its day, its proof and the note.
pub(super) const fn asks(method: ServiceMethod) -> &'static [&'static str] {
    match method {
        ServiceMethod::Direct => &["recipient", "relation", "time", "place", "servers"],
        ServiceMethod::Adult => &["recipient", "relation", "age", "time", "place", "servers"],
        ServiceMethod::Left => {
            &["recipient", "relation", "refusal", "place", "servers", "second", "witness", "process"]
        }
        ServiceMethod::Post => &["receipt_number", "recipient", "relation"],
        ServiceMethod::Entrusted => &["trustee", "recipient", "relation", "place"],
        ServiceMethod::Electronic => &["system", "address_confirmed"],
        ServiceMethod::Public => &["tried", "published", "process"],
    }
}

/// The words of a method.
pub(super) const fn words(method: ServiceMethod) -> Words {
    let (when, on, recipient, proof) = match method {
        ServiceMethod::Direct => ("当面交给受送达人签收", "签收日期", "签收人", "受送达人签名的送达回证"),
        ServiceMethod::Adult => {
            ("受送达人不在，交给同住的成年家属签收", "签收日期", "代收的家属", "代收家属签名的送达回证")
        }
        ServiceMethod::Left => (
            "拒绝签收，请见证人到场或拍下过程，把文书留下",
            "留下的日期",
            "拒收的人",
            "写明拒收事由、有见证人签名的送达回证",
        ),
        ServiceMethod::Post => ("直接送达有困难，用有回执的邮件寄送", "回执上的收件日期", "回执上的签收人", "邮件回执"),
        ServiceMethod::Entrusted => {
            ("受送达人在外地，委托当地单位送达", "签收日期", "回执上的签收人", "受托单位寄回的送达回证")
        }
        ServiceMethod::Electronic => {
            ("受送达人已书面同意电子送达", "到达对方系统的日期", "", "发送成功的截图，连同送达地址（方式）确认书")
        }
        ServiceMethod::Public => {
            ("下落不明，或者其他方式都无法送达；自公告之日起三十日视为送达", "公告日期", "", "公告文本")
        }
    };
    let process = match method {
        ServiceMethod::Public => "公告张贴或刊登的照片",
        _ => "没有见证人的，必须上传送达过程的照片",
    };
    Words { when, on, recipient, proof, process }
}
