//! The roles of `security.md` C3, each acting for one kind of unit.

use crate::vocabulary;

vocabulary! {
    /// In what capacity a person acts; a person acts under one appointment at a time.
    pub enum Role {
        /// V: village cadre or grid worker.
        Village = "village" => "村（社区）干部",
        /// S1.
        ClassTeacher = "class_teacher" => "班主任",
        /// S2.
        Registrar = "registrar" => "学籍管理员",
        /// S3.
        Principal = "principal" => "校长",
        /// T1.
        TownshipOfficer = "township_officer" => "乡镇经办",
        /// T2.
        TownshipHead = "township_head" => "乡镇分管领导",
        /// C1.
        CountyOfficer = "county_officer" => "县级经办",
        /// C2.
        CountyApprover = "county_approver" => "县级审批",
        /// D: for a dated engagement; reads, never writes but findings.
        Inspector = "inspector" => "督导",
        /// A-sys: users, units, parameters; sees no child.
        SystemKeeper = "system_keeper" => "系统管理员",
        /// A-sec: accounts and alarms; sees no child.
        SecurityKeeper = "security_keeper" => "安全管理员",
        /// A-aud: the audit's metadata; sees no child.
        AuditKeeper = "audit_keeper" => "审计管理员",
    }
}

impl Role {
    /// The kind of unit an appointment in this role must name.
    pub const fn unit_kinds(self) -> &'static [UnitKind] {
        use UnitKind as U;
        match self {
            Self::Village => &[U::Village],
            Self::ClassTeacher => &[U::Class],
            Self::Registrar | Self::Principal => &[U::School, U::CentreSchool],
            Self::TownshipOfficer | Self::TownshipHead => &[U::Township, U::ZoneCommittee],
            _ => &[U::County],
        }
    }

    /// Sees every child of the county.
    pub const fn is_county_wide(self) -> bool {
        matches!(self, Self::CountyOfficer | Self::CountyApprover | Self::Inspector)
    }

    /// One of the three keepers of the system, who see no child at all.
    pub const fn is_keeper(self) -> bool {
        matches!(self, Self::SystemKeeper | Self::SecurityKeeper | Self::AuditKeeper)
    }

    /// Which of the two lines (双线) this role stands on.
    pub const fn line(self) -> Line {
        match self {
            Self::ClassTeacher | Self::Registrar | Self::Principal | Self::CountyOfficer | Self::CountyApprover => {
                Line::Education
            }
            _ => Line::Government,
        }
    }
}

vocabulary! {
    /// The two lines of responsibility (双线).
    pub enum Line {
        Government = "government" => "政府线",
        Education = "education" => "教育线",
    }
}

vocabulary! {
    /// Units of both trees; township and village are the government line, the rest the education line.
    pub enum UnitKind {
        County = "county" => "区县",
        Township = "township" => "乡镇（街道）",
        ZoneCommittee = "zone_committee" => "开发区管委会",
        Village = "village" => "村（社区）",
        Group = "group" => "村民小组",
        EducationOffice = "education_office" => "教管中心",
        InspectionArea = "inspection_area" => "督学区",
        CentreSchool = "centre_school" => "中心学校",
        School = "school" => "学校",
        Class = "class" => "班级",
    }
}
