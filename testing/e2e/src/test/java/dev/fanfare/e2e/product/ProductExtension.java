package dev.fanfare.e2e.product;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Product} of the test run. If {@value #INSTALLATION} names a file, it is the one described
 * there; else one that is started now, and which the root store closes at the run's end.
 */
final class ProductExtension implements ParameterResolver {

    private static final String INSTALLATION = "fanfare.installation";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Product.class || type == StartedProduct.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == StartedProduct.class) {
            return started(context);
        }
        String installation = System.getProperty(INSTALLATION);
        return installation == null ? started(context).product() : Product.describedIn(Path.of(installation));
    }

    private static StartedProduct started(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(StartedProduct.class, type -> StartedProduct.start(), StartedProduct.class);
    }
}
