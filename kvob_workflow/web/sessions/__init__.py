"""Who is at the page, and is the form that he sends ours? Logins, sealed cookies, form tokens.

    keys = SessionKeys.read(["session.key"])          # made by make_session_key
    login = oidc_login(read_access_file("access.toml"), keys)   # of the module `oidc`
    Pages(login=login, keys=keys)

Logins: `oidc.OidcLogin` (the login service of the access file), `hosts.HostLogin` (the host's own),
`proxies.ProxyLogin` (a proxy in front brings a token), `development.DevelopmentLogin`. Only `oidc`
loads joserfc. Read next: `visitors`, `cookies`, `sealing`, `form_tokens`.
"""

from kvob_workflow.web.sessions.form_tokens import FormTokens
from kvob_workflow.web.sessions.sealing import SessionKeys, make_session_key
from kvob_workflow.web.sessions.visitors import Login, LoginRoute, Shown, Visitor

__all__ = [
    "FormTokens",
    "Login",
    "LoginRoute",
    "SessionKeys",
    "Shown",
    "Visitor",
    "make_session_key",
]
