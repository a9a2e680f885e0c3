package org.voltwin.standalone.ditto.twin;

import java.net.URI;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.PolicyId;
import org.jspecify.annotations.Nullable;

/** What Ditto 3.9 refuses about policies and the 3.8 models have no exception for, under Ditto's codes. */
final class PolicyRefusal extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;

    private PolicyRefusal(
            String code,
            HttpStatus status,
            DittoHeaders headers,
            @Nullable String message,
            @Nullable String description,
            @Nullable Throwable cause,
            @Nullable URI href) {
        super(code, status, headers, message, description, cause, href);
    }

    static PolicyRefusal unknownView(String view, DittoHeaders headers) {
        return new PolicyRefusal(
                "policies:view.invalid",
                HttpStatus.BAD_REQUEST,
                headers,
                "The value '" + view + "' of 'policy-view' is not known.",
                "It may be 'original' or 'resolved'.",
                null,
                null);
    }

    static PolicyRefusal entryIsReferred(PolicyId id, String entry, String by, DittoHeaders headers) {
        return new PolicyRefusal(
                "policies:entry.referenceconflict",
                HttpStatus.CONFLICT,
                headers,
                "The entry '" + entry + "' of the policy '" + id + "' is referred to by the entry '" + by + "'.",
                "Take the reference out first.",
                null,
                null);
    }

    static PolicyRefusal importIsReferred(PolicyId id, String imported, String by, DittoHeaders headers) {
        return new PolicyRefusal(
                "policies:import.referenceconflict",
                HttpStatus.CONFLICT,
                headers,
                "What the policy '" + id + "' imports of '" + imported + "' is referred to by the entry '" + by + "'.",
                "Take the reference out first.",
                null,
                null);
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
        return new PolicyRefusal(
                getErrorCode(),
                getHttpStatus(),
                headers,
                getMessage(),
                getDescription().orElse(null),
                getCause(),
                getHref().orElse(null));
    }
}
