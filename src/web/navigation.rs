//! Which pages each role finds in its navigation; a phone shows at most five in the bar below.

use crate::domain::role::Role;

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The word.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// In the phone's bar too.
    pub phone: bool,
}

const fn desk(label: &'static str, path: &'static str) -> Entry {
    Entry { label, path, phone: false }
}
const fn both(label: &'static str, path: &'static str) -> Entry {
    Entry { label, path, phone: true }
}

const TODAY: Entry = both("待办", "/");
const CASES: Entry = both("一人一案", "/cases");
const CHECKS: Entry = desk("待核查", "/checks");
const PAPERS: Entry = both("文书", "/papers");
const CHILDREN: Entry = both("名册", "/children");
const IMPORT: Entry = desk("导入", "/imports");
const BALANCE: Entry = desk("去向平衡表", "/balance");
const USERS: Entry = both("用户", "/users");
const UNITS: Entry = both("机构", "/units");
const CHARGES: Entry = desk("包保责任人", "/charges");
const AUDIT: Entry = both("审计", "/audit");
const ACCOUNTS: Entry = both("账号安全", "/accounts");
const CALENDAR: Entry = desk("学期与日历", "/calendar");
const POLICY: Entry = desk("实施方案", "/policy");
const MINE: Entry = both("我的", "/mine");

/// The navigation of a role.
pub(crate) fn entries(role: Role) -> &'static [Entry] {
    match role {
        Role::Village => &[TODAY, VISITS, CHECKS_PHONE, CHILDREN, MINE],
        Role::ClassTeacher => &[TODAY, VISITS, CHILDREN, MINE],
        Role::Registrar => &[TODAY, CASES, CHECKS, PAPERS, CHILDREN, IMPORT, CHARGES, MINE],
        Role::Principal => &[TODAY, CASES, CHECKS, PAPERS, CHILDREN, CHARGES, MINE],
        Role::TownshipOfficer => &[TODAY, CASES, PAPERS, CHECKS, CHILDREN, IMPORT, BALANCE, CHARGES, MINE],
        Role::TownshipHead => &[TODAY, CASES, PAPERS, CHECKS, CHILDREN, BALANCE, CHARGES, MINE],
        Role::CountyOfficer => {
            &[TODAY, CASES, PAPERS, CHECKS, CHILDREN, IMPORT, BALANCE, CHARGES, CALENDAR, POLICY, MINE]
        }
        Role::CountyApprover => &[TODAY, CASES, PAPERS, CHECKS, CHILDREN, BALANCE, RELEASES, AUDIT_DESK, POLICY, MINE],
        Role::Inspector => &[BALANCE_PHONE, CASES, CHILDREN, AUDIT_DESK, MINE],
        Role::SystemKeeper => &[USERS, UNITS, CALENDAR, POLICY, MINE],
        Role::SecurityKeeper => &[ACCOUNTS, MINE],
        Role::AuditKeeper => &[AUDIT, MINE],
    }
}

const VISITS: Entry = both("劝返", "/cases");
const CHECKS_PHONE: Entry = both("核查", "/checks");
const BALANCE_PHONE: Entry = both("平衡表", "/balance");
const RELEASES: Entry = desk("导出申请", "/exports/requests");
const AUDIT_DESK: Entry = desk("审计", "/audit");

/// Where a role lands after signing in.
pub(crate) fn home(role: Role) -> &'static str {
    entries(role).first().map_or("/mine", |entry| entry.path)
}
