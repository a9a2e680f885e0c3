package org.voltwin.standalone.ditto.connect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabelInvalidException;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabelNotUniqueException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.FilteredTopic;
import org.eclipse.ditto.connectivity.model.Source;
import org.eclipse.ditto.connectivity.model.SshTunnel;
import org.eclipse.ditto.connectivity.model.Target;
import org.eclipse.ditto.connectivity.model.Topic;
import org.voltwin.standalone.ditto.config.ConnectivitySettings;
import org.voltwin.standalone.ditto.connect.mapping.Mappers;
import org.voltwin.standalone.ditto.connect.placeholder.Expressions;
import org.voltwin.standalone.ditto.connect.transport.Transports;
import org.voltwin.standalone.ditto.rql.Rql;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/**
 * A definition that has been checked beyond what Ditto's model checks.
 *
 * @param connection as it was given
 * @param resolved with what its type stands for filled in
 */
record Prepared(Connection connection, Connection resolved, Mappers mappers) {
    /**
     * Compiles scripts, so it takes its time: not for the loop's thread.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid
     */
    static Prepared of(Connection connection, ConnectivitySettings settings, Transports transports) {
        requireAtMost("sources", connection.getSources().size(), settings.maxSources());
        requireAtMost("targets", connection.getTargets().size(), settings.maxTargets());
        if (connection.getSshTunnel().filter(SshTunnel::isEnabled).isPresent()) {
            throw NotSupportedException.of("An SSH tunnel of a connection", DittoHeaders.empty());
        }
        Connection resolved = transports.resolve(connection);
        transports.check(resolved);
        resolved.getSources().forEach(source -> check(source, connection));
        resolved.getTargets().forEach(target -> check(target, connection));
        requireUniqueLabels(connection);
        return new Prepared(connection, resolved, Mappers.of(resolved, settings.javascript()));
    }

    private static void requireAtMost(String what, int number, int limit) {
        if (number > limit) {
            throw ConnectionConfigurationInvalidException.newBuilder(
                            "A connection may have at most " + limit + " " + what + "; this one has " + number + ".")
                    .build();
        }
    }

    private static void check(Source source, Connection connection) {
        requireSubjects(source.getAuthorizationContext().getAuthorizationSubjectIds());
        source.getHeaderMapping().getMapping().values().forEach(Expressions::checkSignalExpression);
        source.getEnforcement().ifPresent(enforcement -> {
            Expressions.checkMessageExpression(enforcement.getInput());
            enforcement.getFilters().forEach(Expressions::checkEntityExpression);
        });
        source.getReplyTarget().ifPresent(reply -> {
            Expressions.checkSignalExpression(reply.getAddress());
            reply.getHeaderMapping().getMapping().values().forEach(Expressions::checkSignalExpression);
        });
        source.getDeclaredAcknowledgementLabels().forEach(label -> requirePrefix(label, connection));
    }

    private static void check(Target target, Connection connection) {
        requireSubjects(target.getAuthorizationContext().getAuthorizationSubjectIds());
        Expressions.checkSignalExpression(target.getAddress());
        target.getHeaderMapping().getMapping().values().forEach(Expressions::checkSignalExpression);
        for (FilteredTopic topic : target.getTopics()) {
            topic.getFilter().ifPresent(filter -> Rql.overEvents(filter, DittoHeaders.empty()));
            if (topic.getTopic() == Topic.CONNECTION_ANNOUNCEMENTS && connection.getClientCount() > 1) {
                throw ConnectionConfigurationInvalidException.newBuilder(
                                "Connection announcements are not possible with more than one client.")
                        .build();
            }
        }
        target.getIssuedAcknowledgementLabel().ifPresent(label -> requirePrefix(label, connection));
    }

    private static void requireSubjects(List<String> subjects) {
        if (subjects.isEmpty()) {
            throw ConnectionConfigurationInvalidException.newBuilder(
                            "The authorization context of a source or target is empty.")
                    .build();
        }
    }

    private static void requirePrefix(AcknowledgementLabel label, Connection connection) {
        String text = label.toString();
        boolean own = text.startsWith(connection.getId() + ":")
                || text.startsWith("{{connection:id}}:")
                || text.startsWith("{{ connection:id }}:")
                || text.equals("live-response");
        if (!own) {
            throw AcknowledgementLabelInvalidException.of(
                    label,
                    "A connection's acknowledgement labels begin with its id and a colon.",
                    java.net.URI.create("https://eclipse.dev/ditto/basic-acknowledgements.html"),
                    DittoHeaders.empty());
        }
    }

    private static void requireUniqueLabels(Connection connection) {
        Set<String> seen = new HashSet<>();
        Stream<AcknowledgementLabel> issued =
                connection.getTargets().stream().flatMap(target -> target.getIssuedAcknowledgementLabel().stream());
        issued.map(AcknowledgementLabel::toString)
                .filter(label -> !label.equals("live-response") && !seen.add(label))
                .findFirst()
                .ifPresent(label -> {
                    throw AcknowledgementLabelNotUniqueException.newBuilder().build();
                });
    }
}
