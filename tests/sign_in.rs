//! Signing in, staying in, being put out; what of a browser's request is believed.
#![expect(clippy::unwrap_used, reason = "tests")]

mod door;
mod late;
mod session;
mod site;

use common::seeds::{self, Post};
use common::{Client, HERE, Page, Role, World};

/// Types an account and a password into the sign-in page and sends it.
async fn try_in(client: &mut Client, login: &str, password: &str) -> Page {
    let page = client.get("/sign-in").await;
    let county = HERE.0.to_string();
    client.submit(&page.form("/sign-in"), &[("county", &county), ("login", login), ("password", password)]).await
}

/// Changes the village cadre's account behind everybody's back.
async fn set_account(world: &World, what: &str) {
    let user = HERE.user(Role::Village, Post::Own);
    world.database.alter(format!("update account set {what} where county_id = {} and id = '{user}'", HERE.0)).await;
}

/// Changes the village cadre's appointment.
async fn set_appointment(world: &World, what: &str) {
    let id = HERE.appointment(Role::Village, Post::Own);
    world.database.alter(format!("update appointment set {what} where county_id = {} and id = '{id}'", HERE.0)).await;
}

/// Whether the browser's session is alive.
async fn is_in(client: &mut Client) -> bool {
    client.get("/mine").await.status == 200
}

const RIGHT: &str = seeds::PASSWORD;
const WRONG: &str = "Bu-shi-zhege-1";
