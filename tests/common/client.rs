//! A browser without a window: cookies, same-origin headers, forms sent as a page offers them.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::page::{Form, Page};

/// One browser: its cookies and where it sits.
#[derive(Debug, Clone)]
pub struct Client {
    router: Router,
    /// Names and values of the cookies it holds.
    pub cookies: BTreeMap<String, String>,
    /// From where it connects.
    pub address: IpAddr,
    /// How it names itself.
    pub user_agent: String,
}

/// What a request carries beside its address.
#[derive(Debug, Default)]
struct Load {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Client {
    /// A browser that asks these pages.
    pub fn of(router: Router) -> Self {
        let address = Ipv4Addr::new(10, 5, 2, 29).into();
        Self { router, cookies: BTreeMap::new(), address, user_agent: "Mozilla/5.0 Chrome/80".to_owned() }
    }

    /// Asks for a page; does not follow where it is sent.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, HeaderMap::new(), Vec::new()).await
    }

    /// Asks for a page and hangs up after a while, whether or not it has come.
    pub async fn hang_up(&mut self, path: &str, after: Duration) {
        let _given_up = tokio::time::timeout(after, self.get(path)).await;
    }

    /// Sends a form and hangs up after a while, whether or not it was answered.
    pub async fn submit_and_hang_up(&mut self, form: &Form, typed: &[(&str, &str)], after: Duration) {
        let _given_up = tokio::time::timeout(after, self.submit(form, typed)).await;
    }

    /// Asks for a page and follows where it is sent, five times at most.
    pub async fn visit(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        self.follow(page).await
    }

    /// Goes where a page sends it, five times at most.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..5 {
            let Some(location) = page.location() else { break };
            page = self.get(&location).await;
        }
        page
    }

    /// Sends a form as a browser on our own page would, with a fresh key unless one is among the fields.
    pub async fn post_form<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, fields: &[(N, V)]) -> Page {
        let mut pairs: Vec<(String, String)> =
            fields.iter().map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned())).collect();
        if !pairs.iter().any(|(name, _)| name == "key") {
            pairs.push(("key".to_owned(), fresh_key()));
        }
        self.post_with(path, &pairs, same_origin()).await
    }

    /// Sends fields with headers of one's own choice; for what no honest page does.
    pub async fn post_with(&mut self, path: &str, fields: &[(String, String)], headers: HeaderMap) -> Page {
        let body = serde_html_form::to_string(fields).unwrap().into_bytes();
        let mut headers = headers;
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        self.send(Method::POST, path, headers, body).await
    }

    /// Sends a form with files: name, file name, media type, bytes.
    pub async fn post_multipart(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str, &[u8])],
    ) -> Page {
        const BOUNDARY: &str = "----QuanxueTestBoundary";
        let mut pairs: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        if !pairs.iter().any(|(name, _)| name == "key") {
            pairs.push(("key".to_owned(), fresh_key()));
        }
        let mut body = Vec::new();
        for (name, value) in pairs {
            body.extend(
                format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, media, bytes) in files {
            body.extend(
                format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\ncontent-type: {media}\r\n\r\n").bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let mut headers = same_origin();
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&media).unwrap());
        self.send(Method::POST, path, headers, body).await
    }

    /// Sends a form found on a page: its hidden fields and what is filled in already, with `typed` over it.
    pub async fn submit(&mut self, form: &Form, typed: &[(&str, &str)]) -> Page {
        let pairs = form.filled(typed);
        if form.method == Method::GET {
            let query = serde_html_form::to_string(&pairs).unwrap();
            return self.get(&format!("{}?{query}", form.action)).await;
        }
        if form.multipart {
            let fields: Vec<_> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            return self.post_multipart(&form.action, &fields, &[]).await;
        }
        self.post_with(&form.action, &pairs, same_origin()).await
    }

    /// Any request at all.
    pub async fn send(&mut self, method: Method, path: &str, headers: HeaderMap, body: Vec<u8>) -> Page {
        let load = Load { headers, body };
        let response = self.router.clone().oneshot(self.request(method, path, load)).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Page::read(path, response).await
    }

    fn request(&self, method: Method, path: &str, load: Load) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).body(Body::from(load.body)).unwrap();
        let headers = request.headers_mut();
        headers.insert(header::HOST, HeaderValue::from_static("quanxue.test"));
        headers.insert(header::USER_AGENT, HeaderValue::from_str(&self.user_agent).unwrap());
        headers.extend(load.headers);
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.insert(header::COOKIE, HeaderValue::from_str(&all.join("; ")).unwrap());
        }
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 40_000))));
        request
    }

    fn keep(&mut self, set_cookie: &str) {
        let (name, value) = set_cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
        if value.is_empty() || set_cookie.to_lowercase().contains("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// What a browser says of a form on our own page.
fn same_origin() -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static("sec-fetch-site"), HeaderValue::from_static("same-origin"))])
}

#[expect(clippy::disallowed_methods, reason = "a form's key is made by whoever shows the form")]
fn fresh_key() -> String {
    Uuid::new_v4().to_string()
}
