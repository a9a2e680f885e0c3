import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The real client against a running Ditto: arguments are its address and the tokens of the users. */
public final class ConformanceProbe {
    private ConformanceProbe() {}

    public static void main(String[] arguments) {
        var tokens = Arrays.stream(arguments[1].split(","))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        var stage = new Stage(URI.create(arguments[0]), tokens);
        var events = new EventsProbe(stage);
        events.routing();
        events.registration();
        events.filters();
        var manage = new ManageProbe(stage);
        manage.things();
        manage.attributes();
        manage.features();
        manage.policies();
        manage.retrieval();
        var messages = new MessagesProbe(stage);
        messages.received();
        messages.statuses();
        messages.sent();
        var live = new LiveProbe(stage);
        live.live();
        live.acknowledgements();
        stage.finish();
    }
}
