//! Every line of the table tried: by nobody, by every role, with what it sees and what it does not.

use common::seeds::{Child, Post, account_name, seen_by};
use common::{Client, HERE, Page, Role, THERE, World};
use quanxue::web::ROUTES;

use crate::routes::examples::{Account, filled, seen, unseen};
use crate::routes::table::{Line, TABLE, Who};

#[test]
fn every_route_is_in_the_table() {
    let listed: Vec<&str> = TABLE.iter().map(|line| line.path).collect();
    let missing: Vec<&&str> = ROUTES.iter().filter(|path| !listed.contains(*path)).collect();
    assert!(missing.is_empty(), "add a line to tests/routes/table.rs for {missing:?}");
    let gone: Vec<&&str> = listed.iter().filter(|path| !ROUTES.contains(*path)).collect();
    assert!(gone.is_empty() && listed.len() == ROUTES.len(), "there is no such route, or it is listed twice: {gone:?}");
}

fn all_addresses(line: &Line, account: Account) -> Vec<String> {
    seen(line.path, line.of, account).into_iter().chain(unseen(line.path, line.of, account)).collect()
}

#[tokio::test]
async fn nobody_gets_the_sign_in_page_and_nothing_else() {
    let world = World::ruled().await;
    for line in TABLE {
        for path in all_addresses(line, (HERE, Role::CountyOfficer, Post::Own)) {
            let got = world.client().get(&path).await;
            let sent = world.client().post_form(&path, &[("large", "on")]).await;
            for (page, (who, expected)) in [(got, line.get), (sent, line.post)] {
                match who {
                    Who::Anybody => assert!(expected.contains(&page.status), "{path}: {}", page.status),
                    // Methods that there are not: whoever may not even ask learns nothing of it.
                    _ if is_open(line) => assert_eq!(page.status, 404, "{path}"),
                    _ => assert_eq!((page.status, page.location().as_deref()), (303, Some("/sign-in")), "{path}"),
                }
                assert_nobodys_data(&page, None);
            }
        }
    }
}

fn is_open(line: &Line) -> bool {
    matches!(line.get.0, Who::Anybody) || matches!(line.post.0, Who::Anybody)
}

/// Names that must not be on a page that an account gets; nobody at all where there is no account.
fn assert_nobodys_data(page: &Page, account: Option<(Role, Post)>) {
    let (body, headers) = (page.body(), format!("{:?}", page.headers));
    let sees = account.map(|(role, post)| seen_by(role, post)).unwrap_or_default();
    let hidden = Child::ALL.into_iter().filter(|child| !sees.contains(child)).map(|child| child.name(HERE));
    let there = Child::ALL.into_iter().map(|child| child.name(THERE));
    for name in hidden.chain(there).chain(["白鹭", "00341522-", "00341522"]) {
        assert!(!body.contains(name) && !headers.contains(name), "{account:?} reads {name} at {}", page.path);
    }
    for &role in Role::ALL {
        let name = account_name(THERE, role, Post::Own);
        assert!(!body.contains(&name), "{account:?} reads {name} at {}", page.path);
    }
    for child in Child::ALL {
        let number = child.number();
        assert!(!body.contains(&number), "{account:?} reads an identity number in full at {}", page.path);
    }
}

/// Nobody's data is in an address: not where a page leads, not where it links.
fn assert_addresses_are_plain(page: &Page) {
    let links = page.links().into_iter().map(|(_, href)| href);
    let forms = page.forms().into_iter().map(|form| form.action);
    for address in links.chain(forms).chain(page.location()) {
        assert!(address.is_ascii() && !address.contains("%E"), "{address} on {}", page.path);
    }
}

/// One line as one role; what is not as the table says.
async fn tries(client: &mut Client, line: &Line, (role, post): (Role, Post)) -> Vec<String> {
    let (account, mut faults) = ((HERE, role, post), Vec::new());
    for path in seen(line.path, line.of, account) {
        let page = client.get(&path).await;
        assert_nobodys_data(&page, Some((role, post)));
        assert_addresses_are_plain(&page);
        faults.extend(otherwise("GET", &page, answer(line.get, role)));
        if !line.post.0.allows(role) {
            let page = client.post_form(&path, &filled(line.path)).await;
            faults.extend(otherwise("POST", &page, answer(line.post, role)));
        }
    }
    faults.extend(unseen_is_nowhere(client, line, account).await);
    faults
}

