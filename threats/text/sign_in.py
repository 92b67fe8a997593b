"""Messages of sign-in."""

from threats.text.translate import N_

SIGNED_OUT_TITLE = N_("Signed out")
SIGN_IN_LABEL = N_("Sign in")
SIGN_IN_WITH_LABEL = N_("Sign in with {provider}")
SIGN_OUT_LABEL = N_("Sign out")
SIGNED_IN_AS = N_("Signed in as {name}.")
SIGN_IN_INVITATION = N_("Sign in to continue. You will return to the page you requested.")
SIGN_IN_FAILED = N_("Sign-in failed")
ACCESS_DENIED = N_(
    "Sign-in failed: the identity provider denied access. Ask your administrator for it."
)
PROVIDER_UNREACHABLE = N_(
    "Sign-in failed: the identity provider did not answer. Try again in a minute."
)
SIGN_IN_REFUSED = N_(
    "Sign-in failed: the identity provider refused the request ({code}). Tell your administrator."
)
SIGN_IN_INCOMPLETE = N_("Sign-in failed: it could not be completed. Try again.")
SIGN_IN_REQUIRED = N_("Sign in first: open {path} in a browser.")
START_FAILURE = N_("The dashboard cannot start. {reason}")
AUTHLIB_MISSING = N_("Sign-in needs Authlib. Install threats with its extra, .[auth].")
UNREADABLE_SECRETS = N_("{path} cannot be read, so it is not clear whether sign-in is required.")
WRONG_REDIRECT_URI = N_("The redirect_uri of [auth] must end in {path}.")
SHORT_COOKIE_SECRET = N_("The cookie_secret of [auth] must have at least {length} characters.")
