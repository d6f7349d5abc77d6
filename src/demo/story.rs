//! Seven weeks of one township: the comparison, checks sent, cases at every point of the ladder. What the villages
//! answer is told in `answers`, what comes after the ladder in `endings`; `left_open` waits for whoever tries the demo.

mod answers;
mod endings;
mod left_open;

use bytes::Bytes;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::accounts;
use crate::app::cases::dispose::{self, ProposeForm};
use crate::app::cases::expiry::{self, ExpiryForm};
use crate::app::cases::papers::{self, IssueForm, PaperForm};
use crate::app::cases::plan::{self, PlanForm};
use crate::app::cases::service::{self, ServiceForm};
use crate::app::cases::visit::log_visit;
use crate::app::cases::{At, Done, NotDone, Upload, VisitForm};
use crate::app::checks;
use crate::app::sending::Sending;
use crate::app::{AppError, Services, compare};
use crate::clock::Hand;
use crate::domain::actor::Actor;
use crate::domain::faults::Faults;
use crate::domain::ids::{CaseId, CheckId, FormKey, PaperId, VisitId};
use crate::domain::moment::Moment;
use crate::domain::role::Role;
use crate::domain::words::PaperKind;
use crate::files::read_photo;

/// A drawn house with two people before it: no real place and no real face.
const PHOTO: &[u8] = include_bytes!("../../data/demo/visit.jpg");

/// Tells the story up to a day, and leaves the clock there.
pub(super) async fn tell(services: &Services, hand: &Hand, until: NaiveDate) -> Result<(), AppError> {
    let story = Story::new(services, hand, until).await?;
    story.on(9, 2);
    compare::run(services, &story.county).await?;
    story.on(9, 4);
    let mut missing = story.missing().await?;
    let ids: Vec<CheckId> = missing.iter().map(|c| c.id).collect();
    checks::send(services, &story.township, &ids).await?;
    story.on(9, 8);
    story.leave_one_to_the_village(&mut missing);
    let cases = story.answers(&missing).await?;
    story.ladder(&cases).await
}

struct Story<'a> {
    services: &'a Services,
    hand: &'a Hand,
    until: NaiveDate,
    principal: Actor,
    township: Actor,
    head: Actor,
    county: Actor,
    approver: Actor,
    registrar: Actor,
    teacher: Actor,
    village: Actor,
}

/// Which of the families with a notice sent the child back in time; the school has yet to confirm it.
const FOUND_BACK: usize = 3;

/// A case and whom its papers address.
#[derive(Clone)]
struct Told {
    case: CaseId,
    guardian: String,
}

impl<'a> Story<'a> {
    async fn new(services: &'a Services, hand: &'a Hand, until: NaiveDate) -> Result<Self, AppError> {
        let actor = |role| accounts::actor(services, role);
        Ok(Self {
            services,
            hand,
            until,
            principal: actor(Role::Principal).await?,
            township: actor(Role::TownshipOfficer).await?,
            head: actor(Role::TownshipHead).await?,
            county: actor(Role::CountyOfficer).await?,
            approver: actor(Role::CountyApprover).await?,
            registrar: actor(Role::Registrar).await?,
            teacher: actor(Role::ClassTeacher).await?,
            village: actor(Role::Village).await?,
        })
    }

    /// Nine in the morning of a day of the autumn, never later than the story's last.
    fn on(&self, month: u32, day: u32) {
        let day = NaiveDate::from_ymd_opt(2026, month, day).unwrap_or(self.until).min(self.until);
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::hours(9);
        if let Some(at) = at.and_local_timezone(*super::begins().offset()).single() {
            self.hand.set(at);
        }
    }

    fn now(&self) -> Moment {
        self.services.db.clock().now().to_utc()
    }

    /// Case by case one step further than the one before; the last of those on the school's roll come back.
    async fn ladder(&self, cases: &[Told]) -> Result<(), AppError> {
        for case in cases {
            self.plan(case.case).await?;
        }
        let (back, cases) = self.those_who_return(cases).await?;
        let from = |n: usize| cases.get(n..).unwrap_or_default();
        self.on(9, 11);
        self.visits(from(1), "refused").await?;
        self.visits(&back, "agreed").await?;
        self.on(9, 14);
        self.returns(back.get(1..).unwrap_or_default()).await?;
        self.on(9, 18);
        self.visits(from(2), "hesitant").await?;
        self.on(9, 24);
        self.visits(from(3), "refused").await?;
        self.on(9, 25);
        let mut papers = Vec::new();
        for case in from(4) {
            papers.push((case.case, self.draft(case).await?));
        }
        self.on(9, 28);
        let issued = papers.get(1..).unwrap_or_default();
        for (at, (case, paper)) in issued.iter().enumerate() {
            self.issue(*case, *paper, at + 1).await?;
        }
        for (case, paper) in issued.get(1..).unwrap_or_default() {
            self.serve(*case, *paper).await?;
        }
        self.on(10, 9);
        for (at, (case, paper)) in issued.iter().enumerate().skip(2) {
            self.expire(*case, *paper, at == FOUND_BACK).await?;
        }
        self.on(10, 12);
        let proposed = issued.get(FOUND_BACK + 1..).unwrap_or_default();
        for (case, _) in proposed {
            self.propose(*case).await?;
        }
        self.on(10, 13);
        if let Some((case, _)) = proposed.last() {
            self.approve(*case).await?;
        }
        self.back_in_class(back.get(..1).unwrap_or_default()).await?;
        self.absent().await?;
        self.on(10, 14);
        self.awaiting_the_village(&cases).await?;
        self.looked_after(back.get(2..).unwrap_or_default()).await
    }