/// The status that a role gets for what it sees.
fn answer((who, allowed): (Who, &'static [u16]), role: Role) -> &'static [u16] {
    match who {
        Who::Nobody => &[404],
        _ if who.allows(role) => allowed,
        _ => &[403],
    }
}

fn otherwise(method: &str, page: &Page, expected: &[u16]) -> Option<String> {
    let fault =
        || format!("{method} {}: {} and not {expected:?}: {}", page.path, page.status, page.all("main").concat());
    (!expected.contains(&page.status)).then(fault)
}

/// What an account does not see answers like what is nowhere: the same status, the same page to the byte.
async fn unseen_is_nowhere(client: &mut Client, line: &Line, (county, role, post): Account) -> Vec<String> {
    let (mut got, mut sent): (Vec<Page>, Vec<Page>) = (Vec::new(), Vec::new());
    for path in unseen(line.path, line.of, (county, role, post)) {
        got.push(client.get(&path).await);
        sent.push(client.post_form(&path, &filled(line.path)).await);
    }
    let mut faults = Vec::new();
    for (method, pages, who) in [("GET", got, line.get.0), ("POST", sent, line.post.0)] {
        let may = who.allows(role) || matches!(who, Who::Nobody);
        let expected: &[u16] = if may { &[404] } else { &[403, 404] };
        let nowhere = pages.last().map(Page::body);
        for page in pages {
            assert_nobodys_data(&page, Some((role, post)));
            faults.extend(otherwise(method, &page, expected));
            if Some(page.body()) != nowhere {
                faults.push(format!("{method} {} is told from what is nowhere", page.path));
            }
        }
    }
    faults
}

/// What was done so far, by the audit.
async fn acts(world: &World) -> Vec<String> {
    let all = sqlx::query_scalar("select kind from event order by at, county_id, seq");
    all.fetch_all(&mut world.database.superuser().await).await.unwrap()
}

async fn every_route_as(role: Role) {
    let world = World::ruled().await;
    let mut client = world.sign_in_as(role).await;
    let (before, mut faults) = (acts(&world).await, Vec::new());
    for line in TABLE.iter().filter(|line| line.path != "/sign-out") {
        faults.extend(tries(&mut client, line, (role, Post::Own)).await);
    }
    if let Some(done) = acts(&world).await.get(before.len()..).filter(|done| !done.is_empty()) {
        faults.push(format!("refused, and yet done: {done:?}"));
    }
    // What is sent with nothing typed into it, last, since it may change something.
    for line in TABLE.iter().filter(|line| line.post.0.allows(role)) {
        for path in seen(line.path, line.of, (HERE, role, Post::Own)) {
            let page = client.post_form(&path, &[("", "")]).await;
            assert_nobodys_data(&page, Some((role, Post::Own)));
            assert_addresses_are_plain(&page);
            faults.extend(otherwise("POST of nothing to", &page, line.post.1));
            if line.path == "/sign-out" {
                client = world.sign_in_as(role).await;
            }
        }
    }
    assert!(faults.is_empty(), "{role:?}\n{}\n", faults.join("\n"));
}

macro_rules! as_every_role {
    ($($name:ident: $role:ident),+ $(,)?) => {
        /// One test a role, so that they run beside each other.
        const TRIED: &[Role] = &[$(Role::$role),+];
        $(#[tokio::test]
        async fn $name() {
            every_route_as(Role::$role).await;
        })+
    };
}

as_every_role! {
    every_route_as_a_village: Village,
    every_route_as_a_class_teacher: ClassTeacher,
    every_route_as_a_registrar: Registrar,
    every_route_as_a_principal: Principal,
    every_route_as_a_township_officer: TownshipOfficer,
    every_route_as_a_township_head: TownshipHead,
    every_route_as_a_county_officer: CountyOfficer,
    every_route_as_a_county_approver: CountyApprover,
    every_route_as_an_inspector: Inspector,
    every_route_as_the_system_keeper: SystemKeeper,
    every_route_as_the_security_keeper: SecurityKeeper,
    every_route_as_the_audit_keeper: AuditKeeper,
}

#[test]
fn every_role_is_tried() {
    assert_eq!(TRIED, Role::ALL);
}
