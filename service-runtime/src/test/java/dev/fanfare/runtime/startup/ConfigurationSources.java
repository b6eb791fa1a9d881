package dev.fanfare.runtime.startup;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads the {@code @ConfigMapping} types of a module from their sources, where their docstrings are. */
final class ConfigurationSources {

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link|value|literal) +([^}]*)}");

    private final String module;
    private final Properties settings;
    private final List<ConfigurationKey> keys = new ArrayList<>();
    private DocTrees docs;
    private CompilationUnitTree unit;
    private Map<String, ClassTree> nested = Map.of();

    private ConfigurationSources(String module, Properties settings) {
        this.module = module;
        this.settings = settings;
    }

    /** @param root of the working copy */
    static List<ConfigurationKey> of(Path root, String module) throws IOException {
        ConfigurationSources sources = new ConfigurationSources(module, settings(root, module));
        sources.read(root.resolve(module).resolve("src/main/java"));
        return sources.keys;
    }

    /** What a service's own {@code application.properties}, or the defaults of all, say. */
    static Properties settings(Path root, String module) throws IOException {
        Properties settings = new Properties();
        for (String name : List.of("application.properties", "META-INF/microprofile-config.properties")) {
            Path file = root.resolve(module).resolve("src/main/resources").resolve(name);
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    settings.load(reader);
                }
            }
        }
        return settings;
    }

    private void read(Path folder) throws IOException {
        List<Path> mappings;
        try (Stream<Path> files = Files.walk(folder)) {
            mappings = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> text(file).contains("@ConfigMapping("))
                    .sorted()
                    .toList();
        }
        if (mappings.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(mappings));
            docs = DocTrees.instance(task);
            for (CompilationUnitTree parsed : task.parse()) {
                unit = parsed;
                ClassTree mapping = (ClassTree) parsed.getTypeDecls().get(0);
                nested = nestedTypes(mapping);
                String prefix = annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping")
                        .orElseThrow();
                members(mapping, prefix);
            }
        }
    }

    private static Map<String, ClassTree> nestedTypes(ClassTree mapping) {
        Map<String, ClassTree> types = new HashMap<>();
        for (Tree member : mapping.getMembers()) {
            if (member instanceof ClassTree type) {
                types.put(type.getSimpleName().toString(), type);
            }
        }
        return types;
    }

    private void members(ClassTree type, String prefix) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                member(method, prefix);
            }
        }
    }

    private void member(MethodTree method, String prefix) {
        boolean isParent = has(method, "WithParentName");
        String name = isParent ? prefix : prefix + "." + dashed(method.getName().toString());
        String type = method.getReturnType().toString();
        if (type.startsWith("Map<")) {
            name += ".<" + (isParent ? "name" : "id") + ">";
            type = type.substring(type.indexOf(',') + 1, type.length() - 1).trim();
            key(method, name, type, false);
        } else {
            key(method, name, type, true);
        }
    }

    private void key(MethodTree method, String name, String type, boolean needed) {
        ClassTree group = nested.get(type);
        if (group != null) {
            members(group, name);
            return;
        }
        boolean optional = type.startsWith("Optional");
        String bare = optional ? type.substring(type.indexOf('<') + 1, type.length() - 1) : type;
        String standard = Optional.ofNullable(settings.getProperty(name))
                .or(() -> annotation(method.getModifiers().getAnnotations(), "WithDefault"))
                .orElse("");
        boolean required = needed && !optional && standard.isEmpty();
        keys.add(new ConfigurationKey(module, name, inWords(bare), standard, required, doc(method)));
    }

    private static boolean has(MethodTree method, String annotation) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(each -> each.getAnnotationType().toString().equals(annotation));
    }

    private static Optional<String> annotation(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(each -> each.getAnnotationType().toString().equals(name))
                .map(each -> value(each.getArguments().get(0)))
                .findFirst();
    }

    private static String value(ExpressionTree argument) {
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        // The one constant that is a default.
        return value instanceof LiteralTree literal
                ? String.valueOf(literal.getValue())
                : value.toString().equals("ProducerKey.ALL_APPS") ? "*" : value.toString();
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String inWords(String type) {
        if (type.startsWith("List<") || type.startsWith("Set<")) {
            return "list: " + inWords(type.substring(type.indexOf('<') + 1, type.length() - 1));
        }
        return switch (type) {
            case "int", "long", "double" -> "number";
            case "boolean" -> "true, false";
            case "Duration" -> "duration";
            case "Secret" -> "secret";
            case "String" -> "text";
            case "Path" -> "file";
            default -> type;
        };
    }

    private String doc(MethodTree method) {
        String comment = docs.getDocComment(TreePath.getPath(unit, method));
        if (comment == null) {
            throw new IllegalStateException(module + ": " + method.getName() + " has no docstring");
        }
        String[] body = comment.strip().split("\n\\s*@param");
        return INLINE_TAG
                .matcher(body[0])
                .replaceAll("`$1`")
                .replace("|", "\\|")
                .replace("<p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
