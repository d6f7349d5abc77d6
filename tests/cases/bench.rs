//! What these tests stand on: a county with its policy adopted, a child nobody has opened a case for, and people who act.

use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use common::seeds::{Child, Place, Post};
use common::{HERE, Role, World};
use quanxue::app::cases::open::{Origin, ToOpen, open_case};
use quanxue::app::cases::service::{ServiceForm, record_service};
use quanxue::app::cases::visit::{answer_participation, log_visit};
use quanxue::app::cases::{At, Done, NotDone, Sending, Upload, VisitEntry, VisitForm};
use quanxue::app::{files, policy, projector};
use quanxue::db::cases::case::{self, CaseHead};
use quanxue::db::cases::evidence::{self, Evidence};
use quanxue::db::cases::facts;
use quanxue::db::work::{self, WorkItem};
use quanxue::domain::actor::Actor;
use quanxue::domain::case::{Facts, Standing, Unmet, standing};
use quanxue::domain::event::{Event, EventKind};
use quanxue::domain::ids::{CaseId, ChildId, FileId, PaperId, UserId, VisitId};
use quanxue::domain::moment::Moment;
use quanxue::domain::words::{EvidenceKind, Outcome};
use quanxue::files::Ready;
use sha2::{Digest as _, Sha256};

/// The world with `zuolan-2024` in force since 1 September 2026.
pub struct Bench {
    pub world: World,
}

impl Bench {
    pub async fn new() -> Self {
        Self::under("zuolan-2024").await
    }

    /// The world with a profile in force since 1 September 2026.
    pub async fn under(profile: &str) -> Self {
        let world = World::new().await;
        world.hand.set("2026-09-08T08:00:00+08:00".parse().unwrap());
        world.database.alter("insert into case_counter values (500229, 2026, 6)").await; // five cases are sown
        let setup = Actor::system(HERE.id(), "setup");
        let adopted = policy::adopt(&world.services, &setup, profile, day("2026-09-01"), "采用").await.unwrap();
        assert_eq!(adopted.unwrap(), 1);
        Self { world }
    }

