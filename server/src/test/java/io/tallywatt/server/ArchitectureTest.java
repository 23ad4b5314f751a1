package io.tallywatt.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the house's arrows (docs/design): which room may know which.
 *
 * <p>Compiled classes are looked at where this module has them on its class path; the imports of every module's sources,
 * whether on the class path or not.
 */
class ArchitectureTest {

    private static final String HOUSE = "io.tallywatt.";

    /** The rooms that a module's sources may import from, itself left out. Benchmarks may measure anything. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "core", Set.of(),
            "collectors", Set.of("core"),
            "duckdb", Set.of("core"),
            "packing", Set.of("core"),
            "aws", Set.of("core"),
            "api", Set.of("core"),
            "server", Set.of("core", "api", "collectors", "duckdb", "aws", "packing"),
            "lambda", Set.of("core", "api", "collectors", "aws", "packing"),
            "infra", Set.of(),
            "benchmarks", Set.of("core", "api", "collectors", "duckdb", "aws", "packing", "server", "lambda"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.tallywatt");

    private static String[] rooms(String... names) {
        return Stream.of(names).map(name -> HOUSE + name + "..").toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void seesTheHouse() {
        assertThat(CLASSES.stream().map(c -> c.getPackageName()))
                .anyMatch(name -> name.startsWith(HOUSE + "core"))
                .anyMatch(name -> name.startsWith(HOUSE + "server"));
    }

    @Test
    void coreKnowsOnlyTheJdkAndJSpecify() {
        check(classes()
                .that()
                .resideInAnyPackage(rooms("core"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.tallywatt.core.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"collectors", "duckdb", "aws", "api", "packing"})
    void adaptersAndApiKnowOnlyCore(String room) {
        check(noClasses()
                .that()
                .resideInAnyPackage(rooms(room))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.tallywatt..").and(resideOutsideOfPackages(rooms("core", room)))));
    }

    @Test
    void chartsKnowNeitherHttpNorFrameworkNorFonts() {
        check(noClasses()
                .that()
                .resideInAnyPackage(rooms("api.chart"))
                .should()
                .dependOnClassesThat(resideOutsideOfPackages("java..", "javax.imageio..", "org.jspecify..")
                        .and(resideOutsideOfPackages(rooms("api.chart", "core"))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.Font"));
    }

    @Test
    void lambdaKnowsNeitherDuckdbNorServer() {
        check(noClasses()
                .that()
                .resideInAnyPackage(rooms("lambda"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms("duckdb", "server")));
    }

    @Test
    void serverDoesNotKnowLambda() {
        check(noClasses()
                .that()
                .resideInAnyPackage(rooms("server"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms("lambda")));
    }

    @Test
    void theCommandLineDoesNotKnowWhoElseMayCarryItOut() {
        check(noClasses()
                .that()
                .resideInAnyPackage(rooms("server.cli", "server.files", "server.report"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms("server.door")));
    }

    @Test
    void nobodyKnowsBenchmarks() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.tallywatt.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tallywatt.benchmarks.."));
    }

    @Test
    void timeKnowsNothingElseOfCore() {
        check(classes()
                .that()
                .resideInAnyPackage(rooms("core.time"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.tallywatt.core.time.."));
    }

    @Test
    void readingKnowsOnlyTime() {
        check(classes()
                .that()
                .resideInAnyPackage(rooms("core.reading"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "io.tallywatt.core.time..", "io.tallywatt.core.reading.."));
    }

    @Test
    void onlyIngestJoinsTheSteps() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tallywatt.core..")
                .and()
                .resideOutsideOfPackage("io.tallywatt.core.ingest..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tallywatt.core.ingest.."));
    }

    @Test
    void everyModuleImportsOnlyWhereItsArrowsPoint() throws IOException {
        Pattern imported = Pattern.compile("^import (?:static )?io\\.tallywatt\\.(\\w+)", Pattern.MULTILINE);
        Set<String> wrong = new TreeSet<>();
        for (Path source : sources()) {
            String room = module(source);
            Set<String> allowed = ARROWS.get(room);
            if (allowed == null) {
                wrong.add("module " + room + " has no arrows in ArchitectureTest");
                continue;
            }
            Matcher matcher = imported.matcher(Files.readString(source));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.equals(room) && !allowed.contains(target)) {
                    wrong.add(room + " -> " + target + ": " + root().relativize(source));
                }
            }
        }
        assertThat(wrong).as("imports against the arrows").isEmpty();
    }

    @Test
    void everyPackageIsNullMarkedAndOfItsModule() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path source : sources()) {
            if (isInDriversPackage(source)) {
                continue;
            }
            Path folder = source.resolveSibling("");
            Path info = source.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                wrong.add(root().relativize(folder) + " has no package-info annotated @NullMarked");
            }
            if (!source.toString().replace('\\', '/').contains("/java/io/tallywatt/" + module(source) + "/")) {
                wrong.add(root().relativize(source) + " is not in package io.tallywatt." + module(source));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The one class that has to stand in DuckDB's own package; docs/design/dependencies.md says why. */
    private static boolean isInDriversPackage(Path source) {
        return source.endsWith(Path.of("duckdb/src/main/java/org/duckdb/VectorFeed.java"));
    }

    /** Every module's main Java sources. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(root())) {
            List<Path> trees = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> found = new ArrayList<>();
            for (Path tree : trees) {
                try (Stream<Path> files = Files.walk(tree)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static String module(Path source) {
        return root().relativize(source).getName(0).toString();
    }

    /** The checkout: told by Maven, or else the folder above this module's. */
    private static Path root() {
        String told = System.getProperty("tallywatt.root");
        return told != null ? Path.of(told) : Path.of("").toAbsolutePath().resolveSibling("");
    }
}
