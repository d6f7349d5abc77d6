//! Reads the field's closed lists and typed ids from columns.

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef};
use sqlx::{Decode, Postgres, Type};

use crate::domain::{calendar, case, charge, event, grade, ids, job, list, policy, role, term, words};

macro_rules! text_columns {
    ($($list:ty),+ $(,)?) => {$(
        impl Type<Postgres> for $list {
            fn type_info() -> PgTypeInfo { <str as Type<Postgres>>::type_info() }
            fn compatible(ty: &PgTypeInfo) -> bool { <str as Type<Postgres>>::compatible(ty) }
        }
        impl<'r> Decode<'r, Postgres> for $list {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(<&str as Decode<Postgres>>::decode(value)?.parse()?)
            }
        }
    )+};
}

text_columns!(
    calendar::SpecialDay,
    charge::Post,
    term::TermId,
    case::Verb,
    case::Phase,
    policy::Rung,
    policy::Organ,
    event::EventKind,
    event::LookKind,
    job::JobKind,
    role::Role,
    role::Line,
    role::UnitKind,
    words::Sex,
    words::Whereabouts,
    words::CaseKind,
    words::CaseOrigin,
    words::CheckCause,
    words::CheckFinding,
    words::VisitKind,
    words::VisitMode,
    words::Outcome,
    words::PaperKind,
    words::ServiceMethod,
    words::DispositionKind,
    words::DropoutCause,
    words::KeyPopulation,
    words::RollStatus,
    words::SourceKind,
    words::EvidenceKind,
    words::SchoolStage,
    grade::Stage,
    list::ListKind,
);

macro_rules! id_columns {
    ($($id:ident),+ $(,)?) => {$(
        impl Type<Postgres> for ids::$id {
            fn type_info() -> PgTypeInfo { <uuid::Uuid as Type<Postgres>>::type_info() }
        }
        impl<'r> Decode<'r, Postgres> for ids::$id {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(Self(<uuid::Uuid as Decode<Postgres>>::decode(value)?))
            }
        }
    )+};
}

id_columns!(
    UnitId,
    UserId,
    AppointmentId,
    ChargeId,
    ChildId,
    StatementId,
    SourceId,
    CheckId,
    CheckSheetId,
    MergeId,
    CaseId,
    VisitId,
    ParticipantId,
    EvidenceId,
    FileId,
    PaperId,
    PrintBatchId,
    ExportReleaseId,
    PolicyDraftId,
    ServiceId,
    DispositionId,
    StepId,
    JobId,
    ImportId,
);

impl Type<Postgres> for ids::CountyId {
    fn type_info() -> PgTypeInfo {
        <i32 as Type<Postgres>>::type_info()
    }
}
impl<'r> Decode<'r, Postgres> for ids::CountyId {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<i32 as Decode<Postgres>>::decode(value)?))
    }
}
