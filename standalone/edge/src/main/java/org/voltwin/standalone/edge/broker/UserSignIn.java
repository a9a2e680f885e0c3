package org.voltwin.standalone.edge.broker;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets known users in and limits each to its topics; nobody is anonymous, what is not allowed is denied. */
final class UserSignIn implements SimpleAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(UserSignIn.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Known(JsonObject secret, List<String> publish, List<String> subscribe) {}

    private final Map<String, Known> users = new HashMap<>();
    private final HonoPasswordEncoder encoder;

    /** Hashes the plain passwords of a generated configuration at once and forgets them. */
    UserSignIn(List<BrokerUser> users, HonoPasswordEncoder encoder) {
        this.encoder = encoder;
        for (BrokerUser user : users) {
            String plain = user.password();
            JsonObject secret = plain != null
                    ? encoder.encode(plain)
                    : new JsonObject().put("pwd-hash", user.passwordHash()).put("hash-function", "bcrypt");
            this.users.put(user.user(), new Known(secret, user.mayPublish(), user.maySubscribe()));
        }
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        Optional<String> user = input.getConnectPacket().getUserName();
        Optional<String> password = input.getConnectPacket().getPassword().map(UserSignIn::text);
        String client = input.getClientInformation().getClientId();
        if (user.isEmpty() || password.isEmpty()) {
            refuse(output, client, "no user or password");
            return;
        }
        Known known = users.get(user.get());
        if (known == null) {
            refuse(output, client, "unknown user");
            return;
        }
        // bcrypt takes tens of milliseconds on purpose: not on the broker's threads.
        Async<SimpleAuthOutput> later = output.async(PATIENCE, TimeoutFallback.FAILURE);
        Thread.ofVirtual().start(() -> {
            try {
                if (encoder.matches(password.get(), known.secret())) {
                    permit(output.getDefaultPermissions(), known);
                    output.authenticateSuccessfully();
                } else {
                    refuse(output, client, "wrong password");
                }
            } finally {
                later.resume();
            }
        });
    }

    private static void refuse(SimpleAuthOutput output, String client, String cause) {
        LOG.info("broker client refused client={} cause={}", client, cause);
        output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "User or password is wrong.");
    }

    private static void permit(ModifiableDefaultPermissions permissions, Known known) {
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        known.publish().forEach(filter -> permissions.add(allow(filter, TopicPermission.MqttActivity.PUBLISH)));
        known.subscribe().forEach(filter -> permissions.add(allow(filter, TopicPermission.MqttActivity.SUBSCRIBE)));
    }

    private static TopicPermission allow(String filter, TopicPermission.MqttActivity activity) {
        return Builders.topicPermission()
                .topicFilter(filter)
                .activity(activity)
                .type(TopicPermission.PermissionType.ALLOW)
                .build();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
