package dev.fanfare.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.gateway.fixture.AdminRoutes;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.zim.ZimAction;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/openapi.yaml} and the running gateway say the same. */
@GatewayTest
class OpenApiTest {

    private static final OpenApi DOCUMENT = OpenApi.read();

    /** For calls that are refused and change nothing. */
    private static Scene scene;

    @Inject
    @All
    List<Endpoint> endpoints;

    @Inject
    @All
    List<ZimAction> actions;

    @BeforeAll
    static void setTheScene() {
        scene = Scene.set();
    }

    static Stream<Call> examples() {
        return DOCUMENT.operations().flatMap(Operation::examples);
    }

    static Stream<Call> callsThatLackAField() {
        return examples().flatMap(Call::lackingOne);
    }

    @Test
    void theDocumentIsOpenApi() throws Exception {
        assertThat(DOCUMENT.problems()).isEmpty();
    }

    @Test
    void everyRouteStandsInTheDocumentAndNoOther() {
        // When
        Stream<String> vendors = endpoints.stream().map(endpoint -> endpoint.method() + " " + endpoint.path());
        Stream<String> zim =
                actions.stream().map(action -> action.method() + " /").distinct();
        List<String> routes = Stream.of(vendors, zim, AdminRoutes.all().stream())
                .flatMap(each -> each)
                .toList();

        // Then
        assertThat(DOCUMENT.operations().map(Operation::route)).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyActionOfZimStandsInTheDocumentAndNoOther() {
        // When
        List<String> routes = actions.stream()
                .map(action -> action.method() + " " + action.name())
                .toList();

        // Then
        assertThat(DOCUMENT.operations()
                        .filter(operation -> operation.isSecuredBy(Operation.ZIM))
                        .flatMap(operation -> operation.actions().map(action -> operation.method() + " " + action)))
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyOperationShowsACall() {
        assertThat(DOCUMENT.operations()).allSatisfy(operation -> assertThat(operation.examples())
                .as(operation.route())
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.body() == null).isEqualTo(operation.body() == null)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsDoneAndAnsweredAsTheDocumentSays(Call call) {
        // When
        Answer answer = Scene.set().send(call);

        // Then
        if (call.body() != null) {
            assertThat(DOCUMENT.problems(call.bodySchema(), call.body())).isEmpty();
        }
        assertThat(call.operation().node().path("responses").has(Integer.toString(answer.status())))
                .as("%d %s", answer.status(), answer.body())
                .isTrue();
        assertThat(isDone(answer)).as(answer.body().toString()).isTrue();
        assertThat(DOCUMENT.problems(call.answerSchema(answer.status()), answer.body()))
                .as(answer.body().toString())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("callsThatLackAField")
    void withoutAFieldThatIsRequiredACallIsRefused(Call call) {
        // When
        Answer answer = scene.send(call);

        // Then
        assertThat(isDone(answer)).as(answer.body().toString()).isFalse();
        assertThat(DOCUMENT.problems(call.answerSchema(answer.status()), answer.body()))
                .as(answer.body().toString())
                .isEmpty();
    }

    /** All APIs tell it: by their code, or the admin API by the status alone. */
    private static boolean isDone(Answer answer) {
        JsonNode body = answer.body();
        return answer.status() < 300
                && body.path("code").asInt(200) == 200
                && body.path("Code").asInt() == 0;
    }
}
