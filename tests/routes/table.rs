//! What each route answers to whom. A new route is one more line.

use quanxue::domain::access::Action::{
    self, AddEvidence, AdoptPolicy, AnswerCheck, ApproveDisposition, AssignCharge, CloseCheck, ConfirmCase,
    ConfirmReturn, DraftOrder, DraftPolicy, EditChild, ExportList, Import, IssueOrder, IssueSchoolNotice, LogVisit,
    ManageAccounts, ManageUnits, ManageUsers, OpenCase, PrintList, ProposeDisposition, ReadAudit, RecordAftercare,
    RecordService, RecordStep, ReleaseExport, ReopenCase, RevealNumber, RunMatch, SeeBalance, SeeChildren, SeeOriginal,
    SendCheck, SetCalendar, SetFlag, StrikeOff, VerifyExpiry, WeighPolicy, WritePlan,
};
use quanxue::domain::role::Role;

use crate::routes::examples::Of;

/// Who may ask.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// There is no such method.
    Nobody,
    /// Anybody at all, signed in or not.
    Anybody,
    /// Whoever is signed in.
    Everybody,
    /// Whoever the matrix lets; the others see that they may not (403).
    May(Action),
}

/// A route.
#[derive(Debug)]
pub struct Line {
    /// Its address as in `ROUTES`.
    pub path: &'static str,
    /// What stands in its braces.
    pub of: Of,
    /// Who may read it, and the status that they get.
    pub get: (Who, &'static [u16]),
    /// Who may send to it, and the status of a form with nothing typed into it.
    pub post: (Who, &'static [u16]),
}

impl Who {
    /// Whether a role may.
    pub fn allows(self, role: Role) -> bool {
        match self {
            Self::Nobody => false,
            Self::Anybody | Self::Everybody => true,
            Self::May(action) => quanxue::domain::access::permit(role, action).allows(),
        }
    }
}

use Who::{Anybody, Everybody, May, Nobody};

const NONE: (Who, &[u16]) = (Nobody, &[]);

const fn reads(path: &'static str, of: Of, who: Who) -> Line {
    Line { path, of, get: (who, &[200]), post: NONE }
}

const fn sends(path: &'static str, of: Of, who: Who, empty: &'static [u16]) -> Line {
    Line { path, of, get: NONE, post: (who, empty) }
}

const fn both(path: &'static str, of: Of, who: Who, empty: &'static [u16]) -> Line {
    Line { path, of, get: (who, &[200]), post: (who, empty) }
}

/// What becomes of a form with nothing typed into it: it leads on, is shown again, or is answered in place.
const ON: &[u16] = &[303];
const AGAIN: &[u16] = &[422];
const HERE: &[u16] = &[200];

/// Every route.
pub const TABLE: &[Line] = &[
    reads("/static/{edition}/{name}", Of::Asset, Anybody),
    reads("/healthz", Of::Nothing, Anybody),
    reads("/help", Of::Nothing, Anybody),
    Line { get: (Anybody, &[200, 303]), ..sends("/sign-in", Of::Nothing, Anybody, AGAIN) },
    sends("/sign-out", Of::Nothing, Everybody, ON),
    both("/appointments", Of::Nothing, Everybody, &[400]),
    both("/password", Of::Nothing, Everybody, AGAIN),
    Line { get: (Everybody, &[200, 303]), ..reads("/", Of::Nothing, Everybody) },
    sends("/search", Of::Nothing, May(SeeChildren), ON),
    reads("/search/{sealed}", Of::Sealed, May(SeeChildren)),
    reads("/cases", Of::Nothing, May(SeeChildren)),
    reads("/cases/{id}", Of::Case, May(SeeChildren)),
    both("/cases/{id}/confirm", Of::Case, May(ConfirmCase), AGAIN),
    both("/cases/{id}/plan", Of::Case, May(WritePlan), AGAIN),
    both("/cases/{id}/propose", Of::Case, May(ProposeDisposition), AGAIN),
    both("/cases/{id}/decide/{one}", Of::Disposition, May(ApproveDisposition), AGAIN),
    both("/cases/{id}/steps/{rung}", Of::Case, May(RecordStep), AGAIN),
    both("/cases/{id}/steps/{rung}/skip", Of::Case, May(ProposeDisposition), AGAIN),
    both("/cases/{id}/skips/{one}", Of::Skip, May(ApproveDisposition), AGAIN),
    both("/cases/{id}/return", Of::Case, May(ConfirmReturn), AGAIN),
    both("/cases/{id}/strike-off", Of::Case, May(StrikeOff), AGAIN),
    both("/cases/{id}/reopen", Of::Case, May(ReopenCase), AGAIN),
    both("/cases/{id}/aftercare/{days}", Of::Case, May(RecordAftercare), AGAIN),
    both("/papers/{id}/expiry", Of::Paper, May(VerifyExpiry), AGAIN),
    reads("/cases/{id}/visits/new", Of::Case, May(LogVisit)),
    sends("/cases/{id}/visits", Of::Case, May(LogVisit), AGAIN),
    reads("/visits/{id}", Of::Visit, May(SeeChildren)),
    both("/visits/{id}/correct", Of::Visit, May(LogVisit), AGAIN),
    sends("/visits/{id}/files", Of::Visit, May(AddEvidence), AGAIN),
    sends("/visits/{id}/taken", Of::Visit, May(LogVisit), &[400]),
    reads("/children", Of::Nothing, May(SeeChildren)),
    both("/children/new", Of::Nothing, May(EditChild), AGAIN),
    reads("/children/{id}", Of::Child, May(SeeChildren)),
    both("/children/{id}/correct", Of::Child, May(EditChild), AGAIN),
    both("/children/{id}/flags", Of::Child, May(SetFlag), AGAIN),
    sends("/children/{id}/flags/end", Of::Child, May(SetFlag), AGAIN),
    both("/children/{id}/merge", Of::Child, May(EditChild), AGAIN),
    sends("/children/{id}/merge/undo", Of::Child, May(EditChild), AGAIN),
    reads("/claims", Of::Nothing, May(EditChild)),
    both("/children/{id}/claims", Of::Child, May(EditChild), AGAIN),
    both("/children/{id}/cases/new", Of::Child, May(OpenCase), AGAIN),
    sends("/children/{id}/reveal", Of::Child, May(RevealNumber), AGAIN),
    reads("/balance", Of::Nothing, May(SeeBalance)),
    reads("/exports/requests", Of::Nothing, May(ExportList)),
    reads("/exports/requests/{id}", Of::Stray, May(ExportList)),
    sends("/exports/requests/{id}/decide", Of::Stray, May(ReleaseExport), AGAIN),
    sends("/exports/requests/{id}/take", Of::Stray, May(ExportList), AGAIN),
    sends("/exports/{list}/ask", Of::List, May(ExportList), AGAIN),
    both("/exports/{list}", Of::List, May(ExportList), AGAIN),
    reads("/checks", Of::Nothing, May(SeeChildren)),
    sends("/checks/send", Of::Nothing, May(SendCheck), &[400]),
    sends("/checks/cases", Of::Nothing, May(CloseCheck), &[400]),
    sends("/checks/cases/open", Of::Nothing, May(CloseCheck), &[400]),
    both("/checks/sheet", Of::Nothing, May(AnswerCheck), AGAIN),
    sends("/checks/sheet/out", Of::Nothing, May(AnswerCheck), &[400]),
    reads("/checks/sheet/{id}", Of::Stray, May(AnswerCheck)),
    sends("/checks/sheet/{id}/take", Of::Stray, May(AnswerCheck), ON),
    reads("/checks/sheet/{id}/faults.xlsx", Of::Stray, May(AnswerCheck)),
    reads("/checks/{id}", Of::Check, May(SeeChildren)),
    sends("/checks/{id}/send", Of::Check, May(SendCheck), AGAIN),
    sends("/checks/{id}/answers", Of::Check, May(AnswerCheck), AGAIN),
    sends("/checks/{id}/settle", Of::Check, May(CloseCheck), AGAIN),
    sends("/checks/{id}/same", Of::Check, May(CloseCheck), AGAIN),
    sends("/checks/{id}/reopen", Of::Check, May(CloseCheck), ON),
    both("/imports", Of::Nothing, May(Import), AGAIN),
    reads("/imports/{id}", Of::Import, May(Import)),
    sends("/imports/{id}/accept", Of::Import, May(Import), AGAIN),
    sends("/imports/{id}/undo", Of::Import, May(Import), AGAIN),
    reads("/imports/{id}/faults.xlsx", Of::Import, May(Import)),
    sends("/compare", Of::Nothing, May(RunMatch), ON),
    reads("/papers", Of::Nothing, May(PrintList)),
    sends("/papers/print", Of::Nothing, May(PrintList), &[400]),
    reads("/papers/batches/{id}", Of::Stray, May(PrintList)),
    reads("/papers/batches/{id}/pdf", Of::Stray, May(PrintList)),
    both("/papers/series", Of::Nothing, May(IssueSchoolNotice), AGAIN),
    reads("/papers/{id}", Of::Paper, May(SeeChildren)),
    reads("/papers/{id}/preview.pdf", Of::Draft, May(SeeChildren)),
    both("/papers/{id}/edit", Of::Paper, May(DraftOrder), AGAIN),
    both("/papers/{id}/issue", Of::Paper, May(IssueOrder), AGAIN),
    sends("/papers/{id}/print", Of::Paper, May(RevealNumber), &[404]),
    sends("/papers/{id}/void", Of::Paper, May(IssueOrder), AGAIN),
    sends("/papers/{id}/discard", Of::Paper, May(DraftOrder), ON),
    both("/papers/{id}/services/new", Of::Paper, May(RecordService), AGAIN),
    sends("/cases/{id}/print", Of::Case, May(PrintList), &[400]),
    both("/cases/{id}/papers/new", Of::Case, May(DraftOrder), AGAIN),
    reads("/mine", Of::Nothing, Everybody),
    sends("/mine/print-size", Of::Nothing, Everybody, ON),
    sends("/mine/sessions/{id}/end", Of::Stray, Everybody, ON),
    reads("/mine/kept/{id}", Of::Stray, Everybody),
    sends("/mine/kept/{id}/send", Of::Stray, Everybody, ON),
    sends("/mine/kept/{id}/forget", Of::Stray, Everybody, ON),
    reads("/users", Of::Nothing, May(ManageUsers)),
    sends("/users/find", Of::Nothing, May(ManageUsers), HERE),
    both("/users/new", Of::Nothing, May(ManageUsers), AGAIN),
    both("/users/sheet", Of::Nothing, May(ManageUsers), AGAIN),
    reads("/users/sheet/template.xlsx", Of::Nothing, May(ManageUsers)),
    sends("/users/sheet/make", Of::Nothing, May(ManageUsers), &[400]),
    sends("/users/sheet/receipt.xlsx", Of::Nothing, May(ManageUsers), &[400]),
    both("/users/{id}", Of::User, May(ManageUsers), AGAIN),
    sends("/users/{id}/posts", Of::User, May(ManageUsers), AGAIN),
    sends("/users/{id}/posts/{post}", Of::UsersPost, May(ManageUsers), ON),
    sends("/users/{id}/password", Of::User, May(ManageUsers), HERE),
    sends("/users/{id}/disable", Of::User, May(ManageUsers), ON),
    sends("/users/{id}/enable", Of::User, May(ManageUsers), ON),
    reads("/charges", Of::Nothing, May(AssignCharge)),
    sends("/charges/fill", Of::Nothing, May(AssignCharge), ON),
    both("/charges/{unit}/{post}", Of::Charge, May(AssignCharge), AGAIN),
    sends("/charges/{unit}/{post}/end", Of::Charge, May(AssignCharge), &[404]),
    reads("/units", Of::Nothing, May(ManageUnits)),
    both("/units/catchments", Of::Nothing, May(ManageUnits), ON),
    reads("/units/{id}", Of::Unit, May(ManageUnits)),
    sends("/units/{id}/below", Of::Unit, May(ManageUnits), AGAIN),
    sends("/units/{id}/name", Of::Unit, May(ManageUnits), AGAIN),
    sends("/units/{id}/above", Of::Unit, May(ManageUnits), AGAIN),
    sends("/units/{id}/close", Of::Unit, May(ManageUnits), AGAIN),
    Line { get: (May(SeeChildren), &[200]), ..sends("/cases/{id}/evidence", Of::Case, May(AddEvidence), AGAIN) },
    sends("/evidence/{id}/withdraw", Of::Evidence, May(AddEvidence), &[400]),
    reads("/files/{id}", Of::File, Everybody),
    reads("/files/{id}/thumb", Of::File, Everybody),
    reads("/files/{id}/original", Of::File, May(SeeOriginal)),
    reads("/accounts", Of::Nothing, May(ManageAccounts)),
    sends("/accounts/find", Of::Nothing, May(ManageAccounts), HERE),
    sends("/accounts/{id}/unlock", Of::User, May(ManageAccounts), ON),
    sends("/accounts/{id}/sessions", Of::User, May(ManageAccounts), ON),
    sends("/accounts/{id}/disable", Of::User, May(ManageAccounts), ON),
    sends("/accounts/{id}/enable", Of::User, May(ManageAccounts), ON),
    reads("/audit", Of::Nothing, May(ReadAudit)),
    reads("/audit/mine", Of::Nothing, Everybody),
    sends("/audit/person", Of::Nothing, May(ReadAudit), ON),
    sends("/audit/verify", Of::Nothing, May(ReadAudit), HERE),
    reads("/calendar", Of::Nothing, May(SetCalendar)),
    sends("/calendar/terms", Of::Nothing, May(SetCalendar), AGAIN),
    sends("/calendar/terms/{id}/remove", Of::Stray, May(SetCalendar), ON),
    sends("/calendar/days", Of::Nothing, May(SetCalendar), AGAIN),
    sends("/calendar/days/{from}/{until}/remove", Of::Days, May(SetCalendar), ON),
    sends("/calendar/school-days", Of::Nothing, May(SetCalendar), AGAIN),
    sends("/calendar/school-days/{from}/{until}/remove", Of::Stray, May(SetCalendar), ON),
    reads("/policy", Of::Nothing, Everybody),
    reads("/policy/compare", Of::Nothing, Everybody),
    both("/policy/trial", Of::Nothing, May(WeighPolicy), AGAIN),
    sends("/policy/drafts", Of::Nothing, May(DraftPolicy), AGAIN),
    reads("/policy/drafts/new", Of::Nothing, May(DraftPolicy)),
    reads("/policy/drafts/{id}", Of::Stray, May(WeighPolicy)),
    reads("/policy/drafts/{id}/cases", Of::Stray, May(WeighPolicy)),
    sends("/policy/drafts/{id}/decide", Of::Stray, May(AdoptPolicy), AGAIN),
    sends("/policy/drafts/{id}/weigh", Of::Stray, May(DraftPolicy), ON),
    sends("/policy/drafts/{id}/withdraw", Of::Stray, May(DraftPolicy), ON),
    reads("/jobs/{id}", Of::Job, Everybody),
    reads("/jobs/{id}/state", Of::Job, Everybody),
];
