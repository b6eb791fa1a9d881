package dev.fanfare.delivery.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.token.ZimIdentity;
import dev.fanfare.runtime.settings.AppSecrets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownAppsTest {

    private static final Secret SECRET = Secret.of("00112233445566778899aabbccddeeff");
    private static final Secret NEW_SECRET = Secret.of("ffeeddccbbaa99887766554433221100");

    private final AppSecrets secrets = TestSecrets.of(1);
    private final KnownApps apps = new KnownApps(secrets);

    @Test
    void anAppIsKnownByItsKeyAndByItsAppIdOfZim() {
        // When
        apps.learn(app("a", 1, "7", SECRET));

        // Then
        assertThat(apps.of("a")).map(AppSettings::inboxDays).contains(3);
        assertThat(apps.zim("7")).contains(new ZimIdentity("a", "7", List.of(SECRET)));
        assertThat(apps.of("b")).isEmpty();
        assertThat(apps.zim("8")).isEmpty();
    }

    @Test
    void anOlderRecordThatComesLaterChangesNothing() {
        // Given
        apps.learn(app("a", 2, "8", NEW_SECRET, SECRET));

        // When
        apps.learn(app("a", 1, "7", SECRET));

        // Then
        assertThat(apps.zim("7")).isEmpty();
        assertThat(apps.zim("8")).map(ZimIdentity::serverSecrets).contains(List.of(NEW_SECRET, SECRET));
        assertThat(apps.of("a")).map(AppSettings::version).contains(2L);
    }

    @Test
    void aDeletedAppIsForgotten() {
        // Given
        apps.learn(app("a", 1, "7", SECRET));

        // When
        apps.forget("a");
        apps.forget("never-there");

        // Then
        assertThat(apps.of("a")).isEmpty();
        assertThat(apps.zim("7")).isEmpty();
        assertThat(apps.onlyZim()).isEmpty();
    }

    @Test
    void anAppIdCanMoveToAnotherAppInWhateverOrderThatIsTold() {
        // Given
        apps.learn(app("a", 1, "7", SECRET));

        // When
        apps.learn(app("b", 2, "7", NEW_SECRET));
        apps.learn(app("a", 3, null));

        // Then
        assertThat(apps.zim("7")).map(ZimIdentity::appKey).contains("b");

        // When
        apps.learn(app("b", 4, null));
        apps.learn(app("a", 5, "7", SECRET));

        // Then
        assertThat(apps.zim("7")).map(ZimIdentity::appKey).contains("a");
    }

    @Test
    void theOnlyAppOnZimIsTheOneAsLongAsThereIsNoOther() {
        // Given
        apps.learn(app("a", 1, "7", SECRET));
        apps.learn(app("plain", 1, null));
        assertThat(apps.onlyZim()).map(ZimIdentity::appKey).contains("a");

        // When
        apps.learn(app("b", 1, "8", SECRET));

        // Then
        assertThat(apps.onlyZim()).isEmpty();
        apps.forget("a");
        assertThat(apps.onlyZim()).map(ZimIdentity::appKey).contains("b");
    }

    @Test
    void anAppWhoseSecretCannotBeOpenedKeepsItsOtherSettings() {
        // Given
        apps.learn(app("a", 1, "7", SECRET));

        // When
        String foreign = TestSecrets.of(2).sealZim("a", SECRET);
        apps.learn(new AppSettings("a", 2, "7", List.of(foreign), 5000L, 3));

        // Then
        assertThat(apps.zim("7")).isEmpty();
        assertThat(apps.of("a")).map(AppSettings::confirmTimeoutMillis).contains(5000L);
    }

    @Test
    void aSecretThatWasCopiedFromAnotherAppIsNone() {
        // When
        apps.learn(new AppSettings("a", 1, "7", List.of(secrets.sealZim("b", SECRET)), null, null));

        // Then
        assertThat(apps.zim("7")).isEmpty();
    }

    private AppSettings app(String key, long version, String zimAppId, Secret... serverSecrets) {
        List<String> sealed = List.of(serverSecrets).stream()
                .map(secret -> secrets.sealZim(key, secret))
                .toList();
        return new AppSettings(key, version, zimAppId, zimAppId == null ? null : sealed, null, 3);
    }
}
