package dev.fanfare.delivery.push.dead;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * {@code /admin/push/dead}: pushes that were given up, for a person to repair. Needs the internal key; 503 while
 * PostgreSQL or Kafka is away.
 */
@Path("/admin/push/dead")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {

    private static final Logger LOGGER = Logger.getLogger(DeadLetterResource.class);
    /** Replaying many takes a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MAX_PAGE = 1_000;
    private static final int REPLAY_PAGE = 200;
    private static final int MAX_REPLAYED = 10_000;

    private final DeadLetters letters;
    private final Replay replay;
    private final InternalKey key;

    public DeadLetterResource(DeadLetters letters, Replay replay, InternalKey key) {
        this.letters = letters;
        this.replay = replay;
        this.key = key;
    }

    /** A dead letter. */
    public record Shown(
            long id,
            String appKey,
            String userId,
            String deviceId,
            String messageUID,
            String provider,
            String cause,
            String reason,
            int attempts,
            Instant diedAt,
            PushNotification push) {}

    /**
     * A page of them.
     *
     * @param next what to ask for the page behind with, as {@code after}; null if this is the last
     */
    public record PageOfLetters(List<Shown> letters, Long next) {}

    /**
     * What was replayed.
     *
     * @param more whether there are more that the filter fits: ask again
     */
    public record Replayed(int replayed, boolean more) {}

    /** What was wrong with the request. */
    public record Refusal(String error) {}

    /** By their ids, ascending. */
    @GET
    public Uni<Response> list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("app") String app,
            @QueryParam("provider") String provider,
            @QueryParam("reason") String reason,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        key.check(authorization);
        long behind;
        int size;
        try {
            behind = Long.parseLong(after);
            size = Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            return refused(Status.BAD_REQUEST, "after and limit must be numbers");
        }
        if (size < 1 || size > MAX_PAGE) {
            return refused(Status.BAD_REQUEST, "limit must be from 1 to " + MAX_PAGE);
        }
        return answered(letters.list(new LetterFilter(app, provider, reason), behind, size)
                .map(page -> Response.ok(new PageOfLetters(
                                page.stream().map(DeadLetterResource::shown).toList(),
                                page.size() < size ? null : page.get(size - 1).id()))
                        .build()));
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Uni<Response> get(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") long id) {
        key.check(authorization);
        return withLetter(
                id, letter -> Uni.createFrom().item(Response.ok(shown(letter)).build()));
    }

    /** Takes a {@code push} as the letter shows it; fields that are not there stay as they are. */
    @PATCH
    @Path("{id: [0-9]{1,18}}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> edit(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") long id, String body) {
        key.check(authorization);
        PushNotification change;
        try {
            change = Json.read((body == null ? "" : body).getBytes(StandardCharsets.UTF_8), PushNotification.class);
        } catch (MalformedJsonException e) {
            return refused(
                    Status.BAD_REQUEST,
                    "the body must be an object with title, content, data or ext: " + e.getMessage());
        }
        return withLetter(id, letter -> {
            PushJob job = edited(letter.letter().job(), change);
            return letters.change(letter, job)
                    .flatMap(done -> done
                            ? withLetter(id, now -> Uni.createFrom()
                                    .item(Response.ok(shown(now)).build()))
                            : refused(Status.CONFLICT, "it was replayed meanwhile"));
        });
    }

    @POST
    @Path("{id: [0-9]{1,18}}/replay")
    public Uni<Response> replay(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") long id) {
        key.check(authorization);
        return withLetter(id, letter -> replay.of(List.of(letter))
                .replaceWith(() -> Response.ok(new Replayed(1, false)).build()));
    }

    /** All that the filter fits now, {@value #MAX_REPLAYED} at most. */
    @POST
    @Path("replay")
    public Uni<Response> replayAll(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("app") String app,
            @QueryParam("provider") String provider,
            @QueryParam("reason") String reason) {
        key.check(authorization);
        return answered(replayBehind(new LetterFilter(app, provider, reason), 0, 0)
                .map(replayed -> Response.ok(replayed).build()));
    }

    /** Ids ascend: what dies again meanwhile keeps its id and is not met a second time. */
    private Uni<Replayed> replayBehind(LetterFilter filter, long after, int sofar) {
        return letters.list(filter, after, REPLAY_PAGE).flatMap(page -> {
            int now = sofar + page.size();
            Uni<Void> written = replay.of(page);
            if (page.size() < REPLAY_PAGE) {
                return written.replaceWith(new Replayed(now, false));
            }
            return now >= MAX_REPLAYED
                    ? written.replaceWith(new Replayed(now, true))
                    : written.chain(
                            () -> replayBehind(filter, page.get(page.size() - 1).id(), now));
        });
    }

    @DELETE
    @Path("{id: [0-9]{1,18}}")
    public Uni<Response> delete(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") long id) {
        key.check(authorization);
        return answered(letters.delete(id)
                .flatMap(was -> was ? Uni.createFrom().item(Response.noContent().build()) : noSuchLetter()));
    }

    private Uni<Response> withLetter(long id, Function<StoredLetter, Uni<Response>> answer) {
        return answered(
                letters.find(id).flatMap(letter -> letter.isPresent() ? answer.apply(letter.get()) : noSuchLetter()));
    }

    private static <T> Uni<T> answered(Uni<T> answer) {
        return answer.ifNoItem().after(PATIENCE).fail().onFailure().transform(e -> {
            LOGGER.warnf("dead letters cannot be told or replayed now: %s", e);
            return new ServiceUnavailableException();
        });
    }

    private static PushJob edited(PushJob job, PushNotification change) {
        PushNotification push = job.push();
        return new PushJob(
                job.appKey(),
                job.userId(),
                job.deviceIds(),
                job.message(),
                new PushNotification(
                        or(change.title(), push.title()),
                        or(change.content(), push.content()),
                        or(change.data(), push.data()),
                        or(change.ext(), push.ext()),
                        or(change.contentAvailable(), push.contentAvailable()),
                        push.platforms()),
                job.expiresAt(),
                job.retry(),
                job.inbox(),
                job.replaces(),
                job.bulk());
    }

    private static <T> T or(T changed, T known) {
        return changed == null ? known : changed;
    }

    private static Shown shown(StoredLetter stored) {
        DeadLetter letter = stored.letter();
        return new Shown(
                stored.id(),
                letter.key().device().appKey(),
                letter.key().device().userId(),
                letter.key().device().deviceId(),
                letter.key().messageUid(),
                letter.provider(),
                letter.cause().name(),
                letter.reason(),
                letter.attempts(),
                letter.diedAt(),
                letter.job().push());
    }

    private static Uni<Response> noSuchLetter() {
        return refused(Status.NOT_FOUND, "there is no such dead letter");
    }

    private static Uni<Response> refused(Status status, String text) {
        return Uni.createFrom()
                .item(Response.status(status).entity(new Refusal(text)).build());
    }
}
