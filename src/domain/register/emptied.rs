//! Fields that a clerk said are empty: what sources said of them up to that day counts no more, what they say later does.

use super::clerk::{ClerkForm, Entry};
use super::said::{Said, Secret};
use crate::domain::faults::Faults;
use crate::vocabulary;

vocabulary! {
    /// A field that may be emptied; the codes are those of the form. Name, sex and birth a child always has.
    pub enum Emptied {
        Ethnicity = "ethnicity" => "民族",
        Number = "idno" => "身份证号",
        Head = "head" => "户主姓名",
        HeadRelation = "head_relation" => "与户主关系",
        Domicile = "domicile" => "户籍地",
        Residence = "residence" => "居住地",
        Guardian = "guardian" => "监护人",
        GuardianRelation = "guardian_relation" => "与监护人关系",
        Phone = "phone" => "联系电话",
    }
}

impl Emptied {
    /// Whether nothing is said of the field.
    pub(super) const fn is_blank(self, said: &Said, secret: &Secret) -> bool {
        match self {
            Self::Ethnicity => said.ethnicity.is_none(),
            Self::Number => secret.idno.is_none(),
            Self::Head => said.head.is_none(),
            Self::HeadRelation => said.head_relation.is_none(),
            Self::Domicile => said.domicile.is_none(),
            Self::Residence => said.residence.is_none(),
            Self::Guardian => said.guardian.is_none(),
            Self::GuardianRelation => said.guardian_relation.is_none(),
            Self::Phone => secret.phones.is_empty(),
        }
    }

    fn blank(self, said: &mut Said, secret: &mut Secret) {
        match self {
            Self::Ethnicity => said.ethnicity = None,
            Self::Number => secret.idno = None,
            Self::Head => said.head = None,
            Self::HeadRelation => said.head_relation = None,
            Self::Domicile => said.domicile = None,
            Self::Residence => said.residence = None,
            Self::Guardian => said.guardian = None,
            Self::GuardianRelation => said.guardian_relation = None,
            Self::Phone => secret.phones.clear(),
        }
    }

    /// The fields that some statements empty and that nothing fills, of what counts of them.
    pub fn standing<'a>(of: impl Iterator<Item = &'a Said>, said: &Said, secret: &Secret) -> Vec<Self> {
        let emptied: Vec<Self> = of.flat_map(|said| said.emptied.iter().copied()).collect();
        Self::ALL.iter().copied().filter(|field| emptied.contains(field) && field.is_blank(said, secret)).collect()
    }
}

impl Entry {
    /// What counts when this is said over what counts now.
    pub fn over(&self, (below, secret): (&Said, &Secret)) -> (Said, Secret) {
        let (mut said, mut secret) = (self.said.over(below), self.secret.over(secret));
        said.emptied.extend(&self.said.emptied);
        for field in &self.said.emptied {
            field.blank(&mut said, &mut secret);
        }
        said.emptied = Emptied::standing(std::iter::once(&said.clone()), &said, &secret);
        (said, secret)
    }
}

impl ClerkForm {
    /// The fields that had something, and in which nothing stands any more; number and phone by their boxes.
    pub(super) fn emptied(&self, before: &Self, (_, secret): (&Said, &Secret), faults: &mut Faults) -> Vec<Emptied> {
        let gone = |own: &str, before: &str| own.trim().is_empty() && !before.trim().is_empty();
        for (field, word, own, before) in [
            ("name", "姓名", &self.name, &before.name),
            ("sex", "性别", &self.sex, &before.sex),
            ("birth", "出生日期", &self.birth, &before.birth),
        ] {
            if gone(own, before) {
                faults.add(field, format!("“{word}”不能改为空，请填写正确的"));
            }
        }
        for (field, box_ticked, own) in [("idno", &self.no_idno, &self.idno), ("phone", &self.no_phone, &self.phone)] {
            if !box_ticked.is_empty() && !own.trim().is_empty() {
                faults.add(field, "填了号码，又勾选了改为空：请只留一样");
            }
        }
        let is_gone = |field: &Emptied| match field {
            Emptied::Ethnicity => gone(&self.ethnicity, &before.ethnicity),
            Emptied::Number => !self.no_idno.is_empty() && secret.idno.is_some(),
            Emptied::Head => gone(&self.head, &before.head),
            Emptied::HeadRelation => gone(&self.head_relation, &before.head_relation),
            Emptied::Domicile => gone(&self.domicile, &before.domicile),
            Emptied::Residence => gone(&self.residence, &before.residence),
            Emptied::Guardian => gone(&self.guardian, &before.guardian),
            Emptied::GuardianRelation => gone(&self.guardian_relation, &before.guardian_relation),
            Emptied::Phone => !self.no_phone.is_empty() && !secret.phones.is_empty(),
        };
        Emptied::ALL.iter().copied().filter(is_gone).collect()
    }
}
