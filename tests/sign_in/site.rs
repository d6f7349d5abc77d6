//! Cookies, cross-site requests, headers, panics: what stands in front of every page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::routing::get;
use common::seeds::Post;
use common::{Client, HERE, Role, World};
use quanxue::web::{Site, State, framed, pages};

use crate::sign_in::{RIGHT, is_in, try_in};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
}

/// Whether a form with these headers is taken.
async fn taken(client: &mut Client, pairs: &[(&'static str, &str)]) -> bool {
    let fields = [("large".to_owned(), "on".to_owned())];
    let page = client.post_with("/mine/print-size", &fields, headers(pairs)).await;
    assert!(page.status == 303 || page.h1() == "请从本系统的页面提交", "{}: {}", page.status, page.text());
    page.status == 303
}

#[tokio::test]
async fn a_form_is_taken_from_our_own_pages_only() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for (pairs, expected) in [
        (&[("sec-fetch-site", "same-origin")][..], true),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "none")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "http://quanxue.test")], false),
        (&[("origin", "http://quanxue.test")], true),
        (&[("origin", "http://quanxue.test:8080")], false),
        (&[("origin", "http://evil.test")], false),
        (&[("origin", "http://quanxue.test.evil.test")], false),
        (&[("origin", "null")], false),
        (&[("origin", "")], false),
        (&[], false),
    ] {
        assert_eq!(taken(&mut client, pairs).await, expected, "{pairs:?}");
    }
}

#[tokio::test]
async fn with_an_address_of_its_own_the_site_believes_no_host() {
    let site = Site { origin: Some("https://quanxue.example.gov.cn".to_owned()), ..Site::default() };
    let world = World::at(site).await;
    let mut client = world.sign_in_as(Role::Village).await;
    assert!(taken(&mut client, &[("origin", "https://quanxue.example.gov.cn")]).await);
    assert!(!taken(&mut client, &[("origin", "http://quanxue.test")]).await, "the request's own Host");
}

#[tokio::test]
async fn a_cross_site_sign_in_or_sign_out_is_refused_too() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    let cross = headers(&[("sec-fetch-site", "cross-site")]);
    assert_eq!(client.post_with("/sign-out", &[], cross.clone()).await.status, 403);
    assert!(is_in(&mut client).await);
    let fields = [("county", "500229"), ("login", "township_head"), ("password", RIGHT)];
    let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(client.post_with("/sign-in", &fields, cross).await.status, 403);
    assert!(client.get("/mine").await.text().contains("村（社区）干部"), "somebody else is signed in now");
}

#[tokio::test]
async fn no_get_changes_anything() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    for path in ["/sign-out", "/mine/print-size?large=on"] {
        assert_eq!(client.get(path).await.status, 404, "{path}");
    }
    assert!(is_in(&mut client).await);
}

#[tokio::test]
async fn the_cookie_is_closed_to_script_and_over_https_bound_to_the_host() {
    let world = World::new().await;
    let page = try_in(&mut world.client(), "village", RIGHT).await;
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.starts_with("sid="), "{cookie}");
    for flag in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("Expires") && !cookie.contains("Max-Age"), "it outlives the browser: {cookie}");

    let world = World::at(Site { secure: true, ..Site::default() }).await;
    let mut client = world.sign_in_as(Role::Village).await;
    assert!(client.cookies.keys().eq(["__Host-sid"]));
    let page = try_in(&mut world.client(), "village", RIGHT).await;
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.contains("; Secure") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(page.header("strict-transport-security"), Some("max-age=31536000"));
    let page = client.get("/mine").await;
    let out = client.submit(&page.form("/sign-out"), &[]).await;
    assert!(out.header("set-cookie").unwrap().contains("; Secure"), "a browser ignores it otherwise");
}

