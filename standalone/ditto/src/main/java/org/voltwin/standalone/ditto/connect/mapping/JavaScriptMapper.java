package org.voltwin.standalone.ditto.connect.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.ditto.connectivity.model.MessageMapperConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.MessageMappingFailedException;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.typedarrays.NativeArrayBuffer;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.ScriptSettings;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** Mapping by two functions of a script; what they keep in global variables is there for the next message. */
final class JavaScriptMapper implements PayloadMapper {
    /** Beyond the limit, which counts the script's own time: a machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScriptLimits limits;
    private final long patienceMillis;
    private final Scriptable scope;
    private volatile boolean runaway;

    /** @throws MessageMapperConfigurationInvalidException when a script is too large or no JavaScript */
    JavaScriptMapper(Options options, ScriptSettings settings) {
        this.limits = new ScriptLimits(settings);
        this.patienceMillis = settings.maxExecutionTime().plus(PATIENCE).toMillis();
        String incoming = options.text("incomingScript").orElse("");
        String outgoing = options.text("outgoingScript").orElse("");
        for (String script : List.of(incoming, outgoing)) {
            if (script.length() > settings.maxSizeBytes()) {
                throw invalid("A script may have at most " + settings.maxSizeBytes() + " bytes.", null);
            }
        }
        for (String library : List.of("loadBytebufferJS", "loadLongJS")) {
            if (options.text(library).filter("true"::equals).isPresent()) {
                throw invalid("The option " + library + " is not supported by the standalone Ditto.", null);
            }
        }
        try {
            this.scope = guarded(context -> {
                Scriptable global = context.initSafeStandardObjects(null, false);
                context.evaluateString(global, preamble(), "scope.js", 1, null);
                ScriptLimits.restart(context);
                context.evaluateString(global, incoming, "incomingScript", 1, null);
                context.evaluateString(global, outgoing, "outgoingScript", 1, null);
                return global;
            });
        } catch (MessageMappingFailedException e) {
            throw invalid(e.getDescription().orElse(""), e);
        }
    }

    private static MessageMapperConfigurationInvalidException invalid(String why, @Nullable Throwable cause) {
        var failure = MessageMapperConfigurationInvalidException.newBuilder("JavaScript")
                .message("The JavaScript of the mapping is not valid.")
                .description(why);
        return cause == null ? failure.build() : failure.cause(cause).build();
    }

    private static String preamble() {
        try (InputStream in = JavaScriptMapper.class.getResourceAsStream("scope.js")) {
            return new String(Objects.requireNonNull(in, "scope.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        var headers = JsonObject.newBuilder();
        message.headers().forEach(headers::set);
        String headersJson = headers.build().toString();
        String result = call("incoming", context -> {
            var bytes = new NativeArrayBuffer(message.payload().length);
            System.arraycopy(message.payload(), 0, bytes.getBuffer(), 0, message.payload().length);
            bytes.setParentScope(scope);
            bytes.setPrototype(ScriptableObject.getClassPrototype(scope, "ArrayBuffer"));
            return new Object[] {
                headersJson,
                message.text() ? message.asText() : null,
                bytes,
                message.contentType().orElse(null)
            };
        });
        var envelopes = new ArrayList<Adaptable>();
        JsonArray.of(result)
                .forEach(envelope -> envelopes.add(ProtocolFactory.jsonifiableAdaptableFromJson(envelope.asObject())));
        return envelopes;
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        String envelope = DittoMapper.external(adaptable).toString();
        String result = call("outgoing", context -> new Object[] {envelope});
        var messages = new ArrayList<ExternalMessage>();
        JsonArray.of(result).forEach(message -> messages.add(message(message.asObject())));
        return messages;
    }

    private static ExternalMessage message(JsonObject json) {
        var headers = new HashMap<String, String>();
        json.getValue("headers")
                .filter(JsonValue::isObject)
                .ifPresent(object -> object.asObject()
                        .forEach(field -> headers.put(
                                field.getKeyName().toLowerCase(Locale.ROOT),
                                field.getValue().formatAsString())));
        json.getValue("contentType")
                .filter(JsonValue::isString)
                .ifPresent(type -> headers.put(ExternalMessage.CONTENT_TYPE, type.asString()));
        JsonArray bytes = json.getValue("bytePayload")
                .filter(JsonValue::isArray)
                .map(JsonValue::asArray)
                .orElse(null);
        if (bytes != null) {
            byte[] payload = new byte[bytes.getSize()];
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) bytes.get(i).orElseThrow().asInt();
            }
            return new ExternalMessage(headers, payload, false);
        }
        String text = json.getValue("textPayload")
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElseThrow(() -> failed("The script gave neither textPayload nor bytePayload.", null));
        return ExternalMessage.ofText(headers, text);
    }

    private String call(String name, java.util.function.Function<Context, @Nullable Object[]> arguments) {
        return guarded(context -> {
            var entry = (Scriptable) ScriptableObject.getProperty(scope, "__voltwin");
            var function = (Function) ScriptableObject.getProperty(entry, name);
            return Context.toString(function.call(context, scope, entry, arguments.apply(context)));
        });
    }

    /**
     * On a thread of its own: its memory can be measured, and a loop inside a built-in function, which no limit sees,
     * does not hold up the connection. One such script is not called again.
     */
    private <T> T guarded(java.util.function.Function<Context, T> work) {
        if (runaway) {
            throw failed("The script did not come back before and is switched off. Change the connection.", null);
        }
        var task = new FutureTask<T>(() -> limits.call(work::apply));
        Thread.ofPlatform().daemon().name("connection-script").start(task);
        try {
            return task.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            runaway = true;
            throw failed("The script did not come back within " + patienceMillis + " ms.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("The connection is being closed.", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RhinoException script ->
                    failed(
                            script.getMessage() + " at line " + script.lineNumber() + ", column "
                                    + script.columnNumber() + ".",
                            script);
                case OutOfMemoryError memory -> failed("The script used too much memory.", memory);
                case StackOverflowError stack -> failed("The script went too deep.", stack);
                case null -> failed("The script failed.", e);
                default -> failed(String.valueOf(e.getCause().getMessage()), e.getCause());
            };
        }
    }

    private static MessageMappingFailedException failed(String why, @Nullable Throwable cause) {
        var failure = MessageMappingFailedException.newBuilder((String) null)
                .message("The JavaScript mapping failed.")
                .description(why);
        return (MessageMappingFailedException)
                (cause == null ? failure.build() : failure.cause(cause).build());
    }
}
