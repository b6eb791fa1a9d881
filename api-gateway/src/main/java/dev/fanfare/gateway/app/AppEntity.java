package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.gateway.app.App.Delivery;
import dev.fanfare.gateway.app.App.SignatureChecks;
import dev.fanfare.gateway.app.App.Zim;
import dev.fanfare.gateway.quota.QuotaWindow;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A row of {@code gateway.app}. Sets and maps are text ({@code BROADCAST,SYSTEM}; {@code user/info=50}): nobody queries them. */
@Entity
@Table(schema = "gateway", name = "app")
class AppEntity {

    private static final String SEPARATOR = ",";

    @Id
    @Column(name = "app_key")
    private String key;

    private String name;

    @Convert(converter = SecretConverter.class)
    private Secret secret;

    @Enumerated(EnumType.STRING)
    private AppStatus status;

    @Column(name = "zim_app_id")
    private String zimAppId;

    @Column(name = "zim_server_secret")
    @Convert(converter = SecretConverter.class)
    private Secret zimServerSecret;

    @Column(name = "zim_previous_secret")
    @Convert(converter = SecretConverter.class)
    private Secret zimPreviousSecret;

    @Enumerated(EnumType.STRING)
    @Column(name = "zim_push_type_2")
    private PushTo zimPushType2 = PushTo.OFFLINE;

    @Column(name = "zim_message_bytes")
    private int zimMessageBytes = Zim.MESSAGE_BYTES;

    @Column(name = "switched_off")
    private String switchedOff;

    private String limits;

    @Column(name = "clock_window_millis")
    private Long clockWindowMillis;

    @Column(name = "refuse_replays")
    private boolean refuseReplays;

    @Column(name = "confirm_timeout_millis")
    private Long confirmTimeoutMillis;

    @Column(name = "inbox_days")
    private Integer inboxDays;

    private long version;

    @Column(name = "created_at")
    private Instant createdAt;

    AppEntity() {}

    AppEntity(App app, Instant createdAt) {
        this.key = app.key();
        this.createdAt = createdAt;
        become(app, createdAt);
    }

    /** The version is the time in ms, or one more than before: it goes on rising even after an older backup was restored. */
    final void become(App app, Instant now) {
        version = Math.max(version + 1, now.toEpochMilli());
        name = app.name();
        secret = app.secret();
        status = app.status();
        zimAppId = app.zim() == null ? null : app.zim().appId();
        zimServerSecret = app.zim() == null ? null : app.zim().serverSecret();
        zimPreviousSecret = app.zim() == null ? null : app.zim().previousSecret();
        if (app.zim() != null) {
            zimPushType2 = app.zim().pushType2();
            zimMessageBytes = app.zim().messageBytes();
        }
        switchedOff = app.switchedOff().stream().map(Feature::name).sorted().collect(Collectors.joining(SEPARATOR));
        limits = app.limits().entrySet().stream()
                .map(limit -> limit.getKey().name() + "=" + limit.getValue())
                .sorted()
                .collect(Collectors.joining(SEPARATOR));
        Duration window = app.signatures().clockWindow();
        clockWindowMillis = window == null ? null : window.toMillis();
        refuseReplays = app.signatures().refuseReplays();
        Duration confirmTimeout = app.delivery().confirmTimeout();
        confirmTimeoutMillis = confirmTimeout == null ? null : confirmTimeout.toMillis();
        inboxDays = app.delivery().inboxDays();
    }

    App toApp() {
        return new App(
                key,
                name,
                secret,
                status,
                zimAppId == null
                        ? null
                        : new Zim(zimAppId, zimServerSecret, zimPreviousSecret, zimPushType2, zimMessageBytes),
                featuresOf(switchedOff),
                limitsOf(limits),
                new SignatureChecks(
                        clockWindowMillis == null ? null : Duration.ofMillis(clockWindowMillis), refuseReplays),
                new Delivery(confirmTimeoutMillis == null ? null : Duration.ofMillis(confirmTimeoutMillis), inboxDays),
                version);
    }

    private static Set<Feature> featuresOf(String column) {
        return Arrays.stream(column.split(SEPARATOR))
                .filter(name -> !name.isEmpty())
                .map(Feature::valueOf)
                .collect(Collectors.toSet());
    }

    private static Map<QuotaWindow, Integer> limitsOf(String column) {
        return Arrays.stream(column.split(SEPARATOR))
                .filter(limit -> !limit.isEmpty())
                .map(limit -> limit.split("="))
                .collect(Collectors.toMap(
                        limit -> QuotaWindow.of(limit[0]).orElseThrow(), limit -> Integer.valueOf(limit[1])));
    }
}
