package org.voltwin.model.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;

/** A models exchange in memory: one selection for every request, or none. */
public final class FakeModelLibrary implements ModelLibrary {
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private @Nullable ModelSelection selection;

    /** What {@link #select} answers from now on; the contents by file name. */
    public void offer(ModelSelection models, Map<String, byte[]> contentByName) {
        selection = models;
        contents.putAll(contentByName);
    }

    @Override
    public Outcome<ModelSelection> select(TestRequest request) {
        ModelSelection models = selection;
        return models == null
                ? Outcome.refused(Failure.permanent(
                        "model.missing",
                        "There is no model for " + request.unit().label() + ".",
                        "Upload an FMU to the models exchange."))
                : Outcome.ok(models);
    }

    @Override
    public InputStream open(ModelFile file) throws IOException {
        byte[] content = contents.get(file.name());
        if (content == null) {
            throw new IOException("No file " + file.name());
        }
        return new ByteArrayInputStream(content);
    }
}
