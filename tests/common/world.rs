//! The program over a seeded database, with a clock that stands until the test moves it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use quanxue::app::Services;
use quanxue::clock::{Clock, Hand};
use quanxue::db::Db;
use quanxue::domain::actor::{Actor, Person, Who};
use quanxue::domain::ids::FileId;
use quanxue::domain::role::Role;
use quanxue::files::{Files, Part};
use quanxue::papers::TypesetterSettings;
use quanxue::sheets::Reader;
use quanxue::web::{Site, State, router};

use crate::client::Client;
use crate::database::Database;
use crate::seeds::{self, Child, County, HERE, PASSWORD, Post};

/// When every test begins: a Thursday in the autumn term.
const BEGINS: &str = "2026-10-15T09:00:00+08:00";

/// The program, its database and its clock.
#[derive(Debug)]
pub struct World {
    /// What the use cases are handed.
    pub services: Services,
    /// The pages.
    pub router: axum::Router,
    /// Moves the clock.
    pub hand: Hand,
    /// The database; dropped last, and with it the copy.
    pub database: Database,
    folder: Folder,
}

/// The stored files; go with the test.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("quanxue-test-files-{}", FileId::new())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

/// The program beside this test.
fn program() -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().and_then(std::path::Path::parent).unwrap().join("quanxue")
}

/// The typesetter beside this test, with the fonts of the checkout.
fn typesetter() -> TypesetterSettings {
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    TypesetterSettings {
        program: Some(program().with_file_name("quanxue-typeset")),
        county_fonts: checkout.join("var/no-county-fonts"),
        fonts: vec![checkout.join("var/fonts")],
        time_limit: Duration::from_mins(1),
        idle_limit: Duration::from_mins(1),
    }
}

impl World {
    /// The two seeded counties on 15 October 2026 at nine in the morning.
    pub async fn new() -> Self {
        Self::at(Site::default()).await
    }

    /// The same, reached otherwise.
    pub async fn at(site: Site) -> Self {
        Self::over(Database::seeded().await, site).await
    }

    /// A program in whose database there is no county yet.
    pub async fn bare() -> Self {
        Self::over(Database::empty().await, Site::default()).await
    }

    async fn over(database: Database, site: Site) -> Self {
        let (clock, hand) = Clock::held_at(BEGINS.parse::<DateTime<FixedOffset>>().unwrap());
        let db = Db::connect(database.as_program(), 8, clock).await.unwrap();
        let folder = Folder::new();
        let files = Files::folder(&folder.0).unwrap();
        let services = Services::new(db, seeds::vault(), seeds::passwords(), files)
            .with_sheets(Reader::of(program()))
            .with_typesetter(typesetter());
        let router = router(State::new(services.clone(), site));
        Self { services, router, hand, database, folder }
    }

    /// Where the stored files lie.
    pub fn files_folder(&self) -> &Path {
        &self.folder.0
    }

    /// The three doors.
    pub fn db(&self) -> &Db {
        &self.services.db
    }

    /// A browser in which nobody is signed in.
    pub fn client(&self) -> Client {
        Client::of(self.router.clone())
    }

    /// A browser in which the county's own holder of a role is signed in.
    pub async fn sign_in_as(&self, role: Role) -> Client {
        self.sign_in(HERE, role, Post::Own).await
    }

    /// A browser in which the account of a post is signed in.
    pub async fn sign_in(&self, county: County, role: Role, post: Post) -> Client {
        let mut client = self.client();
        let login = seeds::login(role, post);
        let fields = [("county", county.0.to_string()), ("login", login.clone()), ("password", PASSWORD.to_owned())];
        let page = client.post_form("/sign-in", &fields).await;
        assert_eq!(page.status, 303, "{login} cannot sign in: {}", page.text());
        client
    }

    /// The same two counties with their policy adopted, every file stored, and every case before an approver.
    pub async fn ruled() -> Self {
        let world = Self::new().await;
        let mut superuser = world.database.superuser().await;
        seeds::sow_policy(&mut superuser).await;
        seeds::sow_proposals(&mut superuser).await;
        let key = world.services.key(HERE.id()).await.unwrap();
        let roster = FileId(HERE.uuid("file", 90));
        world.services.files.put(&key, roster, Part::Body, "姓名,身份证号\n".into()).await.unwrap();
        for child in Child::ALL {
            let id = FileId(HERE.row("file", child));
            for part in [Part::Body, Part::Display, Part::Thumb] {
                world.services.files.put(&key, id, part, child.name(HERE).into()).await.unwrap();
            }
        }
        world
    }

    /// The same person, for the doors directly.
    pub fn actor(&self, county: County, role: Role, post: Post) -> Actor {
        actor(county, role, post)
    }
}

fn actor(county: County, role: Role, post: Post) -> Actor {
    let place = seeds::place(role, post).unwrap_or_else(|| panic!("no account of {role:?} at {post:?}"));
    Actor {
        county: county.id(),
        who: Who::Person(Person {
            user: county.user(role, post),
            name: seeds::account_name(county, role, post),
            appointment: county.appointment(role, post),
            role,
            title: String::new(),
            unit: county.unit(place),
            unit_name: String::new(),
        }),
    }
}