    /// A girl of thirteen on the roll of the seeded class, of whom nobody has said anything yet.
    pub async fn child(&self, n: u32) -> ChildId {
        let id = ChildId::new();
        self.world
            .database
            .alter(format!(
                "insert into child select (jsonb_populate_record(null::child, to_jsonb(c) || jsonb_build_object('id', '{id}',
                    'name', '田小禾{n}', 'idno_masked', null, 'idno_sealed', null, 'idno_index', null, 'whereabouts', 'at_school'))).*
                 from child c where county_id = {county} and id = '{like}';
                 insert into reach select county_id, unit_id, '{id}', kind, until from reach
                    where county_id = {county} and child_id = '{like}' and kind <> 'handover';
                 insert into guardian select (jsonb_populate_record(null::guardian, to_jsonb(g) || jsonb_build_object('id', gen_random_uuid(),
                    'child_id', '{id}', 'phone_sealed', null, 'phone_masked', null))).* from guardian g
                    where county_id = {county} and child_id = '{like}';",
                county = HERE.0,
                like = HERE.child(Child::Own),
            ))
            .await;
        id
    }

    /// A case of a new child who was found out of school on a day, at noon.
    pub async fn found(&self, n: u32, on: &str) -> CaseId {
        let child = self.child(n).await;
        if self.now().date_naive() < day(on) {
            self.clock(on, "12:00");
        }
        let asked = ToOpen::new(child, Origin::Found { on: day(on) });
        let id = asked.id;
        done(open_case(&self.world.services, &self.actor(Role::TownshipOfficer), &sending(), asked).await);
        id
    }

    pub async fn born(&self, child: ChildId, on: &str) {
        let sql = format!("update child set birth = '{on}' where county_id = {} and id = '{child}'", HERE.0);
        self.world.database.alter(sql).await;
    }

    /// Three joint visits for each of many cases, written behind the doors and projected.
    pub async fn visited_by_sql(&self, cases: &[CaseId]) {
        for (case, day) in cases.iter().flat_map(|case| ["11", "18", "24"].map(|day| (case, day))) {
            let (visit, child) = (VisitId::new(), self.head(*case).await.child);
            let went = |role: Role, place: Place| {
                format!(
                    "insert into participant (county_id, id, visit_id, child_id, name, unit_id, user_id, confirmed_at)
                     values ({c}, gen_random_uuid(), '{visit}', '{child}', '同去', '{unit}', '{user}', '2026-09-{day}T08:00:00Z');",
                    c = HERE.0,
                    unit = HERE.unit(place),
                    user = self.user(role)
                )
            };
            let sql = format!(
                "insert into visit (county_id, id, case_id, child_id, happened_at, received_at, mode, outcome, pupil_present,
                    guardian_present, author, unit_id) values ({c}, '{visit}', '{case}', '{child}', '2026-09-{day}T06:00:00Z',
                    '2026-09-{day}T08:00:00Z', 'home', 'refused', true, true, '{author}', '{unit}'); {village} {township}
                 insert into evidence (county_id, id, child_id, case_id, kind, file_id, fact_on, visit_id, added_by, added_at)
                 select {c}, gen_random_uuid(), '{child}', '{case}', 'visit_photo', id, '2026-09-{day}', '{visit}', '{author}',
                    '2026-09-{day}T08:00:00Z' from file where county_id = {c} limit 1;",
                c = HERE.0,
                author = self.user(Role::Village),
                unit = HERE.unit(Place::Village),
                village = went(Role::Village, Place::Village),
                township = went(Role::TownshipOfficer, Place::Township),
            );
            self.world.database.alter(sql).await;
        }
        let mut write = self.world.db().write(&Actor::system(HERE.id(), "test")).await.unwrap();
        projector::project_cases(&self.world.services, &mut write, cases).await.unwrap();
        write.commit(Event::new(EventKind::Swept)).await.unwrap();
    }

    /// Inner number and 发文字号 of every paper that was issued.
    pub async fn paper_numbers(&self) -> Vec<(i32, String)> {
        let mut conn = self.world.database.superuser().await;
        let sql = "select number, document_number from paper where county_id = $1 and number is not null";
        sqlx::query_as(sql).bind(HERE.0).fetch_all(&mut conn).await.unwrap()
    }

    /// Papers in whose stored facts anything can be read.
    pub async fn clear_numbers(&self) -> i64 {
        let mut conn = self.world.database.superuser().await;
        let sql = "select count(*) from paper where county_id = $1 and number is not null
            and position(convert_to('imprint', 'UTF8') in facts_sealed) > 0";
        sqlx::query_scalar(sql).bind(HERE.0).fetch_one(&mut conn).await.unwrap()
    }

    pub fn actor(&self, role: Role) -> Actor {
        self.world.actor(HERE, role, Post::Own)
    }

    #[expect(clippy::unused_self, reason = "asked of the bench like everything else")]
    pub fn user(&self, role: Role) -> UserId {
        HERE.user(role, Post::Own)
    }

    /// Sets the clock to a time of a day, Beijing time.
    pub fn clock(&self, day: &str, time: &str) {
        let at: DateTime<FixedOffset> = format!("{day}T{time}:00+08:00").parse().unwrap();
        self.world.hand.set(at);
    }

    pub fn now(&self) -> Moment {
        self.world.db().clock().now().with_timezone(&Utc)
    }

    /// A fresh form on the case as it is now.
    pub async fn at(&self, case: CaseId) -> At {
        At { case, seen: Some(self.head(case).await.version), sent: sending() }
    }

    pub async fn head(&self, case: CaseId) -> CaseHead {
        let mut read = self.world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
        case::head(&mut read, case).await.unwrap()
    }

    pub async fn standing(&self, case: CaseId) -> Standing {
        let mut read = self.world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
        let rules = policy::rules(&self.world.services, &mut read).await.unwrap();
        let facts = facts::one(&mut read, case).await.unwrap().facts;
        let today = self.now().with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap()).date_naive();
        standing(&facts, &rules.policies, &rules.calendar, today)
    }

    /// Every task of the case: verb, whose list, who waits.
    pub async fn tasks(&self, case: CaseId) -> Vec<WorkItem> {
        let mut read = self.world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
        work::of_cases(&mut read, &[case]).await.unwrap()
    }

    /// After the night's sweep, lists and tasks say what the facts say.
    pub async fn holds(&self) {
        projector::sweep(&self.world.services, HERE.id()).await.unwrap();
        let drift = projector::drift(&self.world.services, HERE.id()).await.unwrap();
        assert!(drift.is_empty(), "{drift:#?}");
    }

    /// All facts of a case.
    pub async fn facts(&self, case: CaseId) -> Facts {
        let mut read = self.world.db().read(&Actor::system(HERE.id(), "test")).await.unwrap();
        facts::one(&mut read, case).await.unwrap().facts
    }

    /// Three visits of village, township and school, the pupil there each time.
    pub async fn visited_three_times(&self, case: CaseId) {
        for when in ["2026-09-11", "2026-09-18", "2026-09-24"] {
            self.clock(when, "16:00");
            self.visited(case, &format!("{when} 14:30"), Outcome::Refused).await;
        }
        let standing = self.standing(case).await;
        assert_eq!(standing.counted, 3, "{:?}", standing.visits);
    }

    /// A visit logged by the village and confirmed by the township and the class teacher.
    pub async fn visited(&self, case: CaseId, when: &str, outcome: Outcome) -> VisitId {
        let services = &self.world.services;
        let entry = visit(self, outcome, when, &[Role::TownshipOfficer, Role::ClassTeacher]);
        let id = entry.id;
        done(log_visit(services, &self.actor(Role::Village), case, entry).await);
        for role in [Role::TownshipOfficer, Role::ClassTeacher] {
            done(answer_participation(services, &self.actor(role), id, true, sending()).await);
        }
        id
    }

    /// A paper handed to the father, with the signed receipt.
    pub async fn served(&self, case: CaseId, paper: PaperId) {
        let form = ServiceForm {
            method: "direct".to_owned(),
            on: self.now().format("%Y-%m-%d").to_string(),
            recipient: "田父".to_owned(),
            relation: "父亲".to_owned(),
            servers: vec!["甘午松".to_owned()],
            ..ServiceForm::default()
        };
        let served = form.read(self.now(), vec![upload("送达回证")], Vec::new()).unwrap();
        let officer = self.actor(Role::TownshipOfficer);
        done(record_service(&self.world.services, &officer, &self.at(case).await, paper, served).await);
    }

    /// A file of evidence, added as the evidence page does.
    pub async fn file(&self, case: CaseId, kind: EvidenceKind) {
        let services = &self.world.services;
        let child = self.head(case).await.child;
        let mut write = services.db.write(&self.actor(Role::TownshipOfficer)).await.unwrap();
        let Upload { ready, name } = upload(kind.label());
        let file = files::store(services, &mut write, Some(child), ready, &name).await.unwrap();
        let fact_on = self.now().date_naive();
        let new =
            Evidence { kind, title: String::new(), file, fact_on, visit: None, service: None, paper: None, step: None };
        evidence::insert(&mut write, (case, child), &new).await.unwrap();
        projector::project_cases(services, &mut write, &[case]).await.unwrap();
        write.commit(Event::new(EventKind::EvidenceAdded).child(child).case(case)).await.unwrap();
    }

    /// The kinds of events that were said of a case, in order.
    pub async fn events(&self, case: CaseId) -> Vec<String> {
        let mut conn = self.world.database.superuser().await;
        let sql = "select kind from event where county_id = $1 and case_id = $2 order by seq";
        sqlx::query_scalar(sql).bind(HERE.0).bind(case.0).fetch_all(&mut conn).await.unwrap()
    }

    pub async fn whereabouts(&self, child: ChildId) -> String {
        let mut conn = self.world.database.superuser().await;
        let sql = "select whereabouts from child where county_id = $1 and id = $2";
        sqlx::query_scalar(sql).bind(HERE.0).bind(child.0).fetch_one(&mut conn).await.unwrap()
    }
}

