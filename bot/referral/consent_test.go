package referral_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"policybot/bot/referral"
)

// TestConsentHasAVersion: whoever changes what residents agree to gives it a new version. Add a line then,
// and keep the old ones: referrals name them.
func TestConsentHasAVersion(t *testing.T) {
	versions := map[string]string{
		"2026-11-26": "f49585aedc98ad1d",
	}
	text, err := os.ReadFile("../screens/refer-consent.html")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	if got := hex.EncodeToString(sum[:8]); versions[referral.Consent] != got {
		t.Errorf("the wording is %s, version %s is %s: give it a new version", got, referral.Consent, versions[referral.Consent])
	}
}
