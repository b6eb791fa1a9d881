package dev.fanfare.delivery.push.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Internal HTTP: the credentials of an app. {@code PUT} takes a JSON object of texts, the settings that the provider's
 * class documents, and answers 400 with what is wrong with them; what was entered is never told again. Nodes use a change
 * after {@code fanfare.push.credential-refresh} at the latest. 503 while PostgreSQL is away.
 */
@Path("/internal/v1/apps/{app}/push")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CredentialResource {

    private static final Logger LOGGER = Logger.getLogger(CredentialResource.class);
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(3);
    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

    private final Credentials credentials;
    private final Providers providers;
    private final InternalKey key;

    public CredentialResource(Credentials credentials, Providers providers, InternalKey key) {
        this.credentials = credentials;
        this.providers = providers;
        this.key = key;
    }

    /**
     * What may be told of a credential.
     *
     * @param settings the names of what was entered
     */
    public record Shown(String provider, SortedSet<String> settings, Instant updatedAt) {}

    /** What was wrong with the request. */
    public record Refusal(String reason, String text) {}

    @GET
    public Uni<List<Shown>> list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("app") String app) {
        key.check(authorization);
        return answered(credentials.ofApp(app))
                .map(all -> all.stream().map(CredentialResource::shown).toList());
    }

    @GET
    @Path("{provider}")
    public Uni<Response> get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("provider") String provider) {
        key.check(authorization);
        return answered(credentials.of(List.of(new CredentialKey(app, provider))))
                .map(found -> found.isEmpty()
                        ? noCredential()
                        : Response.ok(shown(found.get(0))).build());
    }

    /** On a worker thread: a provider may read keys and files to see whether it likes a credential. */
    @PUT
    @Path("{provider}")
    @Blocking
    public Uni<Response> put(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("provider") String provider,
            String body) {
        key.check(authorization);
        Optional<PushProvider> known = providers.find(provider);
        if (known.isEmpty()) {
            return Uni.createFrom()
                    .item(refused(
                            Status.NOT_FOUND,
                            "NO_SUCH_PROVIDER",
                            "there is no provider of this name: " + new TreeSet<>(providers.names())));
        }
        Map<String, Secret> settings;
        try {
            settings = read(body);
            known.get().open(settings).close();
        } catch (InvalidCredentialException e) {
            return Uni.createFrom().item(refused(Status.BAD_REQUEST, "INVALID", e.getMessage()));
        }
        CredentialKey entered = new CredentialKey(app, provider);
        return answered(credentials.put(entered, settings)).map(time -> {
            LOGGER.infof("the credential of app %s for %s was changed", app, provider);
            return Response.ok(shown(new Credential(entered, settings, time))).build();
        });
    }

    @DELETE
    @Path("{provider}")
    public Uni<Response> delete(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("provider") String provider) {
        key.check(authorization);
        return answered(credentials.delete(new CredentialKey(app, provider))).map(was -> {
            LOGGER.infof("the credential of app %s for %s was deleted", app, provider);
            return was ? Response.noContent().build() : noCredential();
        });
    }

    /**
     * What the check of a credential found, without a push.
     *
     * @param problem null if there is none that can be found in this way
     */
    public record Checked(String provider, String problem) {}

    /** Asks the provider whether it takes the credential, where it can be asked. On a worker thread, as {@link #put}. */
    @POST
    @Path("{provider}/check")
    @Consumes(MediaType.WILDCARD)
    @Blocking
    public Uni<Response> check(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("provider") String provider) {
        key.check(authorization);
        return answered(credentials.of(List.of(new CredentialKey(app, provider))))
                .emitOn(Infrastructure.getDefaultExecutor())
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(noCredential())
                        : problemOf(found.get(0))
                                .map(problem -> Response.ok(new Checked(provider, problem.orElse(null)))
                                        .build()));
    }

    private Uni<Optional<String>> problemOf(Credential credential) {
        Optional<PushProvider> provider = providers.find(credential.key().provider());
        if (provider.isEmpty()) {
            return Uni.createFrom().item(Optional.of("there is no such provider"));
        }
        try {
            PushSender sender = provider.get().open(credential.settings());
            return sender.problem()
                    .ifNoItem()
                    .after(CHECK_PATIENCE)
                    .recoverWithItem(Optional.of("the provider did not answer in time"))
                    .onTermination()
                    .invoke(sender::close);
        } catch (InvalidCredentialException e) {
            return Uni.createFrom().item(Optional.of(e.getMessage()));
        }
    }

    private static Map<String, Secret> read(String body) throws InvalidCredentialException {
        Map<String, String> texts;
        try {
            texts = Json.mapper().readValue(body == null ? "" : body, SETTINGS);
        } catch (JsonProcessingException e) {
            texts = null;
        }
        if (texts == null || texts.containsValue(null)) {
            throw new InvalidCredentialException("the body must be a JSON object whose values are texts");
        }
        Map<String, Secret> settings = new TreeMap<>();
        texts.forEach((name, text) -> settings.put(name, Secret.of(text)));
        return settings;
    }

    private static <T> Uni<T> answered(Uni<T> answer) {
        return answer.onFailure().transform(e -> {
            LOGGER.warnf("credentials cannot be told or changed, PostgreSQL does not answer: %s", e);
            return new ServiceUnavailableException();
        });
    }

    private static Shown shown(Credential credential) {
        return new Shown(
                credential.key().provider(), new TreeSet<>(credential.settings().keySet()), credential.updatedAt());
    }

    private static Response noCredential() {
        return refused(Status.NOT_FOUND, "NO_SUCH_CREDENTIAL", "the app has no credential for this provider");
    }

    private static Response refused(Status status, String reason, String text) {
        return Response.status(status).entity(new Refusal(reason, text)).build();
    }
}
