//! What every handler can reach.

use std::net::IpAddr;
use std::sync::Arc;

use crate::app::Services;

/// How this installation is reached.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// `https://host` as people type it; where absent, the request's own Host is believed.
    pub origin: Option<String>,
    /// Cookies are marked Secure and named `__Host-`.
    pub secure: bool,
    /// Proxies whose X-Forwarded-For is believed.
    pub proxies: Vec<IpAddr>,
    /// Shows the demo's accounts on the sign-in page.
    pub demo: bool,
}

/// The state behind the routes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The use cases' pieces.
    pub services: Services,
    /// How this installation is reached.
    pub site: Arc<Site>,
}

impl State {
    /// Puts the two together.
    pub fn new(services: Services, site: Site) -> Self {
        Self { services, site: Arc::new(site) }
    }

    /// The session cookie's name.
    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.site.secure { "__Host-sid" } else { "sid" }
    }
}
