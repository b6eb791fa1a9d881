package dev.fanfare.manifests;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The keys that sources ask for, by {@code @ConfigMapping} and {@code @ConfigProperty}, as the compiler's parser sees them. */
final class ConfigSources extends TreeScanner<Void, Void> {

    private static final Pattern MAP = Pattern.compile("Map<String, (\\w+)>");

    private final List<ConfigKey> keys = new ArrayList<>();

    private ConfigSources() {}

    static List<ConfigKey> keys(List<Path> javaFiles) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(javaFiles));
            ConfigSources sources = new ConfigSources();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(sources, null);
            }
            return sources.keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
        annotation(type.getModifiers(), "ConfigMapping")
                .ifPresent(mapping -> mapping(type, argument(mapping, "prefix").orElseThrow(), false));
        return super.visitClass(type, nothing);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
        annotation(variable.getModifiers(), "ConfigProperty").ifPresent(property -> {
            Optional<String> byDefault = argument(property, "defaultValue");
            boolean optional = variable.getType().toString().startsWith("Optional<");
            keys.add(new ConfigKey(
                    argument(property, "name").orElseThrow(), byDefault.isEmpty() && !optional, byDefault));
        });
        return super.visitVariable(variable, nothing);
    }

    private void mapping(ClassTree type, String prefix, boolean optional) {
        Map<String, ClassTree> nested = new HashMap<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree inner) {
                nested.put(inner.getSimpleName().toString(), inner);
            }
        }
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                key(method, prefix, nested, optional);
            }
        }
    }

    private void key(MethodTree method, String prefix, Map<String, ClassTree> nested, boolean optional) {
        String name = annotation(method.getModifiers(), "WithParentName").isPresent()
                ? prefix
                : prefix + "." + kebab(method.getName().toString());
        String type = method.getReturnType().toString();
        Matcher map = MAP.matcher(type);
        Optional<String> byDefault = annotation(method.getModifiers(), "WithDefault")
                .map(it -> literal(it.getArguments().get(0)));
        if (map.matches() && nested.containsKey(map.group(1))) {
            mapping(nested.get(map.group(1)), name + ".*", true);
        } else if (map.matches()) {
            keys.add(new ConfigKey(name + ".*", false, byDefault));
        } else if (nested.containsKey(type)) {
            mapping(nested.get(type), name, optional);
        } else {
            boolean required = !optional && byDefault.isEmpty() && !type.startsWith("Optional<");
            keys.add(new ConfigKey(name, required, byDefault));
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Optional<? extends AnnotationTree> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .findFirst();
    }

    private static Optional<String> argument(AnnotationTree annotation, String name) {
        return annotation.getArguments().stream()
                .filter(AssignmentTree.class::isInstance)
                .map(AssignmentTree.class::cast)
                .filter(argument -> argument.getVariable().toString().equals(name))
                .map(argument -> literal(argument.getExpression()))
                .findFirst();
    }

    /** A constant stands for itself: only that there is a default matters then. */
    private static String literal(ExpressionTree expression) {
        return expression instanceof LiteralTree literal ? literal.getValue().toString() : expression.toString();
    }
}
