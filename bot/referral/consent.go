package referral

// Consent is the version of the wording that residents agree to: of what the screen before sending
// says about who reads it and how long it is kept. It changes whenever that wording does; versions
// are never used twice. The wording is in bot/screens/refer-consent.html.
const Consent = "2026-11-26"

// Keep is how long a closed referral is kept with what was said in it, in months; after that only its
// code and its times are left. The consent wording says so.
const Keep = 12
