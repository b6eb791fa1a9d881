package dev.fanfare.gateway.rongcloud.user;

import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormFields;

/**
 * A user with what a push shows of them, as a call gives it.
 *
 * @param name null when absent
 * @param portraitUri null when absent
 */
record ProfileFields(String userId, String name, String portraitUri) {

    static ProfileFields of(FormFields form) {
        return new ProfileFields(form.text("userId"), form.text("name"), form.text("portraitUri"));
    }

    FieldRules rules() {
        return new FieldRules()
                .id("userId", userId)
                .optionalName("name", name)
                .optionalPortrait("portraitUri", portraitUri);
    }
}
