package dev.fanfare.gateway.user;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code gateway.app_user}. */
@Entity
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

    UserEntity() {}

    void become(String newName, String newPortraitUri) {
        if (newName != null) {
            name = newName;
        }
        if (newPortraitUri != null) {
            portraitUri = newPortraitUri;
        }
    }

    UserProfile toProfile() {
        return new UserProfile(id.userId(), name, portraitUri, extra, createdAt);
    }
}
