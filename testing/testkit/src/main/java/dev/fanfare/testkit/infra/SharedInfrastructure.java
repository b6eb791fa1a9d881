package dev.fanfare.testkit.infra;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Holds the one infrastructure of the JVM, so that it starts when first used. Quarkus loads this class once for the test
 * resource and once for the test: the first copy registers the infrastructure with the platform's MBean server, the
 * second finds it there and calls it by method name, for only types of the JDK are the same on both sides.
 */
final class SharedInfrastructure {

    static final TestInfrastructure INSTANCE = findOrCreate();

    private static final String NAME = "dev.fanfare.testkit:type=TestInfrastructure";

    private SharedInfrastructure() {}

    private static TestInfrastructure findOrCreate() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        synchronized (beans) {
            try {
                ObjectName name = new ObjectName(NAME);
                if (beans.isRegistered(name)) {
                    return (TestInfrastructure) Proxy.newProxyInstance(
                            TestInfrastructure.class.getClassLoader(),
                            new Class<?>[] {TestInfrastructure.class},
                            (proxy, method, args) -> beans.invoke(name, method.getName(), args, signature(method)));
                }
                TestInfrastructure created = choose();
                beans.registerMBean(new StandardMBean(created, TestInfrastructure.class), name);
                return created;
            } catch (JMException e) {
                throw new IllegalStateException("the infrastructure of the tests cannot be shared", e);
            }
        }
    }

    private static String[] signature(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getName).toArray(String[]::new);
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
