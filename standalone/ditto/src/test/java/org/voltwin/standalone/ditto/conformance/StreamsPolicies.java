package org.voltwin.standalone.ditto.conformance;

import java.util.UUID;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyBuilder;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.things.model.ThingId;

/** Policies for users of the shared server. */
final class StreamsPolicies {
    private StreamsPolicies() {}

    static ThingId freshThing() {
        return ThingId.of("org.stream", UUID.randomUUID().toString());
    }

    static Subject subject(String user) {
        return Subject.newInstance(SubjectId.newInstance("ditto:" + user));
    }

    /** These users may do everything. */
    static Policy all(String... users) {
        PolicyBuilder builder = of("all", users[0]);
        for (String user : users) {
            grant(builder, "all", user);
        }
        return builder.build();
    }

    static PolicyBuilder of(String label, String user) {
        return grant(PoliciesModelFactory.newPolicyBuilder(), label, user);
    }

    /** This user may do everything; the same label may have several users. */
    static PolicyBuilder grant(PolicyBuilder builder, String label, String user) {
        return builder.forLabel(label)
                .setSubject(subject(user))
                .setGrantedPermissions("thing", "/", "READ", "WRITE")
                .setGrantedPermissions("policy", "/", "READ", "WRITE")
                .setGrantedPermissions("message", "/", "READ", "WRITE");
    }
}
