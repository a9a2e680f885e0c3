package org.voltwin.standalone.ditto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the package-infos say each package must not know. */
@AnalyzeClasses(packages = "org.voltwin.standalone.ditto", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "org.voltwin.standalone.ditto";

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theJournalKeepsBytes = noClasses()
            .that()
            .resideInAPackage(ROOT + ".journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.ditto..", "io.vertx..");

    @ArchTest
    static final ArchRule onlyTheEdgesKnowTheServer = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".ack",
                    ROOT + ".auth",
                    ROOT + ".config",
                    ROOT + ".live",
                    ROOT + ".policy",
                    ROOT + ".rql",
                    ROOT + ".search",
                    ROOT + ".signal",
                    ROOT + ".stream",
                    ROOT + ".twin")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", ROOT + ".api", ROOT + ".ws");

    @ArchTest
    static final ArchRule stateDoesNotKnowItsReaders = noClasses()
            .that()
            .resideInAPackage(ROOT + ".twin")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".search", ROOT + ".stream", ROOT + ".live", ROOT + ".auth");
}
