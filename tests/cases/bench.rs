//! What these tests stand on: a county with its policy adopted, a child nobody has opened a case for, and people who act.

use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use common::seeds::{Child, Post};
use common::{HERE, Role, World};
use quanxue::app::cases::{At, Done, NotDone, Sending, Upload, VisitEntry, VisitForm};
use quanxue::app::policy;
use quanxue::app::projector;
use quanxue::db::cases::case::{self, CaseHead};
use quanxue::db::cases::facts;
use quanxue::db::work::{self, WorkItem};
use quanxue::domain::actor::Actor;
use quanxue::domain::case::{Standing, Unmet, standing};
use quanxue::domain::ids::{CaseId, ChildId, FileId, UserId, VisitId};
use quanxue::domain::moment::Moment;
use quanxue::domain::words::Outcome;
use quanxue::files::Ready;
use sha2::{Digest as _, Sha256};

/// The world with `zuolan-2024` in force since 1 September 2026.
pub struct Bench {
    pub world: World,
}

impl Bench {
    pub async fn new() -> Self {
        let world = World::new().await;
        world.hand.set("2026-09-08T08:00:00+08:00".parse().unwrap());
        world.database.alter("insert into case_counter values (500229, 2026, 6)").await; // five cases are sown
        let setup = Actor::system(HERE.id(), "setup");
        let adopted = policy::adopt(&world.services, &setup, "zuolan-2024", day("2026-09-01"), "采用").await.unwrap();
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

    pub fn actor(&self, role: Role) -> Actor {
        self.world.actor(HERE, role, Post::Own)
    }

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
