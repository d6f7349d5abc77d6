//! Signing in and out, the first password, the choice of an appointment.

use askama::Template;
use axum::extract::State as AxumState;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use crate::app::own_password;
use crate::app::sign_in::{self, Attempt, SignIn};
use crate::db::accounts::{self, Appointment};
use crate::db::counties::{self, CountyName};
use crate::domain::ids::{AppointmentId, CountyId};
use crate::domain::moment::day_of;
use crate::web::extract::{Errors, Form, Query};
use crate::web::failure::Failure;
use crate::web::guard::Visitor;
use crate::web::shell::{Shell, again, page};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/sign_in.html")]
struct SignInPage {
    shell: Shell,
    counties: Vec<CountyName>,
    county: i32,
    login: String,
    why: &'static str,
    refused: Option<String>,
    demo: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Why {
    why: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct SignInForm {
    county: String,
    login: String,
    password: String,
}

pub(crate) async fn form(
    AxumState(state): AxumState<State>,
    visitor: Visitor,
    Query(why): Query<Why>,
) -> Result<Response, Failure> {
    if visitor.live.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let why = match why.why.as_str() {
        "kept" => "您离开时间较长，已自动退出。刚才填写的内容已经保存，重新登录后可以继续提交。",
        "late" => "您已退出登录：离开时间较长，或者账号、密码有变动。请重新登录。",
        "out" => "已退出登录。",
        "password" => "密码已修改，请用新密码登录。",
        _ => "",
    };
    let counties = known_counties(&state).await?;
    let county = if let [only] = counties.as_slice() { only.id.0 } else { 0 };
    page(&SignInPage {
        shell: Shell::default(),
        counties,
        county,
        login: String::new(),
        why,
        refused: None,
        demo: state.site.demo,
    })
}

pub(crate) async fn submit(
    AxumState(state): AxumState<State>,
    visitor: Visitor,
    headers: HeaderMap,
    jar: CookieJar,
    form: Form<SignInForm>,
) -> Result<Response, Failure> {
    let SignInForm { county, login, password } = form.value;
    let user_agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let county = county.parse().unwrap_or(0);
    let attempt = Attempt {
        county: CountyId(county),
        login: login.trim().to_lowercase(),
        password,
        address: visitor.address,
        user_agent: user_agent.chars().take(200).collect(),
    };
    let counties = known_counties(&state).await?;
    let outcome = if !counties.iter().any(|c| c.id.0 == county) {
        SignIn::Refused("请选择区县。".to_owned())
    } else if attempt.login.is_empty() || attempt.password.is_empty() {
        SignIn::Refused("请填写账号和密码。".to_owned())
    } else {
        sign_in::sign_in(&state.services, attempt).await?
    };
    match outcome {
        SignIn::Done { token } => {
            // Whoever was signed in here before is so no longer.
            if let Some(before) = &visitor.live {
                sign_in::sign_out(&state.services, before).await?;
            }
            Ok((jar.add(cookie(&state, token)), Redirect::to("/")).into_response())
        }
        SignIn::Refused(refused) => {
            let refused = Some(refused);
            again(&SignInPage {
                shell: Shell::default(),
                counties,
                county,
                login,
                why: "",
                refused,
                demo: state.site.demo,
            })
        }
    }
}

fn cookie(state: &State, token: String) -> Cookie<'static> {
    Cookie::build((state.cookie_name(), token))
        .path("/")
        .http_only(true)
        .secure(state.site.secure)
        .same_site(SameSite::Lax)
        .build()
}

async fn known_counties(state: &State) -> Result<Vec<CountyName>, Failure> {
    let mut gate = state.services.db.gate().await?;
    let found = counties::counties(&mut gate).await?;
    gate.commit().await?;
    Ok(found)
}

/// Ends the session.
pub(crate) async fn sign_out(
    AxumState(state): AxumState<State>,
    visitor: Visitor,
    jar: CookieJar,
) -> Result<Response, Failure> {
    if let Some(live) = &visitor.live {
        sign_in::sign_out(&state.services, live).await?;
    }
    let gone = Cookie::build((state.cookie_name(), "")).path("/").secure(state.site.secure).build();
    let clear = [(header::HeaderName::from_static("clear-site-data"), "\"cache\"")];
    Ok((clear, jar.remove(gone), Redirect::to("/sign-in?why=out")).into_response())
}

#[derive(Template)]
#[template(path = "pages/appointments.html")]
struct AppointmentsPage {
    shell: Shell,
    appointments: Vec<Appointment>,
}

/// Choosing among several appointments.
pub(crate) async fn appointments(AxumState(state): AxumState<State>, visitor: Visitor) -> Result<Response, Failure> {
    let live = visitor.live.ok_or(Failure::NotFound)?;
    let mut gate = state.services.db.gate().await?;
    let today = day_of(gate.now());
    let appointments = accounts::appointments_in_force(&mut gate, live.county, live.user, today).await?;
    gate.commit().await?;
    page(&AppointmentsPage { shell: visitor.shell, appointments })
}

#[derive(Deserialize)]
pub(crate) struct Choice {
    appointment: AppointmentId,
}

/// Acts under the appointment chosen.
pub(crate) async fn choose(
    AxumState(state): AxumState<State>,
    visitor: Visitor,
    form: Form<Choice>,
) -> Result<Response, Failure> {
    let live = visitor.live.ok_or(Failure::NotFound)?;
    if !sign_in::choose(&state.services, &live, form.value.appointment).await? {
        return Err(Failure::Forbidden("这个岗位已经结束，请选择其他岗位，或联系本县系统管理员续任。".to_owned()));
    }
    Ok(Redirect::to("/").into_response())
}

#[derive(Template)]
#[template(path = "pages/password.html")]
struct PasswordPage {
    shell: Shell,
    first: bool,
    errors: Errors,
    minimum: usize,
}

/// The form for a new password, the first time or later.
pub(crate) async fn password(visitor: Visitor) -> Result<Response, Failure> {
    let first = visitor.live.as_ref().ok_or(Failure::NotFound)?.must_change;
    page(&PasswordPage {
        shell: visitor.shell,
        first,
        errors: Errors::default(),
        minimum: crate::app::password::MIN_LENGTH,
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct PasswordForm {
    old: String,
    new: String,
    again: String,
}

/// Takes a new password.
pub(crate) async fn change_password(
    AxumState(state): AxumState<State>,
    visitor: Visitor,
    form: Form<PasswordForm>,
) -> Result<Response, Failure> {
    let live = visitor.live.ok_or(Failure::NotFound)?;
    let PasswordForm { old, new, again: repeated } = form.value;
    let Err(refusal) = own_password::change_password(&state.services, &live, old, new, &repeated).await? else {
        return Ok(Redirect::to("/mine?done=password").into_response());
    };
    let mut errors = Errors::default();
    for (field, fault) in [("old", refusal.old), ("new", refusal.new), ("again", refusal.again)] {
        if let Some(fault) = fault {
            errors.add(field, fault);
        }
    }
    let minimum = crate::app::password::MIN_LENGTH;
    again(&PasswordPage { shell: visitor.shell, first: live.must_change, errors, minimum })
}