    async fn plan(&self, case: CaseId) -> Result<(), AppError> {
        let form = PlanForm {
            cause: "tired_of_school".to_owned(),
            guardian_says: "孩子不想读，管不住".to_owned(),
            aid: "免住宿费；每周心理辅导一次".to_owned(),
            placement: "原班复学，缺课由班主任补".to_owned(),
            helper: "李文静".to_owned(),
            review_on: "2026-10-30".to_owned(),
            ..PlanForm::default()
        };
        done(plan::write_plan(self.services, &self.township, &at(case), &read(form.read(self.now()))?).await)
    }

    async fn visits(&self, cases: &[Told], outcome: &str) -> Result<(), AppError> {
        for told in cases {
            let school = self.principal.person();
            let form = VisitForm {
                id: VisitId::new().to_string(),
                outcome: outcome.to_owned(),
                guardian_present: "on".to_owned(),
                said: "讲了义务教育法，问了孩子为什么不愿上学。".to_owned(),
                other_name: school.iter().map(|p| p.name.clone()).collect(),
                other_unit: school.iter().map(|p| p.unit.to_string()).collect(),
                other_title: vec!["校长".to_owned()],
                ..VisitForm::default()
            };
            let photos = vec![picture("入户.jpg").await?];
            let sheets = vec![picture("劝返记录签字页.jpg").await?];
            let entry = read(form.read(self.now(), photos, sheets))?;
            done(log_visit(self.services, &self.township, told.case, entry).await)?;
        }
        Ok(())
    }

    async fn draft(&self, told: &Told) -> Result<PaperId, AppError> {
        let form = PaperForm {
            addressee: vec![told.guardian.clone()],
            report_to: "左岚乡中心小学".to_owned(),
            contact_name: "谭晓燕".to_owned(),
            contact_phone: "023-00000000".to_owned(),
            ..PaperForm::default()
        };
        let text = read(form.read(self.now()))?;
        let made =
            papers::draft_paper(self.services, &self.township, &at(told.case), PaperKind::DeadlineNotice, &text).await;
        let Done { location } = made.map_err(fault)?;
        let id = location.trim_start_matches("/papers/").split('?').next().and_then(|id| id.parse().ok());
        id.ok_or_else(|| AppError::Fault(format!("no paper in {location}")))
    }

    async fn issue(&self, case: CaseId, paper: PaperId, number: usize) -> Result<(), AppError> {
        let document_number = format!("左岚府复通〔2026〕{number}号");
        let issuing = read(IssueForm { document_number, ..IssueForm::default() }.read(self.now()))?;
        done(papers::issue_paper(self.services, &self.head, &at(case), paper, &issuing).await)
    }

    async fn serve(&self, case: CaseId, paper: PaperId) -> Result<(), AppError> {
        let form = ServiceForm {
            method: "direct".to_owned(),
            on: "2026-09-28".to_owned(),
            time: "15:05".to_owned(),
            recipient: "监护人本人".to_owned(),
            relation: "父".to_owned(),
            place: "家中".to_owned(),
            servers: vec!["谭晓燕".to_owned(), "蒲国安".to_owned()],
            ..ServiceForm::default()
        };
        let proof = picture("送达回证.jpg").await?;
        let served = read(form.read(self.now(), vec![proof], vec![]))?;
        done(service::record_service(self.services, &self.township, &at(case), paper, served).await)
    }

    async fn expire(&self, case: CaseId, paper: PaperId, back: bool) -> Result<(), AppError> {
        let (returned, note) = if back { ("yes", "已在教室上课") } else { ("no", "仍未到校") };
        let form = ExpiryForm { on: "2026-10-09".to_owned(), returned: returned.to_owned(), note: note.to_owned() };
        let found = read(form.read(self.now()))?;
        done(expiry::verify_expiry(self.services, &self.township, &at(case), paper, &found).await)
    }

    async fn propose(&self, case: CaseId) -> Result<(), AppError> {
        let form = ProposeForm {
            kind: "county_decision".to_owned(), note: "多次联合劝返，本人拒不返校".to_owned()
        };
        let proposal = read(form.read(self.now()))?;
        done(dispose::propose_disposition(self.services, &self.township, &at(case), &proposal).await)
    }
}

async fn picture(name: &str) -> Result<Upload, AppError> {
    let ready = read_photo(Bytes::from_static(PHOTO)).await.map_err(|e| AppError::Fault(e.to_string()))?;
    Ok(Upload { ready, name: name.to_owned() })
}

fn at(case: CaseId) -> At {
    At { case, seen: None, sent: sending() }
}

fn sending() -> Sending {
    Sending { key: FormKey::new().0, body_hash: vec![] }
}

fn read<T>(form: Result<T, Faults>) -> Result<T, AppError> {
    form.map_err(|faults| AppError::Fault(faults.sentence()))
}

fn done(outcome: Result<Done, NotDone>) -> Result<(), AppError> {
    outcome.map(|_| ()).map_err(fault)
}

fn fault(not: NotDone) -> AppError {
    match not {
        NotDone::Failed(error) => error,
        other => AppError::Fault(other.sentence()),
    }
}
