//! What came back: status, headers, and the page as a reader finds it.

use axum::body::to_bytes;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use scraper::{ElementRef, Html, Selector};

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// What was asked for.
    pub path: String,
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

/// A form on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// How.
    pub method: Method,
    /// It takes files.
    pub multipart: bool,
    /// The words on its buttons.
    pub buttons: Vec<String>,
    /// Its fields with what a browser would send if nothing were touched.
    pub fields: Vec<(String, String)>,
}

impl Page {
    pub(crate) async fn read(path: &str, response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Self { path: path.to_owned(), status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// The body as text.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it sends the browser, if it does.
    pub fn location(&self) -> Option<String> {
        self.header(header::LOCATION.as_str()).map(ToOwned::to_owned)
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// What a reader sees between `<body>` and `</body>`, spaces drawn together.
    pub fn text(&self) -> String {
        self.all("body").join(" ")
    }

    /// The title.
    pub fn title(&self) -> String {
        self.all("title").concat()
    }

    /// The heading.
    pub fn h1(&self) -> String {
        self.all("h1").concat()
    }

    /// The sentences of the summary of errors, in order.
    pub fn errors(&self) -> Vec<String> {
        self.all(".errors li")
    }

    /// The notice that says what was just done.
    pub fn notice(&self) -> String {
        self.all(".note--ok").concat()
    }

    /// The texts of everything a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body());
        html.select(&select(selector)).map(text_of).collect()
    }

    /// An attribute of everything a selector finds.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body());
        html.select(&select(selector)).filter_map(|e| e.attr(attribute)).map(ToOwned::to_owned).collect()
    }

    /// Links: their words and where they lead.
    pub fn links(&self) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.body());
        html.select(&select("a[href]")).map(|a| (text_of(a), a.attr("href").unwrap_or_default().to_owned())).collect()
    }

    /// Where the link with these words leads.
    pub fn link(&self, words: &str) -> String {
        let links = self.links();
        let found = links.iter().find(|(text, _)| text.contains(words));
        let Some((_, href)) = found else { panic!("no link “{words}” on {}: {links:?}", self.path) };
        href.clone()
    }

    /// Every form.
    pub fn forms(&self) -> Vec<Form> {
        let html = Html::parse_document(&self.body());
        html.select(&select("form")).map(|form| Form::read(form, &self.path)).collect()
    }

    /// The form that goes to an address.
    pub fn form(&self, action: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.action == action);
        found.cloned().unwrap_or_else(|| panic!("no form to {action} on {}: {forms:?}", self.path))
    }

    /// The form with a button of these words.
    pub fn form_with(&self, button: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.buttons.iter().any(|words| words.contains(button)));
        found.cloned().unwrap_or_else(|| panic!("no form with a button “{button}” on {}: {forms:?}", self.path))
    }
}

impl Form {
    /// Its fields with `typed` over them; what was not there is added.
    pub fn filled(&self, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let untouched = self.fields.iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name));
        untouched.cloned().chain(typed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))).collect()
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn read(form: ElementRef<'_>, page: &str) -> Self {
        let own = page.split('?').next().unwrap_or_default().to_owned();
        let action = form.attr("action").filter(|a| !a.is_empty()).map_or(own, ToOwned::to_owned);
        let post = form.attr("method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
        Self {
            action,
            method: if post { Method::POST } else { Method::GET },
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            buttons: form.select(&select("button, input[type=submit]")).map(text_of).collect(),
            fields: form.select(&select("input, select, textarea")).filter_map(field).collect(),
        }
    }
}

/// What a browser would send of a field nobody touched.
fn field(e: ElementRef<'_>) -> Option<(String, String)> {
    let name = e.attr("name")?.to_owned();
    if e.attr("disabled").is_some() {
        return None;
    }
    let value = match (e.value().name(), e.attr("type").unwrap_or_default()) {
        ("input", "checkbox" | "radio") => {
            e.attr("checked")?;
            e.attr("value").unwrap_or("on").to_owned()
        }
        ("input", "submit" | "button" | "image" | "reset" | "file") => return None,
        ("input", _) => e.attr("value").unwrap_or_default().to_owned(),
        ("textarea", _) => e.text().collect(),
        _ => chosen(e)?,
    };
    Some((name, value))
}

/// The option that is marked, or else the first.
fn chosen(list: ElementRef<'_>) -> Option<String> {
    let marked = list.select(&select("option[selected]")).next();
    let option = marked.or_else(|| list.select(&select("option")).next())?;
    Some(option.attr("value").map_or_else(|| text_of(option), ToOwned::to_owned))
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn text_of(e: ElementRef<'_>) -> String {
    e.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
