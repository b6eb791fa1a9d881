package dev.fanfare.gateway.user;

import dev.fanfare.contracts.user.UserAccess;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code gateway.user_access}; written by SQL only. */
@Entity
@Immutable
@Table(schema = "gateway", name = "user_access")
class UserAccessEntity {

    @EmbeddedId
    private UserKey id;

    @Column(name = "tokens_invalid_before")
    private long tokensInvalidBefore;

    @Column(name = "blocked_until")
    private long blockedUntil;

    private long version;

    UserAccessEntity() {}

    UserAccess toRecord() {
        return new UserAccess(id.appKey(), id.userId(), tokensInvalidBefore, blockedUntil, version);
    }

    BlockedUser toBlockedUser() {
        return new BlockedUser(id.userId(), Instant.ofEpochMilli(blockedUntil));
    }
}
