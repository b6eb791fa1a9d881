package dev.fanfare.testkit.infra;

import java.lang.reflect.Proxy;
import java.util.function.Function;

/**
 * Holds the one infrastructure of the JVM, so that it starts when first used. Quarkus loads this class once for the test
 * resource and once for the test: the second copy finds the first by a system property and calls it by method name, for
 * only types of the JDK are the same on both sides.
 */
final class SharedInfrastructure {

    static final TestInfrastructure INSTANCE = findOrCreate();

    private static final String PROPERTY = "dev.fanfare.testkit.infrastructure";

    private SharedInfrastructure() {}

    @SuppressWarnings("unchecked") // put there below
    private static TestInfrastructure findOrCreate() {
        synchronized (System.getProperties()) {
            Object present = System.getProperties().get(PROPERTY);
            if (present != null) {
                Function<String, Object> call = (Function<String, Object>) present;
                return (TestInfrastructure) Proxy.newProxyInstance(
                        TestInfrastructure.class.getClassLoader(),
                        new Class<?>[] {TestInfrastructure.class},
                        (proxy, method, args) -> call.apply(method.getName()));
            }
            TestInfrastructure created = choose();
            Function<String, Object> call = name -> call(created, name);
            System.getProperties().put(PROPERTY, call);
            return created;
        }
    }

    private static Object call(TestInfrastructure infrastructure, String method) {
        try {
            return TestInfrastructure.class.getMethod(method).invoke(infrastructure);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " on the test infrastructure failed", e);
        }
    }

    private static TestInfrastructure choose() {
        String mode = System.getenv().getOrDefault(TestInfrastructure.SWITCH, "embedded");
        return switch (mode) {
            case "embedded" -> new EmbeddedInfrastructure();
            case "container" -> new ContainerInfrastructure();
            default ->
                throw new IllegalArgumentException(
                        TestInfrastructure.SWITCH + " must be 'embedded' or 'container', not '" + mode + "'");
        };
    }
}
