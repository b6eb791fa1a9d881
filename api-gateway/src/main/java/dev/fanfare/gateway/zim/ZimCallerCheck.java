package dev.fanfare.gateway.zim;

import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.app.AppDirectory;
import dev.fanfare.gateway.app.AppDirectory.Lookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who calls, by the common parameters alone. They are judged in this order, and the first that is wrong is the answer: {@code
 * AppId}, {@code SignatureNonce}, {@code Timestamp}, {@code SignatureVersion}, {@code Signature}, whether the app is known,
 * whether the signature is its own, whether it is locked. Nonces are not remembered. Does not block.
 */
@ApplicationScoped
class ZimCallerCheck {

    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final long MAX_APP_ID = 0xFFFF_FFFFL;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final String VERSION = "2.0";

    private final AppDirectory directory;
    private final Clock clock;

    ZimCallerCheck(AppDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** The answer to "who is it?". */
    sealed interface Caller {

        /** An app that may call. */
        record Known(App app) implements Caller {}

        /** Nobody who may call. */
        record Refused(ZimError error) implements Caller {}
    }

    Caller check(ZimQuery query) {
        Optional<ZimError> wrong = form(query, clock.instant().getEpochSecond());
        return wrong.isPresent() ? new Caller.Refused(wrong.get()) : checkApp(query);
    }

    /** What is wrong with the parameters by themselves. */
    static Optional<ZimError> form(ZimQuery query, long nowSeconds) {
        String appId = query.text("AppId");
        if (appId == null || !DIGITS.matcher(appId).matches() || Long.parseLong(appId) > MAX_APP_ID) {
            return Optional.of(ZimError.APP_ID);
        }
        if (query.text("SignatureNonce") == null) {
            return Optional.of(ZimError.NONCE_EMPTY);
        }
        return timestamp(query.text("Timestamp"), nowSeconds).or(() -> signature(query));
    }

    private static Optional<ZimError> timestamp(String timestamp, long nowSeconds) {
        if (timestamp == null) {
            return Optional.of(ZimError.TIMESTAMP_EMPTY);
        }
        if (!WHOLE_NUMBER.matcher(timestamp).matches()) {
            return Optional.of(ZimError.TIMESTAMP_MALFORMED);
        }
        return Math.abs(Long.parseLong(timestamp) - nowSeconds) > WINDOW.toSeconds()
                ? Optional.of(ZimError.SIGNATURE_EXPIRED)
                : Optional.empty();
    }

    private static Optional<ZimError> signature(ZimQuery query) {
        String version = query.text("SignatureVersion");
        if (version == null) {
            return Optional.of(ZimError.SIGNATURE_VERSION_EMPTY);
        }
        if (!VERSION.equals(version)) {
            return Optional.of(ZimError.SIGNATURE_VERSION);
        }
        return query.text("Signature") == null ? Optional.of(ZimError.SIGNATURE_EMPTY) : Optional.empty();
    }

    private Caller checkApp(ZimQuery query) {
        Lookup lookup = directory.findZim(query.text("AppId"));
        if (lookup instanceof Lookup.Found found) {
            return checkSignature(found.app(), query);
        }
        return new Caller.Refused(lookup instanceof Lookup.Unknown ? ZimError.UNKNOWN_APP : ZimError.BUSY);
    }

    private static Caller checkSignature(App app, ZimQuery query) {
        ZimSignature signature = new ZimSignature(
                query.text("AppId"), query.text("SignatureNonce"), query.text("Timestamp"), query.text("Signature"));
        if (app.zim().secrets().stream().noneMatch(signature::isOf)) {
            return new Caller.Refused(ZimError.SIGNATURE);
        }
        return app.isActive() ? new Caller.Known(app) : new Caller.Refused(ZimError.APP_LOCKED);
    }
}
