package dev.fanfare.gateway.user;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A row of {@code gateway.app_user}; written by SQL only. */
@Entity
@Immutable
@Table(schema = "gateway", name = "app_user")
class UserEntity {

    @EmbeddedId
    private UserKey id;

    private String name;

    @Column(name = "portrait_uri")
    private String portraitUri;

    private String extra;

    @Column(name = "created_at")
    private Instant createdAt;

    private String[] tags;

    private boolean removed;

    private long version;

    @Column(name = "published_version")
    private long publishedVersion;

    UserEntity() {}

    boolean isRemoved() {
        return removed;
    }

    UserProfile toProfile() {
        return new UserProfile(id.userId(), name, portraitUri, extra, createdAt);
    }

    Registration toRegistration() {
        return new Registration(id, removed, List.of(tags), createdAt.toEpochMilli(), version, publishedVersion);
    }
}
