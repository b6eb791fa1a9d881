package dev.fanfare.gateway.app;

import dev.fanfare.gateway.Patience;
import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.admin.AdminCall;
import dev.fanfare.gateway.admin.AdminError;
import dev.fanfare.gateway.admin.AdminScope;
import dev.fanfare.gateway.admin.CurrentAdmin;
import dev.fanfare.gateway.audit.Act;
import dev.fanfare.gateway.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * The admin API of what an app shows its push providers. It belongs to delivery-service, which says what is wrong with it;
 * here it is only known that there is such an app.
 */
@Path("/admin/v1/apps/{key}/push")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PushCredentialsResource {

    private static final Logger LOGGER = Logger.getLogger(PushCredentialsResource.class);
    private static final String SERVICE = "delivery-service";
    private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

    private final AppRepository apps;
    private final PushCredentialsApi credentials;
    private final CurrentAdmin current;
    private final AuditLog audit;

    PushCredentialsResource(
            AppRepository apps, @RestClient PushCredentialsApi credentials, CurrentAdmin current, AuditLog audit) {
        this.apps = apps;
        this.credentials = credentials;
        this.current = current;
        this.audit = audit;
    }

    /** What is no more there. */
    record Deleted(String provider) {}

    @GET
    @AdminCall(AdminScope.READ)
    public Uni<Response> list(String key) {
        return ofApp(key, () -> credentials.list(key));
    }

    @GET
    @Path("{provider}")
    @AdminCall(AdminScope.READ)
    public Uni<Response> get(String key, String provider) {
        return ofApp(key, () -> credentials.get(key, provider));
    }

    @PUT
    @Path("{provider}")
    @AdminCall(value = AdminScope.PUSH, act = "push.put")
    public Uni<Response> put(String key, String provider, String body) {
        return recorded(key, () -> credentials.put(key, provider, body))
                .invoke(answer ->
                        LOGGER.infof("push credential of app %s for %s: %d", key, provider, answer.getStatus()));
    }

    /** Asks the provider whether it takes the credential, where it can be asked without a push. */
    @POST
    @Path("{provider}/check")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.PUSH, act = "push.check")
    public Uni<Response> check(String key, String provider) {
        return recorded(key, () -> credentials.check(key, provider));
    }

    @DELETE
    @Path("{provider}")
    @Consumes(MediaType.WILDCARD)
    @AdminCall(value = AdminScope.PUSH, act = "push.delete")
    public Uni<Response> delete(String key, String provider) {
        return recorded(key, () -> credentials.delete(key, provider).replaceWith(new Deleted(provider)))
                .invoke(answer -> LOGGER.infof(
                        "push credential of app %s for %s deleted: %d", key, provider, answer.getStatus()));
    }

    /** Nothing is done at delivery-service that was not recorded before. */
    private Uni<Response> recorded(String key, Supplier<Uni<?>> call) {
        Act act = current.act();
        return ifThere(key, () -> audit.write(act, AuditLog.STARTED)
                .chain(() -> atDelivery(call))
                .call(answer -> answer.getStatus() == Status.OK.getStatusCode() ? noteDone(act) : NOTHING));
    }

    private Uni<Void> noteDone(Act act) {
        return audit.write(act, AuditLog.DONE)
                .onFailure(UnavailableException.class)
                .recoverWithItem(e -> {
                    LOGGER.warnf("%s of %s is done, and only its start is recorded: %s", act.what(), act.app(), e);
                    return null;
                });
    }

    private Uni<Response> ofApp(String key, Supplier<Uni<?>> call) {
        return ifThere(key, () -> atDelivery(call));
    }

    private Uni<Response> ifThere(String key, Supplier<Uni<Response>> answer) {
        return apps.find(key)
                .flatMap(app -> app.isEmpty()
                        ? Uni.createFrom()
                                .item(Response.status(Status.NOT_FOUND)
                                        .entity(new AdminError("NO_SUCH_APP", "there is no app with this key"))
                                        .build())
                        : answer.get());
    }

    private static Uni<Response> atDelivery(Supplier<Uni<?>> call) {
        return Patience.with(SERVICE, answered(call.get()));
    }

    /** What delivery-service refuses is the caller's to know; anything else is its trouble. */
    private static Uni<Response> answered(Uni<?> answer) {
        return answer.map(body -> Response.ok(body).build())
                .onFailure(PushCredentialsResource::isRefusal)
                .recoverWithItem(e -> {
                    Response refusal = ((WebApplicationException) e).getResponse();
                    return Response.status(refusal.getStatus())
                            .entity(refusal.readEntity(AdminError.class))
                            .build();
                });
    }

    private static boolean isRefusal(Throwable e) {
        return e instanceof WebApplicationException refused
                && (refused.getResponse().getStatus() == Status.BAD_REQUEST.getStatusCode()
                        || refused.getResponse().getStatus() == Status.NOT_FOUND.getStatusCode())
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(
                        refused.getResponse().getMediaType());
    }
}
