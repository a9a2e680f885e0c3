package org.voltwin.twin.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Role;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.twin.ditto.TwinMirror;
import org.voltwin.twin.runs.RunBoard;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.SampleStore;
import org.voltwin.twin.store.StreamInfo;

/** The endpoints of this room. */
public final class AnalysisApi {
    /** Everybody who is signed in, but not devices. */
    static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Changes<StreamInfo> arrivals = new Changes<>();

    public AnalysisApi(SampleStore store, RunBoard board, TwinMirror mirror, BenchDirectory benches) {
        Changes<org.voltwin.twin.runs.Run> runChanges = new Changes<>();
        board.addListener(runChanges::tell);
        endpoints.addAll(new TestEndpoints(store, board, runChanges).all());
        endpoints.addAll(new ResultEndpoints(store, board, arrivals).all());
        endpoints.addAll(new LabEndpoints(store, board, mirror, benches, runChanges).all());
        endpoints.addAll(new TimeSeriesEndpoint(store).all());
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** To be told of stored rows. */
    public void stored(InsideRows rows, StreamInfo stream) {
        arrivals.tell(stream);
    }

    static Endpoint get(String path, String summary, Endpoint.Action action) {
        return new Endpoint("GET", path, false, READERS, summary, action);
    }

    static Endpoint events(String path, String summary, Endpoint.Action action) {
        return new Endpoint("GET", path, true, READERS, summary, action);
    }
}