#[tokio::test]
async fn every_answer_carries_the_safe_headers_and_is_kept_by_nobody() {
    let world = World::new().await;
    let (mut nobody, mut village) = (world.client(), world.sign_in_as(Role::Village).await);
    let style = nobody.get("/sign-in").await.attributes("link[rel=stylesheet]", "href")[0].clone();
    let mut answers = Vec::new();
    for client in [&mut nobody, &mut village] {
        for path in ["/", "/sign-in", "/mine", "/nowhere", "/healthz", "/help", &style, "/static/x/none.css"] {
            answers.push(client.get(path).await);
        }
        answers.push(client.send(Method::POST, "/mine/print-size", HeaderMap::new(), vec![]).await);
        answers.push(client.send(Method::DELETE, "/mine", headers(&[("sec-fetch-site", "same-origin")]), vec![]).await);
        answers.push(
            client
                .send(Method::POST, "/sign-in", headers(&[("sec-fetch-site", "same-origin")]), vec![b'x'; 2_000_000])
                .await,
        );
    }
    for page in answers {
        let csp = page.header("content-security-policy").unwrap_or_default();
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{}: {csp}", page.path);
        for rule in ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
            assert!(csp.contains(rule), "{}: {csp}", page.path);
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("permissions-policy", "geolocation=(self), camera=(self)"),
        ] {
            assert_eq!(page.header(name), Some(value), "{} ({})", page.path, page.status);
        }
        let caching = page.header("cache-control").unwrap();
        assert_eq!(caching != "no-store", page.path == style, "{}: {caching}", page.path);
        assert!(page.header("server").is_none() && page.header("x-powered-by").is_none());
    }
}

#[tokio::test]
async fn a_panic_gives_a_page_with_a_number_and_none_of_its_text() {
    let world = World::new().await;
    let mut signed_in = world.sign_in_as(Role::Village).await;
    let routes = pages().route("/panics", get(|| async { panic_with("internal text 500229") }));
    let state = State::new(world.services.clone(), Site::default());
    let mut client = common::Client::of(framed(routes, state));
    client.cookies.append(&mut signed_in.cookies);
    let page = client.get("/panics").await;
    assert_eq!((page.status, page.h1().as_str()), (500, "系统出错"));
    assert!(!page.body().contains("internal text"), "{}", page.text());
    let number = page.all("b.nb").concat();
    assert!(number.len() == 8 && number.chars().all(|c| c.is_ascii_hexdigit()), "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(client.get("/mine").await.status, 200, "others are served on");
}

#[expect(clippy::panic, reason = "this is what it is for")]
fn panic_with(text: &str) -> String {
    panic!("{text}")
}

#[tokio::test]
async fn an_internal_fault_gives_a_number_and_none_of_its_text() {
    let world = World::new().await;
    let mut client = world.sign_in_as(Role::Village).await;
    world.database.alter("alter table kept_form rename column path to pfad").await;
    let page = client.get("/mine").await;
    assert_eq!((page.status, page.h1().as_str()), (500, "系统出错"));
    for internal in ["pfad", "path", "column", "select", "error"] {
        assert!(!page.text().contains(internal), "{}", page.text());
    }
    assert_eq!(page.all("b.nb").concat().len(), 8);
}

#[tokio::test]
async fn only_a_known_proxy_says_from_where_a_request_comes() {
    for (proxies, expected) in [(vec![], "10.5.2.29"), (vec!["10.5.2.29".parse().unwrap()], "203.0.113.7")] {
        let world = World::at(Site { proxies, ..Site::default() }).await;
        let mut client = world.client();
        let mut more = headers(&[("sec-fetch-site", "same-origin"), ("x-forwarded-for", "198.51.100.1, 203.0.113.7")]);
        let fields = [("county", "500229"), ("login", "village"), ("password", RIGHT)];
        let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned()));
        more.insert("x-real-ip", HeaderValue::from_static("192.0.2.1"));
        assert_eq!(client.post_with("/sign-in", &fields, more).await.status, 303);
        let address: String = sqlx::query_scalar("select address from session where user_id = $1")
            .bind(HERE.user(Role::Village, Post::Own).0)
            .fetch_one(&mut world.database.superuser().await)
            .await
            .unwrap();
        assert_eq!(address, expected);
    }
}
