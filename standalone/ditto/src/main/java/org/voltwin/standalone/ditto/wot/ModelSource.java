package org.voltwin.standalone.ditto.wot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;

/** Where models come from: local folders stand for the beginnings of URLs; everything else is asked for over HTTP. */
final class ModelSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_CHARACTERS = 1_000_000;

    private final Map<String, Path> folders;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    ModelSource(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
    }

    /** Blocks. */
    JsonObject fetch(String url) throws ModelUnavailableException {
        try {
            String text = read(url);
            if (text.length() > MAX_CHARACTERS) {
                throw new ModelUnavailableException("The model " + url + " is too long.");
            }
            return JsonObject.of(text);
        } catch (IOException | JsonRuntimeException | IllegalArgumentException e) {
            throw new ModelUnavailableException("The model " + url + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String read(String url) throws IOException {
        for (Map.Entry<String, Path> entry : folders.entrySet()) {
            if (url.startsWith(entry.getKey())) {
                return local(entry.getValue(), url.substring(entry.getKey().length()));
            }
        }
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/tm+json, application/json;q=0.9, */*;q=0.5")
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new IOException("the answer was " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String local(Path folder, String name) throws IOException {
        Path file = folder.resolve(name.startsWith("/") ? name.substring(1) : name)
                .toAbsolutePath()
                .normalize();
        if (!file.startsWith(folder.toAbsolutePath().normalize())) {
            throw new IOException("it lies outside of the folder");
        }
        return Files.readString(file);
    }
}
