package org.voltwin.cosim.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.run.TestRequest;

/**
 * The rules by which a test gets its model. A model that names the test, in its card or by its own name, comes before
 * one that is for all tests; then the area that the standard is about, then physics before data. A model without a card
 * counts only where no other offers itself. Of one model the newest version is taken. Two models that are equal by all
 * this are an ambiguity that only their authors can solve.
 */
final class ModelChoice {
    private final TestRequest request;
    private final List<Offer> offers = new ArrayList<>();

    /** A model that may be taken; lower is better. */
    private record Offer(ModelCard.Fit fit, int area, int kind, Candidate newest) {
        boolean equals(int otherArea, int otherKind, ModelCard.Fit otherFit) {
            return area == otherArea && kind == otherKind && fit == otherFit;
        }
    }

    /** One version of a coupled model. */
    record Candidate(Path folder, ModelName name) {}

    ModelChoice(TestRequest request) {
        this.request = request;
    }

    /** Adds the complete models of a folder, given its place in the orders of areas and kinds. */
    void add(List<Candidate> candidates, int area, int kind) {
        Map<String, List<Candidate>> models = candidates.stream()
                .collect(Collectors.groupingBy(
                        candidate -> candidate.name().model(), TreeMap::new, Collectors.toList()));
        for (List<Candidate> versions : models.values()) {
            versions.sort(
                    Comparator.comparing(Candidate::name, ModelName.BY_VERSION).reversed());
            // What an older version said holds until a newer one says something else.
            Optional<ModelCard> card = versions.stream()
                    .flatMap(version -> ModelCard.in(version.folder()).stream())
                    .findFirst();
            String model = versions.getFirst().name().model();
            ModelCard.Fit fit = ModelCard.same(model, request.testName())
                    ? ModelCard.Fit.NAMED
                    : card.map(known -> known.fit(request)).orElse(ModelCard.Fit.UNSAID);
            if (fit != ModelCard.Fit.NONE) {
                offers.add(new Offer(fit, area, kind, versions.getFirst()));
            }
        }
    }

    /** The model; empty where none offers itself; refused with {@code model.ambiguous}. */
    Outcome<Optional<Candidate>> best() {
        Optional<Offer> best = offers.stream()
                .min(Comparator.comparing(Offer::fit)
                        .thenComparingInt(Offer::area)
                        .thenComparingInt(Offer::kind));
        if (best.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        Offer first = best.get();
        List<String> equal = offers.stream()
                .filter(offer -> offer.equals(first.area(), first.kind(), first.fit()))
                .map(offer -> offer.newest().name().model())
                .toList();
        if (equal.size() > 1) {
            return Outcome.refused(Failure.permanent(
                    "model.ambiguous",
                    "The models " + String.join(" and ", equal) + " are equally meant for the test "
                            + request.testName() + " of " + request.unit().label() + ".",
                    "Have their authors say in model.json which tests each is for: {\"tests\": [\"" + request.testName()
                            + "\"]}."));
        }
        return Outcome.ok(Optional.of(first.newest()));
    }
}
