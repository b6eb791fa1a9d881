package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.gateway.admin.Admin;
import dev.fanfare.gateway.admin.AdminBody;
import dev.fanfare.gateway.admin.AdminCall;
import dev.fanfare.gateway.admin.AdminError;
import dev.fanfare.gateway.admin.AdminScope;
import dev.fanfare.gateway.admin.CurrentAdmin;
import dev.fanfare.gateway.app.AppRequests.Change;
import dev.fanfare.gateway.app.AppRequests.Creation;
import dev.fanfare.gateway.app.AppRequests.ZimIdentity;
import dev.fanfare.gateway.audit.Act;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * The admin API of apps. A change works at once on the gateway that made it, and on the others after
 * {@code fanfare.directory.refresh}; delivery nodes are told of it at once, or as soon as Kafka is there. Needs PostgreSQL.
 */
@Path("/admin/v1/apps")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AppsResource {

    private static final Logger LOGGER = Logger.getLogger(AppsResource.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 8;
    private static final int SECRET_BYTES = 24;

    private final AppRepository repository;
    private final AppDirectory directory;
    private final CurrentAdmin current;

    AppsResource(AppRepository repository, AppDirectory directory, CurrentAdmin current) {
        this.repository = repository;
        this.directory = directory;
        this.current = current;
    }

    @GET
    @AdminCall(value = AdminScope.READ, filtersApps = true)
    public Uni<Response> list() {
        Admin admin = current.admin();
        return repository.all().map(apps -> Response.ok(apps.stream()
                        .filter(app -> admin.isFor(app.key()))
                        .map(AppView::of)
                        .toList())
                .build());
    }

    @POST
    @AdminCall(value = AdminScope.APPS, act = "app.create")
    public Uni<Response> create(String body) {
        Optional<Creation> creation = AdminBody.read(body, Creation.class);
        Optional<String> problem = problemOf(creation, Creation::problem);
        if (problem.isPresent()) {
            return refused(Status.BAD_REQUEST, "INVALID", problem.get());
        }
        App app = appOf(creation.get());
        return repository.create(app, current.actOn(app.key(), "")).flatMap(outcome -> answer(app, outcome));
    }

    private Uni<Response> answer(App app, AppRepository.Creation outcome) {
        return switch (outcome) {
            case DONE ->
                changed(app, "created").replaceWith(() -> Response.status(Status.CREATED)
                        .entity(AppView.withSecret(app))
                        .build());
            case KEY_TAKEN -> refused(Status.CONFLICT, "APP_EXISTS", "there is or was an app with this key");
            case ZIM_APP_ID_TAKEN -> zimAppIdTaken();
        };
    }

    @GET
    @Path("{key}")
    @AdminCall(AdminScope.READ)
    public Uni<Response> get(String key) {
        return repository
                .find(key)
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom()
                                .item(Response.ok(AppView.of(found.get())).build())
                        : noSuchApp());
    }

    @PATCH
    @Path("{key}")
    @AdminCall(value = AdminScope.APPS, act = "app.change")
    public Uni<Response> change(String key, String body) {
        Optional<Change> change = AdminBody.read(body, Change.class);
        Optional<String> problem = problemOf(change, Change::problem);
        if (problem.isPresent()) {
            return refused(Status.BAD_REQUEST, "INVALID", problem.get());
        }
        Act act = current.actOn(key, change.get().fields());
        Uni<Response> changing =
                Uni.createFrom().deferred(() -> change(key, "changed", change.get()::applyTo, AppView::of, act));
        return change.get().isOfZim()
                ? repository
                        .find(key)
                        .flatMap(found -> found.isPresent() && found.get().zim() == null
                                ? refused(Status.BAD_REQUEST, "INVALID", "the app has no zimAppId")
                                : changing)
                : changing;
    }

    @POST
    @Path("{key}/secret")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.APPS, act = "app.secret")
    public Uni<Response> rotateSecret(String key) {
        Secret secret = newSecret();
        return change(key, "given a new secret", app -> app.withSecret(secret), AppView::withSecret);
    }

    @POST
    @Path("{key}/lock")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.APPS, act = "app.lock")
    public Uni<Response> lock(String key) {
        return change(key, "locked", app -> app.withStatus(AppStatus.LOCKED), AppView::of);
    }

    @POST
    @Path("{key}/unlock")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.APPS, act = "app.unlock")
    public Uni<Response> unlock(String key) {
        return change(key, "unlocked", app -> app.withStatus(AppStatus.ACTIVE), AppView::of);
    }

    @DELETE
    @Path("{key}")
    @AdminCall(value = AdminScope.APPS, act = "app.delete")
    public Uni<Response> delete(String key) {
        return change(key, "deleted", app -> app.withStatus(AppStatus.DELETED), AppView::of);
    }

    /** An app of ZIM's, or a new ServerSecret for it; then the one before is good, too. */
    @PUT
    @Path("{key}/zim")
    @AdminCall(value = AdminScope.APPS, act = "app.zim")
    public Uni<Response> changeZim(String key, String body) {
        Optional<ZimIdentity> zim = AdminBody.read(body, ZimIdentity.class);
        Optional<String> problem = problemOf(zim, ZimIdentity::problem);
        return problem.isPresent()
                ? refused(Status.BAD_REQUEST, "INVALID", problem.get())
                : change(key, "given a ZIM identity", zim.get()::applyTo, AppView::of);
    }

    @DELETE
    @Path("{key}/zim")
    @AdminCall(value = AdminScope.APPS, act = "app.zim-remove")
    public Uni<Response> removeZim(String key) {
        return change(key, "without a ZIM identity", app -> app.withZim(null), AppView::of);
    }

    @DELETE
    @Path("{key}/zim/previous-secret")
    @AdminCall(value = AdminScope.APPS, act = "app.zim-end-previous-secret")
    public Uni<Response> endPreviousSecret(String key) {
        return change(
                key,
                "with its present ZIM secret only",
                app -> app.zim() == null ? app : app.withZim(app.zim().withoutPrevious()),
                AppView::of);
    }

    private Uni<Response> change(String key, String what, UnaryOperator<App> change, Function<App, AppView> view) {
        return change(key, what, change, view, current.act());
    }

    private Uni<Response> change(
            String key, String what, UnaryOperator<App> change, Function<App, AppView> view, Act act) {
        return repository.change(key, change, act).flatMap(outcome -> answer(outcome, what, view));
    }

    private Uni<Response> answer(AppRepository.Change outcome, String what, Function<App, AppView> view) {
        if (outcome instanceof AppRepository.Change.Done done) {
            return changed(done.app(), what)
                    .replaceWith(() -> Response.ok(view.apply(done.app())).build());
        }
        return outcome instanceof AppRepository.Change.ZimAppIdTaken ? zimAppIdTaken() : noSuchApp();
    }

    private static Uni<Response> zimAppIdTaken() {
        return refused(Status.CONFLICT, "ZIM_APP_ID_TAKEN", "another app has this zimAppId");
    }

    private Uni<Void> changed(App app, String what) {
        LOGGER.infof("app %s %s", app.key(), what);
        return directory.reload();
    }

    private static App appOf(Creation creation) {
        String key = creation.appKey() == null ? random(KEY_BYTES) : creation.appKey();
        return App.created(
                key,
                creation.name() == null ? key : creation.name(),
                creation.secret() == null ? newSecret() : Secret.of(creation.secret()),
                creation.zimAppId() == null
                        ? null
                        : new App.Zim(creation.zimAppId(), Secret.of(creation.zimServerSecret())));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Secret newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    private static <T> Optional<String> problemOf(Optional<T> body, Function<T, Optional<String>> rule) {
        return body.isEmpty()
                ? Optional.of("the body is not a JSON object with known fields of the right types")
                : rule.apply(body.get());
    }

    private static Uni<Response> noSuchApp() {
        return refused(Status.NOT_FOUND, "NO_SUCH_APP", "there is no app with this key");
    }

    private static Uni<Response> refused(Status status, String reason, String text) {
        return Uni.createFrom()
                .item(Response.status(status)
                        .entity(new AdminError(reason, text))
                        .build());
    }
}
