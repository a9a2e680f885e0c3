package org.voltwin.model.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.design.Factor;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.procedure.TestProcedure;

/**
 * A validated request for a test.
 *
 * @param uuid of the run that fulfils it
 * @param number the laboratory's request number, unique: {@code TR-2026-000001}
 * @param standard code of the standard: {@code IEC62619}
 * @param testName name in the catalogue: {@code Overcharge}
 * @param benchKind physical or virtual
 * @param preferredDate when the requester would like it
 * @param requesterId id of who asks (the sign-in name)
 * @param procedure what the bench does; null when the test cannot be described as an electrical procedure (crush)
 * @param factors what the experiment design varies; empty for a single run
 * @param urgent whether tests that have a place may move for it; null is no
 */
public record TestRequest(
        UUID uuid,
        String number,
        UnitUnderTest unit,
        UseCase useCase,
        String standard,
        String testName,
        BenchKind benchKind,
        Instant preferredDate,
        String requesterId,
        String requesterName,
        Instant submittedAt,
        @Nullable TestProcedure procedure,
        List<Factor> factors,
        @Nullable Boolean urgent) {
    public TestRequest {
        factors = List.copyOf(factors);
    }

    /** Not urgent. */
    public TestRequest(
            UUID uuid,
            String number,
            UnitUnderTest unit,
            UseCase useCase,
            String standard,
            String testName,
            BenchKind benchKind,
            Instant preferredDate,
            String requesterId,
            String requesterName,
            Instant submittedAt,
            @Nullable TestProcedure procedure,
            List<Factor> factors) {
        this(
                uuid,
                number,
                unit,
                useCase,
                standard,
                testName,
                benchKind,
                preferredDate,
                requesterId,
                requesterName,
                submittedAt,
                procedure,
                factors,
                null);
    }

    @JsonIgnore
    public boolean isUrgent() {
        return Boolean.TRUE.equals(urgent);
    }
}
