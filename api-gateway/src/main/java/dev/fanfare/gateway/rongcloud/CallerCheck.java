package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.app.AppDirectory;
import dev.fanfare.gateway.app.AppDirectory.Lookup;
import dev.fanfare.gateway.signature.RequestSignature;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Who calls, by the headers alone: the app is known, the signature is its own, it is not locked. Does not block. */
@ApplicationScoped
class CallerCheck {

    /** For platforms that strip headers they do not know, the vendor takes each with this prefix too. */
    private static final String PREFIX = "RC-";

    static final String APP_KEY = "App-Key";

    private final AppDirectory directory;
    private final Clock clock;

    CallerCheck(AppDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** The answer to "who is it?". */
    sealed interface Caller {

        /** An app that may call. */
        record Known(App app, RequestSignature signature) implements Caller {}

        /** Nobody who may call. */
        record Refused(Answer.Refused answer) implements Caller {}
    }

    Caller check(HttpServerRequest request) {
        String appKey = header(request, APP_KEY);
        if (appKey == null) {
            return refused(RongCloudError.UNKNOWN_APP);
        }
        Lookup lookup = directory.find(appKey);
        if (lookup instanceof Lookup.Found found) {
            return check(found.app(), request);
        }
        return refused(lookup instanceof Lookup.Unknown ? RongCloudError.UNKNOWN_APP : RongCloudError.TIMEOUT);
    }

    private Caller check(App app, HttpServerRequest request) {
        var signature = new RequestSignature(
                header(request, "Nonce"), header(request, "Timestamp"), header(request, "Signature"));
        if (!signature.isOf(app.secret())) {
            return refused(RongCloudError.SIGNATURE);
        }
        var window = app.signatures().clockWindow();
        if (window != null && !signature.isWithin(window, clock.instant())) {
            return new Caller.Refused(Answer.refused(
                    RongCloudError.SIGNATURE, "Timestamp is more than " + window.toSeconds() + " s from now."));
        }
        return app.isActive() ? new Caller.Known(app, signature) : refused(RongCloudError.APP_LOCKED);
    }

    static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? request.getHeader(PREFIX + name) : value;
    }

    private static Caller refused(RongCloudError error) {
        return new Caller.Refused(Answer.refused(error));
    }
}
