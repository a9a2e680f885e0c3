package org.voltwin.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. The reason stands beside each rule. */
@AnalyzeClasses(packages = "org.voltwin", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomRulesTest {
    private static final String[] ROOMS = {
        "org.voltwin.twin..",
        "org.voltwin.cosim..",
        "org.voltwin.lims..",
        "org.voltwin.doe..",
        "org.voltwin.bench..",
        "org.voltwin.config.."
    };

    private RoomRulesTest() {}

    @ArchTest
    static final ArchRule rooms_do_not_import_each_other = slices().matching("org.voltwin.(*)..")
            .namingSlices("$1")
            .as("rooms")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), inPackage("org.voltwin.model"))
            .ignoreDependency(inPackage("org.voltwin.app"), DescribedPredicate.alwaysTrue())
            .because("what one room needs of another is a port in thing-models, so that each can be deployed alone");

    @ArchTest
    static final ArchRule the_vocabulary_does_no_io = noClasses()
            .that()
            .resideInAPackage("org.voltwin.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "org.eclipse.ditto..", "java.nio.file..", "java.sql..", "java.net.http..")
            .because("the words of the platform must be usable everywhere and testable without anything running");

    @ArchTest
    static final ArchRule only_twin_services_knows_dittos_client = noClasses()
            .that()
            .resideOutsideOfPackages("org.voltwin.twin..", "org.voltwin.config.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.ditto..")
            .because("one room speaks to Ditto; the others see twins through ports");

    @ArchTest
    static final ArchRule access_knows_dittos_policies_only = noClasses()
            .that()
            .resideInAPackage("org.voltwin.config.access..")
            .should()
            .dependOnClassesThat(DescribedPredicate.<JavaClass>and(
                    inPackage("org.eclipse.ditto"),
                    DescribedPredicate.not(inPackage("org.eclipse.ditto.policies.model")),
                    DescribedPredicate.not(inPackage("org.eclipse.ditto.base.model")),
                    DescribedPredicate.not(inPackage("org.eclipse.ditto.json"))))
            .because("it evaluates policies by Ditto's own rules (ADR 19) and speaks to no Ditto");

    @ArchTest
    static final ArchRule the_planner_is_pure = noClasses()
            .that()
            .resideInAPackage("org.voltwin.doe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.nio.file..", "java.io..", "java.net..", "org.eclipse.ditto..")
            .because("problems in, plans out: the command line and the pipeline call it");

    @ArchTest
    static final ArchRule the_cosimulation_knows_no_twins = noClasses()
            .that()
            .resideInAPackage("org.voltwin.cosim..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.ditto..", "java.sql..", "com.mongodb..")
            .because("virtual benches work the same whatever the twins are kept in");

    @ArchTest
    static final ArchRule the_lims_adapter_knows_no_solver_and_no_ditto = noClasses()
            .that()
            .resideInAPackage("org.voltwin.lims..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.ditto..", "org.optaplanner..", "com.mongodb..")
            .because("a laboratory may swap its planner and its twins without touching its LIMS");

    @ArchTest
    static final ArchRule nobody_imports_standalone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voltwin.standalone..")
            .because("what one machine runs in place of the cluster is reached by its public interfaces only");

    @ArchTest
    static final ArchRule names_say_something = classes()
            .that()
            .resideInAnyPackage(ROOMS)
            .should()
            .haveNameNotMatching(".*(Impl|Utils?|Manager|Helper)$")
            .because("such a name says what a class is made like, not what it is");

    private static DescribedPredicate<JavaClass> inPackage(String name) {
        return JavaClass.Predicates.resideInAPackage(name + "..");
    }
}
