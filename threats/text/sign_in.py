"""Messages of sign-in."""

from threats.text.translate import N_, _

SIGNED_OUT_TITLE = N_("Signed out")
SIGN_IN_LABEL = N_("Sign in")
SIGN_OUT_LABEL = N_("Sign out")
SIGN_IN_INVITATION = N_("Sign in to continue. You will return to the page you requested.")
AUTHLIB_MISSING = N_("Sign-in needs Authlib. Install threats with its extra, .[auth].")


def signed_in_as_sentence(name: str) -> str:
    return _("Signed in as {name}.", name=name)


def sign_in_with_label(provider: str) -> str:
    return _("Sign in with {provider}", provider=provider) if provider else _(SIGN_IN_LABEL)


def sign_in_required_message(path: str) -> str:
    return _("Sign in first: open {path} in a browser.", path=path)


def start_failure_message(reason: str) -> str:
    return _("The dashboard cannot start. {reason}", reason=reason)


def unreadable_secrets_message(path: str) -> str:
    return _(
        "{path} cannot be read, so it is not clear whether sign-in is required.",
        path=path,
    )


def redirect_uri_message(path: str) -> str:
    return _("The redirect_uri of [auth] must end in {path}.", path=path)


def cookie_secret_message(length: int) -> str:
    return _("The cookie_secret of [auth] must have at least {length} characters.", length=length)