pub fn sending() -> Sending {
    let key = FileId::new().0;
    Sending { key, body_hash: key.as_bytes().to_vec() }
}

/// A file that was looked at; what is in it matters to nobody here.
pub fn upload(content: &str) -> Upload {
    let bytes = Bytes::from(content.to_owned());
    let sha256 = Sha256::digest(&bytes).to_vec();
    let ready = Ready { bytes, media: "image/jpeg", sha256, shown: None, metadata: None };
    Upload { ready, name: "照片.jpg".to_owned() }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A visit at home at a time that has come, by its author and these companions.
pub fn visit(bench: &Bench, outcome: Outcome, when: &str, with: &[Role]) -> VisitEntry {
    let form = VisitForm {
        id: VisitId::new().to_string(),
        outcome: outcome.code().to_owned(),
        when: when.to_owned(),
        who: with.iter().map(|role| HERE.appointment(*role, Post::Own).to_string()).collect(),
        ..VisitForm::default()
    };
    form.read(bench.now(), vec![upload(when)], Vec::new()).unwrap()
}

/// Where a thing that was done leads.
pub fn done(result: Result<Done, NotDone>) -> String {
    result.unwrap_or_else(|why| panic!("not done: {why:?}")).location
}

/// What stood against a thing that was refused.
pub fn unmet<T: std::fmt::Debug>(result: Result<T, NotDone>) -> Vec<Unmet> {
    match result {
        Err(NotDone::Refused(refusal)) => refusal.unmet,
        other => panic!("not refused: {other:?}"),
    }
}
