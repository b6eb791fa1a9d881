package dev.fanfare.gateway.user;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** Users belong to an app. */
@Embeddable
record UserKey(@Column(name = "app_key") String appKey, @Column(name = "user_id") String userId) {}
